import type { WriteTx } from '#platform/server/tx.ts';
import { lock } from '../ort.ts';
import { dokumentPolicy, type DokumentRecht } from '../policy.ts';
import { holdContainers } from './commands.ts';

/** The Dokument as it stands under its lock, in containers that stay open. First those, then the Dokument: one order everywhere. */
export async function lockDokument<R extends DokumentRecht>(tx: WriteTx, recht: R, id: string) {
  const seen = await dokumentPolicy.authorize(tx, recht, id);
  await holdContainers(tx, seen);
  await lock(tx, 'dokument', id);
  const row = await dokumentPolicy.authorize(tx, recht, id);
  if (row.akte_id !== seen.akte_id || row.vorgang_id !== seen.vorgang_id) await holdContainers(tx, row); // moved in between
  return row;
}
