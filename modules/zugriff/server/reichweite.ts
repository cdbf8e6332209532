import { sql } from 'kysely';
import { stufen, type Reichweite, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();
const known = new WeakMap<ReadTx, Promise<Reichweite>>();

/** The Akteur's Schutzbereiche by Stufe: resolved once per transaction, so that every list after it is one index scan. */
export function resolveReichweite(tx: ReadTx): Promise<Reichweite> {
  const reichweite = known.get(tx) ?? readReichweite(tx);
  known.set(tx, reichweite);
  return reichweite;
}
/** To be called by whatever changes Schutzbereiche or Freigaben. */
export const forgetReichweite = (tx: ReadTx) => known.delete(tx);

/** By the ids of persons: a machine has that of its Benutzer, and reaches what he reaches. */
const subjekteOf = ({ ctx: { akteur } }: ReadTx) => ({ person: [akteur.id], rolle: [...akteur.rollen], oe: [...akteur.organisationseinheiten] });

/**
 * Reaches already resolved, by the state of the Mandant's grants (`zugriff.stand`, counted by the database) and the Akteur's names. A tree of 5,000
 * Schutzbereiche costs tens of milliseconds to walk, the state a tenth of one. What is used goes to the end, what lies at the front is dropped.
 */
const resolved = new Map<string, { stand: number; reichweite: Reichweite; size: number }>();
const CAPACITY = 400_000; // ids; some 25 MB
let held = 0;
function remember(key: string, entry: { stand: number; reichweite: Reichweite; size: number }) {
  forget(key);
  resolved.set(key, entry);
  held += entry.size;
  for (const oldest of resolved.keys()) { if (held <= CAPACITY) break; forget(oldest); }
}
function forget(key: string) {
  held -= resolved.get(key)?.size ?? 0;
  resolved.delete(key);
}

async function readReichweite(tx: ReadTx): Promise<Reichweite> {
  if (tx.ctx.akteur.art === 'system') return 'alle';
  const subjekte = subjekteOf(tx);
  const key = JSON.stringify([tx.ctx.mandantId, subjekte.person, subjekte.rolle.toSorted(), subjekte.oe.toSorted()]);
  // A transaction that has changed grants itself sees a state that may yet be rolled back: it neither uses nor leaves anything.
  const { stand, eigene } = await readStand(tx);
  const before = eigene ? undefined : resolved.get(key);
  if (before?.stand === stand) {
    remember(key, before);
    return before.reichweite;
  }
  const fresh = await walk(tx, subjekte);
  if (!eigene) remember(key, fresh);
  return fresh.reichweite;
}

async function readStand(tx: ReadTx): Promise<{ stand: number; eigene: boolean }> {
  const query = sql`(select coalesce((select stand from zugriff.stand where mandant_id = ${tx.ctx.mandantId}), 0) as stand,
    coalesce(current_setting('app.zugriff_geaendert', true) = pg_current_xact_id_if_assigned()::text, false) as eigene)`;
  return await db.read(tx).selectFrom(query.as('s') as never).selectAll().executeTakeFirstOrThrow() as { stand: number; eigene: boolean };
}

/** One statement: the grants to the Akteur, carried down the tree; below a cut nothing is inherited. The best Stufe counts. */
async function walk(tx: ReadTx, { person, rolle, oe }: ReturnType<typeof subjekteOf>) {
  const { mandantId } = tx.ctx;
  const query = sql`(
    with recursive erreichbar as (
      select f.schutz_id as id, f.stufe from (values ('person'::text, ${person}::uuid[]), ('rolle', ${rolle}::uuid[]), ('oe', ${oe}::uuid[])) as s (art, ids)
        join zugriff.freigabe f on f.mandant_id = ${mandantId} and f.subjekt_art = s.art and f.subjekt = any(s.ids)
      union
      select unter.id, e.stufe from erreichbar e join zugriff.schutzbereich unter on unter.mandant_id = ${mandantId} and unter.parent_id = e.id and unter.erbt
    ), beste as (select id, max(stufe) as stufe from erreichbar group by id)
    select coalesce((select stand from zugriff.stand where mandant_id = ${mandantId}), 0) as stand,
      coalesce((select json_object_agg(stufe, ids) from (select stufe, json_agg(id) as ids from beste group by stufe) je_stufe), '{}') as ids)`;
  const { stand, ids } = await db.read(tx).selectFrom(query.as('r') as never).selectAll().executeTakeFirstOrThrow() as { stand: number; ids: Partial<Record<Stufe, string[]>> };
  const atLeast = (rank: number) => stufen.slice(rank).flatMap((stufe) => ids[stufe] ?? []);
  const reichweite = { sehen: atLeast(0), lesen: atLeast(1), bearbeiten: atLeast(2), verwalten: atLeast(3) };
  return { stand, reichweite, size: reichweite.sehen.length + 50 };
}
