import type { ReadTx } from '#platform/server/tx.ts';

/** For objects outside of any Schutzbereich: the Recht of the Rolle alone decides. */
export const heldRechte = (tx: ReadTx, rechte: readonly string[]) => rechte.filter((recht) => tx.ctx.akteur.rechte.has(recht));
