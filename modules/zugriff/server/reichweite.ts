import { sql } from 'kysely';
import type { Akteur } from '#platform/server/context.ts';
import { stufen, type Klasse, type Reichweite, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { gang } from './gang.ts';
import { readGesperrte, SPERREN } from './gesperrt.ts';
import { getKlassen, readKlassen } from './klassen.ts';
import { MANDANT, readObjektreichweite, type EigeneObjektfreigabe } from './objektreichweite.ts';
import { findEintrag, remember, type Eintrag } from './speicher.ts';
import { arten, idsOf, subjekteOf, type Subjekte } from './subjekt.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<Pick<ZugriffTables, 'zugriff.stand'>>();
const known = new WeakMap<ReadTx, Promise<Reichweite>>();
type Bereiche = Exclude<Reichweite, 'alle'>;

/** The Akteur's Schutzbereiche by Stufe: resolved once per transaction, so that every list after it is one index scan. */
export function resolveReichweite(tx: ReadTx): Promise<Reichweite> {
  const reichweite = known.get(tx) ?? readReichweite(tx);
  known.set(tx, reichweite);
  return reichweite;
}
/** To be called by whatever changes what this transaction has resolved. */
export const forgetReichweite = (tx: ReadTx) => known.delete(tx);

const changed = new WeakSet<ReadTx>();
/** To be called by whatever changes Schutzbereiche or Freigaben: COMMIT fails without. What others remember is void from then on. */
export async function voidReichweiten(tx: WriteTx): Promise<void> {
  forgetReichweite(tx);
  changed.add(tx);
  await db.write(tx).insertInto('zugriff.stand').values({ stand: 1 })
    .onConflict((c) => c.column('mandant_id').doUpdateSet((eb) => ({ stand: eb('zugriff.stand.stand', '+', 1) }))).execute();
}

async function readReichweite(tx: ReadTx): Promise<Reichweite> {
  const { akteur, mandantId } = tx.ctx;
  if (akteur.art === 'system') return 'alle';
  const subjekte = subjekteOf(akteur);
  const eigene = changed.has(tx);
  const { stand, jetzt, objekte } = await readStand(tx, subjekte);
  const key = JSON.stringify([mandantId, subjekte.person, subjekte.rolle.toSorted(), subjekte.oe.toSorted(), akteur.vertretenId !== undefined, akteur.umfang, akteur.rechte.has(SPERREN)]);
  // A transaction that has changed grants itself sees a state that may yet be rolled back: it neither uses nor leaves anything.
  let entry = eigene ? undefined : findEintrag(key, stand, jetzt);
  if (!entry) {
    entry = await walk(tx, subjekte, eigene);
    if (!eigene) remember(key, entry);
  }
  return objekte ? addObjekte(tx, entry.reichweite, objekte) : entry.reichweite;
}

type Stand = { stand: number; jetzt: number; objekte: EigeneObjektfreigabe[] | null };
/** What decides whether a reach may be taken from before, and the grants to single objects in force now: one statement, with every request. */
async function readStand(tx: ReadTx, subjekte: Subjekte): Promise<Stand> {
  const query = sql`(select coalesce((select stand from zugriff.stand where mandant_id = ${tx.ctx.mandantId}), 0) as stand,
    (extract(epoch from now()) * 1000)::float8 as jetzt,
    (select json_agg(json_build_object('typ', o.objekt_typ, 'id', o.objekt_id, 'stufe', o.stufe)) from zugriff.objektfreigabe o where o.mandant_id = ${tx.ctx.mandantId}
      and o.subjekt = any(${idsOf(subjekte)}::uuid[]) and o.subjekt_art = any(${arten(subjekte)}::text[]) and o.gueltig_von <= now() and (o.gueltig_bis is null or o.gueltig_bis > now())) as objekte)`;
  return await db.read(tx).selectFrom(query.as('s') as never).selectAll().executeTakeFirstOrThrow() as Stand;
}

/** One statement: what the walk of the Akteur's grants reaches. The best Stufe counts. */
async function walk(tx: ReadTx, subjekte: Subjekte, eigene: boolean): Promise<Eintrag> {
  const { mandantId } = tx.ctx;
  const query = sql`(
    with recursive ${gang({ mandantId, wessen: subjekte })}, beste as (select id, max(stufe) as stufe from erreichbar group by id),
    grenze as (select (extract(epoch from g.wann) * 1000)::float8 as wann, g.wann > now() as kommt from eigene e, lateral (values (e.gueltig_von), (e.gueltig_bis)) as g (wann) where g.wann is not null)
    select coalesce((select stand from zugriff.stand where mandant_id = ${mandantId}), 0) as stand,
      (select max(wann) from grenze where not kommt) as ab, (select min(wann) from grenze where kommt) as bis,
      coalesce((select json_object_agg(stufe, ids) from (select stufe, json_agg(id) as ids from beste group by stufe) je_stufe), '{}') as ids)`;
  const { stand, ab, bis, ids } = await db.read(tx).selectFrom(query.as('r') as never).selectAll().executeTakeFirstOrThrow() as { stand: number; ab: number | null; bis: number | null; ids: Partial<Record<Stufe, string[]>> };
  const klassen = await readKlassen(tx, eigene ? null : stand);
  const gesperrt = await readGesperrte(tx, eigene ? null : stand);
  const erlaubt = await readErlaubt(tx, tx.ctx.akteur, klassen, gesperrt);
  const atLeast = (rank: number): readonly string[] => Object.freeze(stufen.slice(rank).flatMap((stufe) => ids[stufe] ?? []).filter(erlaubt));
  // Each Stufe holds the next: as many are the same ones, and what is one array is sent to the database once.
  const same = (upper: readonly string[], lower: readonly string[]) => (upper.length === lower.length ? upper : lower);
  const sehen = atLeast(0), lesen = same(sehen, atLeast(1)), bearbeiten = same(lesen, atLeast(2)), verwalten = same(bearbeiten, atLeast(3));
  const reichweite = { sehen, lesen, bearbeiten, verwalten, klassen, gesperrt };
  return { stand, ab, bis, reichweite, size: reichweite.sehen.length + 50 };
}

/** Whether what is granted is reached: nothing locked without the Recht; a Vertretung only as far as its extent goes. `gesperrt`: where it is known. */
export async function readErlaubt(tx: ReadTx, akteur: Akteur, klassen: ReadonlyMap<string, Klasse>, gesperrt?: ReadonlySet<string>): Promise<(schutzId: string) => boolean> {
  const [inUmfang, zu] = [await readUmfang(tx, akteur, klassen), gesperrt ?? await readGesperrte(tx, null)];
  return zu.size === 0 || akteur.rechte.has(SPERREN) ? inUmfang : (id) => !zu.has(id) && inUmfang(id);
}
/** The same of any number of Akteure about one Schutzbereich; `kette`: itself and all above it. No statement for each of them. */
export async function readErlaubtHier(tx: ReadTx, kette: readonly string[]): Promise<(akteur: Akteur) => boolean> {
  const hier = kette[0]!;
  const [klasse, zu] = [(await getKlassen(tx, [hier])).get(hier), (await readGesperrte(tx, null)).has(hier)];
  return (akteur) => (!zu || akteur.rechte.has(SPERREN)) && (akteur.vertretenId === undefined || (klasseErlaubt(akteur, klasse) && (akteur.umfang?.schutz?.some((id) => kette.includes(id)) ?? true)));
}
const klasseErlaubt = ({ umfang }: Akteur, klasse: Klasse | undefined) => klasse === undefined || (umfang?.klassen.includes(klasse) ?? false);
/** Of a Vertretung: whether it may enter a Schutzbereich that the absent person reaches. Of everybody else: yes. */
async function readUmfang(tx: ReadTx, akteur: Akteur, klassen: ReadonlyMap<string, Klasse>): Promise<(schutzId: string) => boolean> {
  const { vertretenId, umfang } = akteur;
  if (vertretenId === undefined) return () => true;
  const erlaubt = (id: string) => klasseErlaubt(akteur, klassen.get(id));
  if (!umfang?.schutz) return erlaubt;
  const query = sql`(
    with recursive unter as (
      select id from zugriff.schutzbereich where mandant_id = ${tx.ctx.mandantId} and id = any(${umfang.schutz}::uuid[])
      union
      select s.id from unter u join zugriff.schutzbereich s on s.mandant_id = ${tx.ctx.mandantId} and s.parent_id = u.id
    ) select id from unter)`;
  const rows = await db.read(tx).selectFrom(query.as('u') as never).selectAll().execute() as { id: string }[];
  const unter = new Set(rows.map((r) => r.id));
  return (id) => unter.has(id) && erlaubt(id);
}

async function addObjekte(tx: ReadTx, bereiche: Bereiche, freigaben: readonly EigeneObjektfreigabe[]): Promise<Bereiche> {
  const erlaubt = await readErlaubt(tx, tx.ctx.akteur, bereiche.klassen, bereiche.gesperrt);
  const objekte = await readObjektreichweite(tx, freigaben, erlaubt);
  const ueberall = Math.max(-1, ...freigaben.filter((f) => f.typ === MANDANT).map((f) => stufen.indexOf(f.stufe)));
  const alle = ueberall < 0 ? [] : (await db.read(tx).selectFrom(sql`(select id from zugriff.schutzbereich where mandant_id = ${tx.ctx.mandantId})`.as('s') as never).selectAll().execute() as { id: string }[]).map((r) => r.id).filter(erlaubt);
  const plus = (stufe: Stufe) => (stufen.indexOf(stufe) <= ueberall ? alle : bereiche[stufe]);
  return { sehen: plus('sehen'), lesen: plus('lesen'), bearbeiten: plus('bearbeiten'), verwalten: plus('verwalten'), klassen: bereiche.klassen, gesperrt: bereiche.gesperrt, ...(objekte && { objekte }) };
}
