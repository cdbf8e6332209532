import { authorizeInhalt } from '#modules/ablage/server/index.ts';
import { getMails } from '#modules/aufbereitung/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { createBericht, type Regeln } from './hinweise.ts';

/** For whoever may read the content where it is used. */
export async function getMailbericht(tx: ReadTx, inhaltId: string, regeln: Regeln) {
  await authorizeInhalt(tx, inhaltId);
  const mail = (await getMails(tx, [inhaltId])).get(inhaltId);
  return { bericht: mail?.befund ? createBericht(mail, regeln) : null };
}
