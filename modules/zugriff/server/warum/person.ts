import { sql } from 'kysely';
import { getOrganisationseinheitenKurz, listVertretungenVonPerson, nameRechte, readPersonen, readRollenMitRechten } from '#modules/organisation/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import type { Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { gang } from '../gang.ts';
import { readGesperrte, SPERREN } from '../gesperrt.ts';
import { getKlassen } from '../klassen.ts';
import { getSperren, presentSperre } from '../sperre.ts';
import { subjekteOf, idsOf, arten } from '../subjekt.ts';
import { grundlageVon, objektgrundlageVon, readFreigaben, selectObjektfreigaben } from './grundlage.ts';
import { createBeschreibung } from './namen.ts';
import type { Treffer, Wie } from './personen.ts';
import { readAkteur, requirePerson } from './warum.ts';

const db = tables<{ 'zugriff.schutzbereich': { id: string; bezeichnung: string } }>();

/** For each reached Schutzbereich the best Stufe and the grant it comes from, by the walk that decides. */
const besteSql = (tx: ReadTx, subjekte: ReturnType<typeof subjekteOf>) => sql<{ id: string; stufe: Stufe; freigabe: string }>`(
  with recursive ${gang({ mandantId: tx.ctx.mandantId, wessen: subjekte, mitGrund: true })}
  select distinct on (e.id) e.id, e.stufe, e.freigabe from erreichbar e join eigene f on f.freigabe = e.freigabe order by e.id, e.stufe desc, (f.schutz_id = e.id) desc, e.freigabe)`;

async function readPerson(tx: ReadTx, benutzerId: string) {
  const person = (await readPersonen(tx, [benutzerId])).get(benutzerId);
  if (!person) throw NotFound('Person');
  requirePerson(tx, benutzerId);
  const { akteur, wie } = await readAkteur(tx, benutzerId);
  // Who is locked has no next request, whatever was given to him.
  const subjekte = person.gesperrt ? { person: [], rolle: [], oe: [], gast: [] } : subjekteOf(akteur);
  return { person, akteur, wie, subjekte };
}
const treffer = (wie: ReadonlyMap<string, Wie>) => (grundlage: Treffer['grundlage']): Treffer => ({ grundlage, wie: grundlage.subjektArt === 'person' ? 'selbst' : wie.get(grundlage.subjekt) ?? 'rolle' });

export async function getReichweiteVonPerson(tx: ReadTx, benutzerId: string) {
  const { person, akteur, wie, subjekte } = await readPerson(tx, benutzerId);
  const [rollen, namen] = [await readRollenMitRechten(tx), nameRechte(tx)];
  const einheiten = await getOrganisationseinheitenKurz(tx, akteur.organisationseinheiten);
  const zu = akteur.rechte.has(SPERREN) ? [] : [...await readGesperrte(tx, null)];
  const verwehrt = sql<boolean>`b.id = any(${zu}::uuid[])`;
  const zahlen = await db.read(tx).selectFrom(besteSql(tx, subjekte).as('b')).select(['b.stufe', sql<number>`count(*) filter (where not ${verwehrt})`.as('anzahl'), sql<number>`count(*) filter (where ${verwehrt})`.as('gesperrt')]).groupBy('b.stufe').execute();
  const offen = await selectObjektfreigaben(tx).where(sql<boolean>`o.subjekt = any(${idsOf(subjekte)}::uuid[])`).where(sql<boolean>`o.subjekt_art = any(${arten(subjekte)}::text[])`).execute();
  const grundlagen = offen.map((o) => objektgrundlageVon(o, o.objekt_id));
  const beschreibe = await createBeschreibung(tx, grundlagen);
  const anzahl = new Map(zahlen.map((z) => [z.stufe, z.anzahl]));
  return {
    person: { id: person.id, name: person.name, funktion: person.funktion, gesperrt: person.gesperrt },
    rollen: akteur.rollen.flatMap((id) => { const r = rollen.get(id); return r ? [{ id, bezeichnung: r.bezeichnung, rechte: Object.keys(tx.rechte).filter((recht) => r.rechte.has(recht)).map((recht) => ({ recht, name: namen.get(recht) ?? recht })) }] : []; }),
    organisationseinheiten: [...einheiten.values()].map((e) => ({ id: e.id, name: `${e.kennzeichen} ${e.bezeichnung}`, wie: wie.get(e.id) ?? 'mitglied' })).toSorted((a, b) => a.name.localeCompare(b.name, 'de', { numeric: true })),
    anzahl: { sehen: anzahl.get('sehen') ?? 0, lesen: anzahl.get('lesen') ?? 0, bearbeiten: anzahl.get('bearbeiten') ?? 0, verwalten: anzahl.get('verwalten') ?? 0 },
    gesperrt: zahlen.reduce((n, z) => n + z.gesperrt, 0),
    objektfreigaben: grundlagen.map(treffer(wie)).map(beschreibe), vertretungen: await listVertretungenVonPerson(tx, benutzerId),
  };
}

type Filter = { limit: number; cursor?: string | undefined; sort: string; q?: string | undefined; stufe?: readonly Stufe[] | undefined };
export async function listReichweiteVonPerson(tx: ReadTx, benutzerId: string, { q, stufe, ...page }: Filter) {
  const person = await readPerson(tx, benutzerId);
  let query = db.read(tx).selectFrom(besteSql(tx, person.subjekte).as('b')).innerJoin('zugriff.schutzbereich as s', 's.id', 'b.id').select(['b.id', 'b.stufe', 'b.freigabe', 's.bezeichnung']);
  for (const word of (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 8)) query = query.where(sql<boolean>`strpos(lower(s.bezeichnung), ${word.normalize('NFC').toLowerCase()}) > 0`);
  if (stufe?.length) query = query.where(sql<boolean>`b.stufe = any(${stufe}::text[]::zugriff.stufe[])`);
  const { rows, ...rest } = await paginate(query, { sort: { bezeichnung: 's.bezeichnung' }, id: 's.id' }, page);
  return { eintraege: await present(tx, rows, person), ...rest };
}

type Row = { id: string; stufe: Stufe; freigabe: string; bezeichnung: string };
async function present(tx: ReadTx, rows: readonly Row[], { wie, akteur }: { wie: ReadonlyMap<string, Wie>; akteur: Akteur }) {
  const zu = await readGesperrte(tx, null);
  const sperren = await getSperren(tx, rows.filter((r) => zu.has(r.id)).map((r) => r.id));
  const [freigaben, klassen, pfade] = [new Map((await readFreigaben(tx, [...new Set(rows.map((r) => r.freigabe))])).map((f) => [f.id, f])), await getKlassen(tx, rows.map((r) => r.id)), await readPfade(tx, rows.map((r) => r.id))];
  const grundlagen = rows.map((r) => grundlageVon(freigaben.get(r.freigabe)!, r.id));
  const beschreibe = await createBeschreibung(tx, grundlagen);
  return rows.map((r, i) => ({ id: r.id, bezeichnung: r.bezeichnung, pfad: pfade.get(r.id) ?? '', klasse: klassen.get(r.id) ?? null, sperre: presentSperre(sperren.get(r.id), akteur), stufe: r.stufe, grund: beschreibe(treffer(wie)(grundlagen[i]!)) }));
}

/** »Alle Akten › 63 Bauen«: where each lies, without itself. */
export async function readPfade(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const query = sql<{ start: string; pfad: string }>`(
    with recursive hinauf as (
      select s.id as start, s.parent_id, 0 as abstand, s.bezeichnung::text collate "default" as bezeichnung from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and s.id = any(${ids}::uuid[])
      union all
      select h.start, o.parent_id, h.abstand + 1, o.bezeichnung collate "default" from hinauf h join zugriff.schutzbereich o on o.mandant_id = ${tx.ctx.mandantId} and o.id = h.parent_id
    ) select start, string_agg(bezeichnung, ' › ' order by abstand desc) as pfad from hinauf where abstand > 0 group by start)`;
  const rows = await db.read(tx).selectFrom(query.as('p')).select(['p.start', 'p.pfad']).execute();
  return new Map(rows.map((r) => [r.start, r.pfad]));
}

/** The list whole, for a report. */
export async function readReichweiteGanz(tx: ReadTx, benutzerId: string) {
  const person = await readPerson(tx, benutzerId);
  const rows = await db.read(tx).selectFrom(besteSql(tx, person.subjekte).as('b')).innerJoin('zugriff.schutzbereich as s', 's.id', 'b.id').select(['b.id', 'b.stufe', 'b.freigabe', 's.bezeichnung']).orderBy('s.bezeichnung').orderBy('s.id').execute();
  return present(tx, rows, person);
}
