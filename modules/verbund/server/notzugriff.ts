import type { z } from 'zod';
import { presentKurz, readMandanten, sindAusEinerHand } from '#modules/organisation/server/index.ts';
import { grantObjektfreigabe, revokeObjektfreigabe } from '#modules/zugriff/server/index.ts';
import { istBeteiligt } from '#platform/server/context.ts';
import { Forbidden, NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { tellMandant } from './bote.ts';
import { nameOfAkteur } from './commands.ts';
import { NotzugriffErrors, notzugriffszustandOf } from './freigabe.ts';
import { notzugriffJob, type Notzugriffsnachricht } from './nachrichten.ts';
import type { VerbundTables } from './tables.gen.ts';

const db = tables<VerbundTables>();
const select = (tx: ReadTx) => db.read(tx).selectFrom('verbund.notzugriff as n').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const imVerbund = (tx: ReadTx) => tx.ctx.mandantId === tx.ctx.verbundId;

async function present(tx: ReadTx, rows: readonly Row[]) {
  const mandanten = new Map((await readMandanten(tx)).map((m) => [m.id, presentKurz(m)]));
  const { akteur } = tx.ctx;
  return rows.map((r) => {
    const zustand = notzugriffszustandOf(r, new Date());
    const entscheidet = akteur.rechte.has('notzugriff.entscheiden');
    return {
      id: r.id, mandant: mandanten.get(r.ziel_id)!, antragsteller: { id: r.antragsteller_id, name: r.antragsteller_name }, grund: r.grund, stunden: r.stunden, beantragt: r.beantragt, zustand,
      entschiedenVon: r.entschieden_name, von: r.von, bis: r.bis, beendet: r.beendet,
      rechte: [...(entscheidet && zustand === 'beantragt' && !istBeteiligt(akteur, r.antragsteller_id) ? ['notzugriff.genehmigen'] : []), ...(entscheidet && zustand === 'beantragt' ? ['notzugriff.ablehnen'] : []), ...(entscheidet && zustand === 'laeuft' ? ['notzugriff.beenden'] : [])],
    };
  });
}
/** In the Verbund all of them, in a Mandant those on itself. */
export async function listNotzugriffe(tx: ReadTx, page: { limit: number; cursor?: string | undefined; sort: string }) {
  const { rows, ...rest } = await paginate(select(tx), { sort: { beantragt: 'n.beantragt' }, id: 'n.id' }, page);
  return { eintraege: await present(tx, rows), ...rest };
}
async function readNotzugriff(tx: ReadTx, id: string) {
  const row = await select(tx).where('n.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Notzugriff');
  return (await present(tx, [row]))[0]!;
}

/** An operator asks; nothing is open yet, and the Mandant hears of it at once. */
export async function requestNotzugriff(tx: WriteTx, { mandantId, grund, stunden }: { mandantId: string; grund: string; stunden: number }) {
  if (!imVerbund(tx)) throw Forbidden('notzugriff.beantragen');
  const mandant = (await readMandanten(tx)).find((m) => m.id === mandantId);
  if (!mandant?.aktiv || mandant.art !== 'mandant') throw NotzugriffErrors.verwaltung_nicht_da();
  const id = newId();
  await db.write(tx).insertInto('verbund.notzugriff').values({ id, ziel_id: mandantId, antragsteller_id: tx.ctx.akteur.id, antragsteller_name: await nameOfAkteur(tx), grund, stunden, beantragt: new Date() }).execute();
  await tx.record({ art: 'notzugriff.beantragt', objekte: { notzugriff: id, mandant: mandantId }, daten: { verwaltung: mandant.name, grund, stunden, antragsteller: await nameOfAkteur(tx) } });
  await tell(tx, id);
  return readNotzugriff(tx, id);
}

async function lockNotzugriff(tx: WriteTx, id: string) {
  const row = await db.write(tx).selectFrom('verbund.notzugriff').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Notzugriff');
  return { row, zustand: notzugriffszustandOf(row, new Date()) };
}

/** The second person: another operator, whose account is not the first one's work, or somebody who administers the Mandant itself. It runs from now on, and for no longer than was asked. */
export async function grantNotzugriff(tx: WriteTx, id: string) {
  const { row, zustand } = await lockNotzugriff(tx, id);
  if (istBeteiligt(tx.ctx.akteur, row.antragsteller_id)) throw NotzugriffErrors.eigener_antrag();
  if (zustand !== 'beantragt') throw NotzugriffErrors.schon_entschieden();
  if (await sindAusEinerHand(tx, row.antragsteller_id, tx.ctx.akteur.id)) throw NotzugriffErrors.aus_einer_hand();
  const von = new Date();
  const bis = new Date(von.getTime() + row.stunden * 3_600_000);
  await decide(tx, row, { entschieden_von: tx.ctx.akteur.id, entschieden_name: await nameOfAkteur(tx), von, bis }, 'notzugriff.genehmigt');
  return readNotzugriff(tx, id);
}
/** Refused, or ended before its time: by either side, at any time. */
export async function cancelNotzugriff(tx: WriteTx, id: string) {
  const { row, zustand } = await lockNotzugriff(tx, id);
  if (zustand !== 'beantragt' && zustand !== 'laeuft') throw NotzugriffErrors.schon_beendet();
  await decide(tx, row, { beendet: new Date(), ...(zustand === 'beantragt' && { entschieden_von: tx.ctx.akteur.id === row.antragsteller_id ? null : tx.ctx.akteur.id, entschieden_name: await nameOfAkteur(tx) }) }, zustand === 'beantragt' ? 'notzugriff.abgelehnt' : 'notzugriff.beendet');
  return readNotzugriff(tx, id);
}
async function decide(tx: WriteTx, row: Row, neu: Partial<Record<'entschieden_von' | 'entschieden_name', string | null> & Record<'von' | 'bis' | 'beendet', Date>>, art: string) {
  await db.write(tx).updateTable('verbund.notzugriff').set(neu).where('id', '=', row.id).execute();
  await tx.record({ art, objekte: { notzugriff: row.id, mandant: row.ziel_id }, daten: { antragsteller: row.antragsteller_name, grund: row.grund, stunden: row.stunden } });
  if (!imVerbund(tx)) await follow(tx, row.id);
  await tell(tx, row.id);
}

/** In the Mandant itself: the grant follows the state. It is one on everything, to read; each read is recorded. */
async function follow(tx: WriteTx, id: string) {
  const { row, zustand } = await lockNotzugriff(tx, id);
  if (zustand === 'laeuft') await grantObjektfreigabe(tx, { objektTyp: 'mandant', objektId: tx.ctx.mandantId, subjektArt: 'gast', subjekt: row.antragsteller_id, stufe: 'lesen', von: row.von!, bis: row.bis!, zweck: `Notzugriff: ${row.grund}`, anlass: { typ: 'notzugriff', id } });
  else await revokeObjektfreigabe(tx, { anlass: { typ: 'notzugriff', id } });
}

async function tell(tx: WriteTx, id: string) {
  const row = (await select(tx).where('n.id', '=', id).executeTakeFirst())!;
  await tellMandant(tx, imVerbund(tx) ? row.ziel_id : tx.ctx.verbundId, notzugriffJob, {
    id, zielId: row.ziel_id, antragstellerId: row.antragsteller_id, antragstellerName: row.antragsteller_name, grund: row.grund, stunden: row.stunden, beantragt: row.beantragt,
    entschiedenVon: row.entschieden_von, entschiedenName: row.entschieden_name, von: row.von, bis: row.bis, beendet: row.beendet,
  });
}

/** In a job: what the other side has done. Only the Verbund may ask, only the Mandant concerned may answer, and what has ended does not begin again. */
export async function storeNotzugriff(tx: WriteTx, n: z.output<typeof Notzugriffsnachricht>): Promise<void> {
  const { row: alt } = await lockNotzugriff(tx, n.id).catch(() => ({ row: undefined }));
  if (n.absenderId !== (imVerbund(tx) ? n.zielId : tx.ctx.verbundId) || (imVerbund(tx) ? !alt : n.zielId !== tx.ctx.mandantId)) return;
  if (alt && (alt.beendet !== null || (alt.von !== null && n.beendet === null))) return; // known already, or later news was faster
  const werte = { entschieden_von: n.entschiedenVon, entschieden_name: n.entschiedenName, von: n.von, bis: n.bis, beendet: n.beendet };
  if (!alt) await db.write(tx).insertInto('verbund.notzugriff').values({ id: n.id, ziel_id: n.zielId, antragsteller_id: n.antragstellerId, antragsteller_name: n.antragstellerName, grund: n.grund, stunden: n.stunden, beantragt: n.beantragt, ...werte }).execute();
  else await db.write(tx).updateTable('verbund.notzugriff').set(werte).where('id', '=', n.id).execute();
  const zustand = notzugriffszustandOf(n, new Date());
  await tx.record({ art: `notzugriff.${zustand === 'laeuft' ? 'genehmigt' : zustand}`, objekte: { notzugriff: n.id, mandant: n.zielId }, daten: { antragsteller: n.antragstellerName, grund: n.grund, stunden: n.stunden, entschiedenVon: n.entschiedenName } });
  if (!imVerbund(tx)) await follow(tx, n.id);
}

/** In the Verbund: until when this operator may look into that Mandant. */
export async function findNotzugriff(tx: ReadTx, mandantId: string): Promise<{ id: string; bis: string } | undefined> {
  const row = await select(tx).where('n.ziel_id', '=', mandantId).where('n.antragsteller_id', '=', tx.ctx.akteur.id).where('n.beendet', 'is', null).where('n.bis', '>', new Date().toISOString()).orderBy('n.bis', 'desc').limit(1).executeTakeFirst();
  return row?.bis ? { id: row.id, bis: row.bis } : undefined;
}

/** In the Mandant concerned. */
export const isBegonnen = async (tx: ReadTx, id: string): Promise<boolean> => (await select(tx).where('n.id', '=', id).where('n.begonnen', 'is not', null).executeTakeFirst()) !== undefined;
/** The first request under it. Before the Mandant has heard that it was granted, there is nothing to begin, and nothing to see. */
export async function startNotzugriff(tx: WriteTx, id: string): Promise<void> {
  const row = await db.write(tx).updateTable('verbund.notzugriff').set({ begonnen: new Date() }).where('id', '=', id).where('begonnen', 'is', null).where('von', 'is not', null).where('beendet', 'is', null).returning('antragsteller_name').executeTakeFirst();
  if (row) await tx.record({ art: 'notzugriff.begonnen', objekte: { notzugriff: id, mandant: tx.ctx.mandantId }, daten: { antragsteller: row.antragsteller_name } });
}
