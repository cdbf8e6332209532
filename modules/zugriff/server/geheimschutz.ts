import { sql } from 'kysely';
import type { z } from 'zod';
import { getBenutzerKurz } from '#modules/organisation/server/index.ts';
import { Outdated, requireVersion } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Geheimschutz, GeheimschutzAendern } from '../contract.ts';
import { SchutzbereichErrors } from './freigabe.ts';
import { getKlassen } from './klassen.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<ZugriffTables>();
const readRow = (tx: ReadTx) => db.read(tx).selectFrom('zugriff.geheimschutz').selectAll().executeTakeFirst();

export async function getGeheimschutz(tx: ReadTx): Promise<z.input<typeof Geheimschutz>> {
  const row = await readRow(tx);
  const von = (await getBenutzerKurz(tx, row?.geaendert_von ? [row.geaendert_von] : [])).get(row?.geaendert_von ?? '') ?? null;
  return { aktiv: row?.aktiv ?? false, aktenzeichen: row?.aktenzeichen ?? null, freigabeVom: row?.freigabe_vom ?? null, geaendertAm: row?.geaendert_am ?? null, geaendertVon: von, version: row?.version ?? 0 };
}
export const isVsNfdAktiv = async (tx: ReadTx): Promise<boolean> => (await readRow(tx))?.aktiv ?? false;

/** On with the reference and the date of the approval; off only when nothing of the class is left. */
export async function updateGeheimschutz(tx: WriteTx, neu: z.output<typeof GeheimschutzAendern>, ifMatch: number): Promise<void> {
  const alt = await readRow(tx);
  requireVersion({ version: alt?.version ?? 0 }, ifMatch);
  if (!neu.aktiv && await db.read(tx).selectFrom('zugriff.schutzbereich').select('id').where('klasse', '=', 'vs_nfd').limit(1).executeTakeFirst()) throw SchutzbereichErrors.vs_nfd_vorhanden();
  const row = {
    id: tx.ctx.mandantId, aktiv: neu.aktiv, ...(neu.aktiv && { aktenzeichen: neu.aktenzeichen, freigabe_vom: neu.freigabeVom }), geaendert_am: sql<string>`now()`,
    geaendert_von: tx.ctx.akteur.art === 'system' ? null : tx.ctx.akteur.id, version: ifMatch + 1,
  };
  const saved = await db.write(tx).insertInto('zugriff.geheimschutz').values(row)
    .onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet(row).where(sql<boolean>`geheimschutz.version = ${ifMatch}`)).returning('version').executeTakeFirst();
  if (!saved) throw Outdated();
  await tx.record({ art: neu.aktiv ? 'geheimschutz.eingeschaltet' : 'geheimschutz.ausgeschaltet', objekte: { mandant: tx.ctx.mandantId }, daten: neu.aktiv ? { aktenzeichen: neu.aktenzeichen, freigabeVom: neu.freigabeVom } : {} });
}

export async function requireVsNfd(tx: ReadTx): Promise<void> {
  if (!(await isVsNfdAktiv(tx))) throw SchutzbereichErrors.vs_nfd_aus();
}

/** These Schutzbereiche and all below them. */
export async function readUnterhalb(tx: ReadTx, ids: readonly string[]): Promise<string[]> {
  const query = sql`(
    with recursive unter as (
      select id from zugriff.schutzbereich where mandant_id = ${tx.ctx.mandantId} and id = any(${ids}::uuid[])
      union
      select s.id from unter u join zugriff.schutzbereich s on s.mandant_id = ${tx.ctx.mandantId} and s.parent_id = u.id
    ) select id from unter)`;
  return (await db.read(tx).selectFrom(query.as('u') as never).selectAll().execute() as { id: string }[]).map((r) => r.id);
}

/** After a change of class or place: what is classified VS-NfD still stands in that class. */
export async function requireEinstufungen(tx: ReadTx, ids: readonly string[]): Promise<void> {
  if (!(await isVsNfdAktiv(tx))) return;
  const alle = await readUnterhalb(tx, ids);
  const klassen = await getKlassen(tx, alle);
  const offene = alle.filter((id) => klassen.get(id) !== 'vs_nfd');
  for (const { eingestuft } of offene.length ? tx.extensions('schutzobjekt') : []) if (await eingestuft?.(tx, offene)) throw SchutzbereichErrors.enthaelt_vs_nfd();
}
