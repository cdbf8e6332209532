import { urheber } from '#platform/server/context.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Dokument } from '../../contract.ts';
import { DokumentErrors } from '../errors.ts';
import { readTeilbaum } from '../ort.ts';
import { announceSchutz } from '../schutz.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { ortObjekte } from './commands.ts';
import { getDokument } from './queries.ts';
import { lockDokument } from './sperre.ts';

const db = tables<SchriftgutTables>();

/** ST-08: entered by mistake. The Dokument and its Anlagen are hidden, keep their numbers, and can be brought back. */
export async function cancelDokument(tx: WriteTx, id: string, ifMatch: number, grund: string): Promise<Dokument> {
  const row = await lockDokument(tx, 'dokument.stornieren', id);
  requireVersion(row, ifMatch);
  if (row.storniert_am !== null) throw DokumentErrors.storniert();
  const { dokumente } = await readTeilbaum(tx, 'dokument', id);
  // One moment for all of them: taking it back finds the Anlagen that went with it, and no others.
  const am = new Date();
  const betroffen = await db.write(tx).updateTable('schriftgut.dokument').set((eb) => ({ storniert_am: am, storniert_von: urheber(tx.ctx), storno_grund: grund, version: eb('version', '+', 1), geaendert_am: am }))
    .where('id', 'in', dokumente).where('storniert_am', 'is', null).returning('id').execute();
  await settle(tx, 'dokument.storniert', row, betroffen.map((r) => r.id), { grund });
  return getDokument(tx, id);
}

export async function uncancelDokument(tx: WriteTx, id: string): Promise<Dokument> {
  const row = await lockDokument(tx, 'dokument.stornieren', id);
  if (row.storniert_am === null) throw DokumentErrors.nicht_storniert();
  if (row.parent_id !== null) {
    const parent = await db.write(tx).selectFrom('schriftgut.dokument').select('storniert_am').where('id', '=', row.parent_id).executeTakeFirstOrThrow();
    if (parent.storniert_am !== null) throw DokumentErrors.oben_storniert();
  }
  const { dokumente } = await readTeilbaum(tx, 'dokument', id);
  const betroffen = await db.write(tx).updateTable('schriftgut.dokument').set((eb) => ({ storniert_am: null, storniert_von: null, storno_grund: null, version: eb('version', '+', 1), geaendert_am: new Date() }))
    .where('id', 'in', dokumente).where('storniert_am', '=', row.storniert_am).returning('id').execute();
  await settle(tx, 'dokument.storno_zurueckgenommen', row, betroffen.map((r) => r.id), {});
  return getDokument(tx, id);
}

async function settle(tx: WriteTx, art: string, row: { akte_id: string; vorgang_id: string | null }, ids: string[], daten: object) {
  await announceSchutz(tx, { akten: [], vorgaenge: [], dokumente: ids });
  await tx.record({ art, objekte: { dokument: ids, ...ortObjekte(row) }, daten });
}
