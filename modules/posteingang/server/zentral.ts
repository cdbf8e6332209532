import { findObersteOrganisationseinheit } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { addWerkstunden } from './werktage.ts';

const db = tables<PosteingangTables>();
export const VORGABE = { frist_zentral: 24, frist_oe: 48, vernichtung_monate: 12 };

/** What is set for this Mandant's post; `zentral`: the basket where what names no OE waits to be distributed, as set or the top of the authority. */
export async function readEinstellung(tx: ReadTx) {
  const row = await db.read(tx).selectFrom('posteingang.einstellung').selectAll().executeTakeFirst();
  return { ...VORGABE, ...row, zentral: row?.organisationseinheit_id ?? await findObersteOrganisationseinheit(tx) };
}
export const readZentralerKorb = async (tx: ReadTx): Promise<string | undefined> => (await readEinstellung(tx)).zentral;

/** In which state an Eingang rests in a basket, and by when somebody should have taken it from there. `verteilt` undefined: anywhere but in the central basket. */
export async function ruhe(tx: ReadTx, oe: string, { verteilt, ab = new Date() }: { verteilt?: boolean | undefined; ab?: Date } = {}) {
  const einstellung = await readEinstellung(tx);
  const status = (verteilt ?? oe !== einstellung.zentral) ? 'verteilt' as const : 'erfasst' as const;
  return { status, faellig: addWerkstunden(ab, status === 'erfasst' ? einstellung.frist_zentral : einstellung.frist_oe) };
}
