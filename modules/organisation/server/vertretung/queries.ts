import { sql } from 'kysely';
import type { z } from 'zod';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { api, Vertretung } from '../../contract.ts';
import { getBenutzerKurz, getOrganisationseinheitenKurz, getRollenKurz } from '../kurz.ts';
import type { OrganisationTables } from '../tables.gen.ts';
import { ANORDNEN, unterstellteSql, VERWALTEN } from './befugnis.ts';
import { stelleOf } from './regeln.ts';
import { eintragOf, isLaufend, readVorrangige, selectOffene, type Zeile } from './zeilen.ts';

const db = tables<OrganisationTables>();
type Antwort = z.input<typeof Vertretung>;
const vorbeiSql = sql<boolean>`(beendet is not null or coalesce(bis < current_date, false))`;

async function readUmfangNamen(tx: ReadTx, rows: readonly Zeile[]): Promise<(row: Zeile) => { id: string; bezeichnung: string }[]> {
  const of = (art: Zeile['umfang_art']) => rows.filter((r) => r.umfang_art === art).flatMap((r) => r.umfang);
  const namen = new Map<string, string>();
  for (const [id, r] of await getRollenKurz(tx, of('rolle'))) namen.set(id, r.bezeichnung);
  for (const [id, o] of await getOrganisationseinheitenKurz(tx, of('oe'))) namen.set(id, `${o.kennzeichen} ${o.bezeichnung}`);
  const gebiete = of('sachgebiet');
  if (gebiete.length) for (const s of tx.extensions('sachgebiete')) for (const [id, { bezeichnung }] of await s.find(tx, gebiete)) namen.set(id, bezeichnung);
  return (row) => row.umfang.map((id) => ({ id, bezeichnung: namen.get(id) ?? '–' }));
}

/** Which place each has in an order, today or later. */
async function readStellen(tx: ReadTx, rows: readonly Zeile[]): Promise<(row: Zeile) => number> {
  const hintere = rows.filter((r) => r.rang > 1);
  const alle = hintere.length ? (await selectOffene(tx).where('benutzer_id', 'in', [...new Set(hintere.map((r) => r.benutzer_id))]).execute()).map(eintragOf) : [];
  return (row) => (row.rang > 1 ? stelleOf(eintragOf(row), alle) : 1);
}

async function present(tx: ReadTx, rows: readonly Zeile[]): Promise<Antwort[]> {
  const { akteur } = tx.ctx;
  const [vorrangige, umfangNamen, stelle] = [await readVorrangige(tx, rows), await readUmfangNamen(tx, rows), await readStellen(tx, rows)];
  const vor = new Map(rows.map((r) => [r.id, vorrangige(r)]));
  const leute = await getBenutzerKurz(tx, [...rows.flatMap((r) => [r.benutzer_id, r.vertreter_id, r.angelegt_von ?? []].flat()), ...[...vor.values()].flat().map((e) => e.vertreterId)]);
  const person = (id: string) => leute.get(id) as Antwort['benutzer'];
  const unterstellt = new Set(akteur.rechte.has(ANORDNEN) && !akteur.rechte.has(VERWALTEN) ? (await db.read(tx).selectFrom(unterstellteSql(tx, akteur.id).as('u') as never).selectAll().execute() as { benutzer_id: string }[]).map((u) => u.benutzer_id) : []);
  return rows.map((r): Antwort => {
    const beendet = r.beendet !== null || (r.bis !== null && r.bis < heute());
    const darf = !beendet && (r.benutzer_id === akteur.id || akteur.rechte.has(VERWALTEN) || unterstellt.has(r.benutzer_id));
    return {
      id: r.id, benutzer: person(r.benutzer_id), vertreter: person(r.vertreter_id), rang: r.rang, stelle: stelle(r), von: r.von, bis: r.bis, umfang: { art: r.umfang_art, eintraege: umfangNamen(r) }, klassen: r.klassen as Antwort['klassen'], grund: r.grund,
      angelegt: r.angelegt, angelegtVon: r.angelegt_von === null ? null : person(r.angelegt_von) ?? null, beendet: r.beendet,
      zustand: beendet ? 'beendet' : !isLaufend(r) ? 'geplant' : vor.get(r.id)!.length ? 'wartet' : 'laeuft', zuerst: vor.get(r.id)!.map((e) => person(e.vertreterId)), rechte: !darf ? [] : stelle(r) > 1 ? ['vertretung.beenden', 'vertretung.vorziehen'] : ['vertretung.beenden'],
    };
  });
}

/** Of one person in both directions, those not over. Its caller authorises. */
export async function listVertretungenVonPerson(tx: ReadTx, id: string) {
  const rows = await selectOffene(tx).where((eb) => eb.or([eb('benutzer_id', '=', id), eb('vertreter_id', '=', id)])).orderBy('von').orderBy('rang').orderBy('id').execute();
  const alle = await present(tx, rows);
  return { vertretenDurch: alle.filter((v) => v.benutzer.id === id), vertritt: alle.filter((v) => v.vertreter.id === id) };
}

const VORBEI = 20;
/** One's own: those not over, and the last that are. */
export async function listEigeneVertretungen(tx: ReadTx) {
  const { id } = tx.ctx.akteur;
  const vorbei = await db.read(tx).selectFrom('organisation.vertretung').selectAll().where((eb) => eb.or([eb('benutzer_id', '=', id), eb('vertreter_id', '=', id)])).where(vorbeiSql)
    .orderBy(sql`least(bis, beendet::date) desc`).orderBy('id').limit(VORBEI).execute();
  return { ...(await listVertretungenVonPerson(tx, id)), vorbei: await present(tx, vorbei) };
}

/** For whom one may work now: begun, not over, and one's turn. */
export async function listLebende(tx: ReadTx, vertreterId: string) {
  const rows = (await selectOffene(tx).where('vertreter_id', '=', vertreterId).orderBy('von').orderBy('id').execute()).filter(isLaufend);
  if (!rows.length) return [];
  const [vor, namen] = [await readVorrangige(tx, rows), await getBenutzerKurz(tx, rows.map((r) => r.benutzer_id))];
  return rows.filter((r) => !vor(r).length).map((r) => ({ id: r.id, name: namen.get(r.benutzer_id)?.name ?? '' }));
}

export async function getVertretung(tx: ReadTx, id: string) {
  const row = await db.read(tx).selectFrom('organisation.vertretung').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Vertretung');
  return (await present(tx, [row]))[0]!;
}

/** Of everybody for who administers; of those below for who leads. */
export async function listVertretungen(tx: ReadTx, { q, zustand, ...page }: z.output<typeof api.listVertretungen.query>) {
  const { akteur } = tx.ctx;
  let query = db.read(tx).selectFrom('organisation.vertretung as v').selectAll('v');
  if (!akteur.rechte.has(VERWALTEN)) query = query.where(sql<boolean>`v.benutzer_id in ${unterstellteSql(tx, akteur.id)}`);
  if (zustand?.length) query = query.where((eb) => eb.or(zustand.map((z) => (z === 'beendet' ? vorbeiSql : z === 'geplant' ? sql<boolean>`(not ${vorbeiSql} and v.von > current_date)` : sql<boolean>`(not ${vorbeiSql} and v.von <= current_date)`))));
  for (const word of (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 8)) {
    query = query.where((eb) => eb.exists(eb.selectFrom('organisation.benutzer as b').select('b.id').where((w) => w.or([w('b.id', '=', w.ref('v.benutzer_id')), w('b.id', '=', w.ref('v.vertreter_id'))]))
      .where(sql<boolean>`strpos(lower(concat_ws(' ', b.titel, b.vorname, b.nachname)), ${word.normalize('NFC').toLowerCase()}) > 0`)));
  }
  const { rows, ...rest } = await paginate(query, { sort: { von: 'v.von', angelegt: 'v.angelegt' }, id: 'v.id' }, page);
  return { eintraege: await present(tx, rows as unknown as Zeile[]), ...rest };
}
