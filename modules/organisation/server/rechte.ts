import type { RequestContext } from '#platform/server/context.ts';
import type { ReadTx } from '#platform/server/tx.ts';

/** Rechte that reach beyond a Mandant are of the Verbund alone: held elsewhere they would promise what the server refuses. */
const nurImVerbund = new Set(['mandant.verwalten', 'notzugriff.beantragen']);
export const isEffectiveIn = ({ mandantId, verbundId }: Pick<RequestContext, 'mandantId' | 'verbundId'>, recht: string) => mandantId === verbundId || !nurImVerbund.has(recht);
export const isEffective = (tx: ReadTx, recht: string) => isEffectiveIn(tx.ctx, recht);

/** For objects outside of any Schutzbereich: the Recht of the Rolle alone decides. */
export const heldRechte = (tx: ReadTx, rechte: readonly string[]) => rechte.filter((recht) => tx.ctx.akteur.rechte.has(recht));

/** What each Recht is called, by the module that declares it: »Akten: lesen«. */
export const nameRechte = (tx: ReadTx): ReadonlyMap<string, string> => new Map(tx.extensions('rechtname').flatMap((namen) => Object.entries(namen)));
