import { getMandant, isGastBekannt, presentAlsGast, presentKurz, readMandanten, saveGast, type Gast } from '#modules/organisation/server/index.ts';
import { systemContext, type RequestContext } from '#platform/server/context.ts';
import { AppError } from '#platform/server/errors.ts';
import type { OffeneHaeuser, Sicht } from '#platform/server/module.ts';
import type { Database, ReadTx } from '#platform/server/tx.ts';
import { findNotzugriff, isBegonnen, startNotzugriff } from './notzugriff.ts';
import { listGastgeber } from './queries.ts';

/**
 * What a guest may do at all; how much of it, the Stufe of what was shared decides, and never more than at home. Nothing that orders, closes, takes
 * back, gives away or administers: that stays with the owner.
 */
const GASTRECHTE = ['akte.sehen', 'akte.lesen', 'vorgang.sehen', 'vorgang.lesen', 'vorgang.bearbeiten', 'dokument.sehen', 'dokument.lesen', 'dokument.anlegen', 'dokument.bearbeiten', 'inhalt.hochladen'];
/** Of a Notzugriff: to look, whatever the Rolle of the operator is. */
const NOTRECHTE = ['akte.sehen', 'akte.lesen', 'vorgang.sehen', 'vorgang.lesen', 'dokument.sehen', 'dokument.lesen', 'eingang.sehen', 'eingang.lesen'];

const NothingShared = () => new AppError('allgemein.nicht_gefunden', 404, 'Diese Verwaltung teilt nichts mit Ihnen, oder nicht mehr');

type Einlass = { rechte: readonly string[]; bis: string | null; notzugriffId?: string };
/** At home: whether anything leads to that Mandant now. */
async function readEinlass(tx: ReadTx, mandantId: string): Promise<{ einlass: Einlass; gast: Gast; name: string } | undefined> {
  const mandant = (await readMandanten(tx)).find((m) => m.id === mandantId);
  if (!mandant?.aktiv || mandantId === tx.ctx.mandantId) return undefined;
  const gast = await presentAlsGast(tx, tx.ctx.akteur.id);
  if (tx.ctx.mandantId === tx.ctx.verbundId) {
    const not = await findNotzugriff(tx, mandantId);
    return not && { einlass: { rechte: NOTRECHTE, bis: not.bis, notzugriffId: not.id }, gast, name: mandant.name };
  }
  if (!(await listGastgeber(tx)).some((m) => m.id === mandantId)) return undefined;
  return { einlass: einlassAlsGast(tx), gast, name: mandant.name };
}
const einlassAlsGast = (tx: ReadTx): Einlass => ({ rechte: GASTRECHTE.filter((r) => tx.ctx.akteur.rechte.has(r)), bis: null });

/** Into another Mandant: as somebody from elsewhere, who has there what was shared with him or his OEs, and nothing of what he has at home. */
async function enter(database: Database, own: RequestContext, mandantId: string): Promise<RequestContext> {
  const found = await database.read(own, (tx) => readEinlass(tx, mandantId));
  if (!found) throw NothingShared();
  return admit(database, own, mandantId, found);
}
async function admit(database: Database, own: RequestContext, mandantId: string, { einlass, gast, name }: { einlass: Einlass; gast: Gast; name: string }, frist?: number): Promise<RequestContext> {
  await announce(database, own, mandantId, gast, einlass, frist);
  const { sitzungId: _, nachrang: __, ...rest } = own;
  return {
    ...rest, mandantId,
    akteur: { art: 'gast', id: own.akteur.id, herkunft: { mandantId: own.mandantId, name: gast.heimatName }, rollen: [], rechte: new Set(einlass.rechte), organisationseinheiten: own.akteur.organisationseinheiten },
    sicht: { art: 'bei', id: mandantId, bezeichnung: name, bis: einlass.bis, ...(einlass.notzugriffId !== undefined && { nurLesen: true as const }) },
  };
}

/** The host knows the guest by name before he does anything; that a Notzugriff begins, it is told at once. */
async function announce(database: Database, own: RequestContext, mandantId: string, gast: Gast, { notzugriffId }: Einlass, frist?: number): Promise<void> {
  const host = systemContext(mandantId, own.verbundId, 'verbund', [], own.korrelationId);
  const known = await database.read(host, async (tx) => (await isGastBekannt(tx, gast)) && (notzugriffId === undefined || await isBegonnen(tx, notzugriffId)), frist);
  if (known) return;
  await database.write(host, async (tx) => {
    await saveGast(tx, gast);
    if (notzugriffId !== undefined) await startNotzugriff(tx, notzugriffId);
  });
}

/** For lists of several houses: those that share something now, asked once for all of them. A Notzugriff is to one Mandant and for one purpose, and never part of a list. */
async function haeuser(tx: ReadTx, database: Database): Promise<OffeneHaeuser | undefined> {
  const gastgeber = await listGastgeber(tx);
  if (!gastgeber.length) return undefined;
  const [gast, eigenes] = [await presentAlsGast(tx, tx.ctx.akteur.id), presentKurz(await getMandant(tx))];
  const einlass = einlassAlsGast(tx);
  return { eigenes, andere: gastgeber.map((haus) => ({ haus, enter: (frist) => admit(database, tx.ctx, haus.id, { einlass, gast, name: haus.name }, frist) })) };
}

export const beiSicht: Sicht = { art: 'bei', enter, haeuser };
