import { sql } from 'kysely';
import type { z } from 'zod';
import { readMandanten } from '#modules/organisation/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx, type WriteTx, type Zeitpunkt } from '#platform/server/tx.ts';
import { version } from '#platform/server/version.ts';
import type { api } from '../contract.ts';
import { getSicherung } from './sicherung.ts';

/** Rows of the functions of 20261123T1200_betrieb.sql: the only way to the queue. */
type AuftragRow = {
  id: string; name: string; mandant_id: string; zustand: 'wartend' | 'laeuft' | 'fehlgeschlagen'; versuche: number; versuche_hoechstens: number;
  naechster_versuch: Zeitpunkt; fehler: string | null; angelegt: Zeitpunkt; geaendert: Zeitpunkt;
};
type ZahlRow = { zustand: 'wartend' | 'geplant' | 'laeuft' | 'fehlgeschlagen'; anzahl: number; aeltester: Zeitpunkt };
type DatenbankRow = { fassung: string; bytes: number; migrationen: number; letzte_migration: string; seit: Zeitpunkt };
const db = tables<{ a: AuftragRow; z: ZahlRow; d: DatenbankRow }>();
const from = <K extends 'a' | 'z' | 'd'>(tx: ReadTx, call: ReturnType<typeof sql>, name: K) => db.read(tx).selectFrom(call.as(name) as never as K);

export async function listJobs(tx: ReadTx, query: z.output<typeof api.listJobs.query>) {
  const mandanten = await readMandanten(tx);
  const isVerbund = mandanten.some((m) => m.id === tx.ctx.mandantId && m.art === 'verbund'); // decided by the function as well: here it only names them
  const ids = isVerbund ? mandanten.map((m) => m.id) : [tx.ctx.mandantId];
  let found = from(tx, sql`betrieb.list_auftraege()`, 'a').selectAll().where('mandant_id', 'in', ids);
  if (query.zustand) found = found.where('zustand', 'in', query.zustand);
  if (query.name) found = found.where('name', 'ilike', `%${query.name.replace(/[%_\\]/g, '\\$&')}%`);
  const { rows, ...rest } = await paginate(found, { sort: { geaendert: 'a.geaendert', angelegt: 'a.angelegt', name: 'a.name' }, id: 'a.id' }, query);
  const names = new Map(mandanten.map((m) => [m.id, m.name]));
  const rechte = ['betrieb.verwalten'].filter((recht) => tx.ctx.akteur.rechte.has(recht));
  return {
    ...rest,
    eintraege: rows.map((a) => ({
      id: String(a.id) as never, name: a.name, mandant: { id: a.mandant_id, name: names.get(a.mandant_id) ?? '' }, zustand: a.zustand,
      versuche: a.versuche, versucheHoechstens: a.versuche_hoechstens, naechsterVersuch: a.zustand === 'wartend' ? a.naechster_versuch : null,
      fehler: a.fehler, angelegt: a.angelegt, geaendert: a.geaendert, rechte: a.zustand === 'laeuft' ? [] : rechte,
    })),
  };
}

async function change(tx: WriteTx, call: ReturnType<typeof sql>, art: string, id: string) {
  const row = await db.read(tx).selectFrom(sql`(select ${call} as name)`.as('a') as never as 'a').select('name').executeTakeFirst();
  if (!row?.name) throw NotFound('Auftrag');
  await tx.record({ art, objekte: {}, daten: { auftrag: row.name, nummer: id } });
  return { id: id as never };
}
/** Runs a waiting or failed job now, with all its attempts before it. */
export const retryJob = (tx: WriteTx, id: string) => change(tx, sql`betrieb.retry_auftrag(${id}::bigint)`, 'auftrag.wiederholt', id);
/** Throws away a job that has failed for good. What it should have done stays undone. */
export const deleteJob = (tx: WriteTx, id: string) => change(tx, sql`betrieb.delete_auftrag(${id}::bigint)`, 'auftrag.verworfen', id);

/** The whole queue of the installation in numbers, a line for each state. */
export async function countWarteschlange(tx: ReadTx) {
  const zahlen = await from(tx, sql`betrieb.count_auftraege()`, 'z').selectAll().execute();
  return (['wartend', 'geplant', 'laeuft', 'fehlgeschlagen'] as const).map((zustand) => {
    const z = zahlen.find((row) => row.zustand === zustand);
    return { zustand, anzahl: z?.anzahl ?? 0, aeltester: z ? z.aeltester : null };
  });
}

export async function getBetriebslage(tx: ReadTx) {
  const d = await from(tx, sql`betrieb.get_datenbank()`, 'd').selectAll().executeTakeFirstOrThrow();
  return {
    version, node: process.versions.node,
    datenbank: { fassung: d.fassung, bytes: Number(d.bytes), migrationen: d.migrationen, letzteMigration: d.letzte_migration, seit: d.seit },
    sicherung: await getSicherung(tx), warteschlange: await countWarteschlange(tx),
  };
}
