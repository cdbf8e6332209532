import type { Nachricht } from '#platform/server/extension.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Weg } from '../contract.ts';
import { sendenJob } from './auftraege.ts';
import { AnlassUnbekannt, countUngelesen, getEinstellungen } from './queries.ts';
import type { BenachrichtigungTables } from './tables.gen.ts';

const db = tables<BenachrichtigungTables>();

export type Neuigkeit = Nachricht & { anlass: string; vorgabe: Weg };

/** One row each, unless the person does not want it or has it already. */
export async function createBenachrichtigungen(tx: WriteTx, ereignisId: number, neu: readonly Neuigkeit[]) {
  if (!neu.length) return;
  const gewaehlt = await db.write(tx).selectFrom('benachrichtigung.einstellung').selectAll().where('benutzer_id', 'in', neu.map((n) => n.benutzerId)).execute();
  const wegVon = new Map(gewaehlt.map((e) => [`${e.benutzer_id} ${e.anlass}`, e.weg]));
  const rows = neu.map((n) => ({ n, weg: wegVon.get(`${n.benutzerId} ${n.anlass}`) ?? n.vorgabe })).filter(({ weg }) => weg !== 'nicht')
    .map(({ n, weg }) => ({ id: newId(), benutzer_id: n.benutzerId, ereignis_id: ereignisId, anlass: n.anlass, satz: n.satz, objekt_typ: n.objekt?.typ ?? null, objekt_id: n.objekt?.id ?? null, zusatz: n.zusatz ?? '', pfad: n.pfad, je_objekt: n.jeObjekt ?? false, versand: weg === 'postfach' ? null : weg }));
  if (!rows.length) return;
  const made = await db.write(tx).insertInto('benachrichtigung.benachrichtigung').values(rows as never).onConflict((c) => c.doNothing()).returning(['versand']).execute();
  if (made.some((m) => m.versand === 'sofort')) await tx.enqueue(sendenJob, { versand: 'sofort' }, { key: 'sofort' });
}

export async function markGelesen(tx: WriteTx, ids: readonly string[] | undefined) {
  const all = db.write(tx).updateTable('benachrichtigung.benachrichtigung').set({ gelesen_am: new Date() }).where('benutzer_id', '=', tx.ctx.akteur.id).where('gelesen_am', 'is', null);
  await (ids ? all.where('id', 'in', ids.length ? [...ids] : [newId()]) : all).execute();
  return { ungelesen: await countUngelesen(tx) };
}

export async function updateEinstellung(tx: WriteTx, { anlass, weg }: { anlass: string; weg: Weg }) {
  if (!tx.extensions('benachrichtigungsanlass').some((a) => a.schluessel === anlass)) throw AnlassUnbekannt();
  await db.write(tx).insertInto('benachrichtigung.einstellung').values({ benutzer_id: tx.ctx.akteur.id, anlass, weg })
    .onConflict((c) => c.columns(['mandant_id', 'benutzer_id', 'anlass']).doUpdateSet({ weg })).execute();
  return getEinstellungen(tx);
}
