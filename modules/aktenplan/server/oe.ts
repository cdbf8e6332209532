import type { ReadTx } from '#platform/server/tx.ts';

/** Short name of an OE as Aktenzeichen print it. */
export async function getOeKuerzel(_tx: ReadTx, _organisationseinheitId: string): Promise<string | undefined> {
  return undefined;
}
