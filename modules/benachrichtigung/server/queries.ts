import type { z } from 'zod';
import { getBenutzerAdressen } from '#modules/organisation/server/index.ts';
import { AppError } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { api } from '../contract.ts';
import type { BenachrichtigungTables } from './tables.gen.ts';

const db = tables<BenachrichtigungTables>();
export const AnlassUnbekannt = () => new AppError('benachrichtigung.anlass_unbekannt', 422, 'Diesen Anlass gibt es nicht');

const meine = (tx: ReadTx) => db.read(tx).selectFrom('benachrichtigung.benachrichtigung as n').where('n.benutzer_id', '=', tx.ctx.akteur.art === 'person' ? tx.ctx.akteur.id : '00000000-0000-0000-0000-000000000000');

export async function listBenachrichtigungen(tx: ReadTx, query: z.output<typeof api.listBenachrichtigungen.query>) {
  const filtered = query.ungelesen ? meine(tx).where('n.gelesen_am', 'is', null) : meine(tx);
  const { rows, ...page } = await paginate(filtered.select(['n.id', 'n.anlass', 'n.text', 'n.pfad', 'n.erstellt', 'n.gelesen_am']), { sort: { erstellt: 'n.erstellt' }, id: 'n.id' }, query);
  return { ...page, eintraege: rows.map((r) => ({ id: r.id, anlass: r.anlass, text: r.text, pfad: r.pfad, erstellt: r.erstellt, gelesen: r.gelesen_am !== null })) };
}

export async function countUngelesen(tx: ReadTx): Promise<number> {
  return (await meine(tx).where('n.gelesen_am', 'is', null).select((eb) => eb.fn.countAll<number>().as('anzahl')).executeTakeFirstOrThrow()).anzahl;
}

export async function getEinstellungen(tx: ReadTx) {
  const { akteur } = tx.ctx;
  const gewaehlt = akteur.art === 'person' ? await db.read(tx).selectFrom('benachrichtigung.einstellung').select(['anlass', 'weg']).where('benutzer_id', '=', akteur.id).execute() : [];
  const wegVon = new Map(gewaehlt.map((e) => [e.anlass, e.weg]));
  return {
    eintraege: tx.extensions('benachrichtigungsanlass').map((a) => ({ anlass: a.schluessel, titel: a.titel, weg: wegVon.get(a.schluessel) ?? a.vorgabe })),
    email: akteur.art === 'person' ? ((await getBenutzerAdressen(tx, [akteur.id])).get(akteur.id) ?? null) : null,
  };
}

/** Mails that wait: by person, at most one mail each. Who has no address keeps the bell alone. */
export async function loadVersand(tx: ReadTx, versand: 'sofort' | 'taeglich') {
  const rows = await db.read(tx).selectFrom('benachrichtigung.benachrichtigung').select(['id', 'benutzer_id', 'anlass', 'text', 'pfad', 'geschuetzt']).where('versand', '=', versand).orderBy('erstellt').limit(500).execute();
  const titel = new Map(tx.extensions('benachrichtigungsanlass').map((a) => [a.schluessel, a.titel]));
  const adressen = await getBenutzerAdressen(tx, [...new Set(rows.map((r) => r.benutzer_id))]);
  return { ids: rows.map((r) => r.id), versand, mails: [...Map.groupBy(rows, (r) => r.benutzer_id)].flatMap(([id, eintraege]) => (adressen.has(id) ? [{ an: adressen.get(id)!, eintraege: eintraege.map((e) => ({ ...e, titel: titel.get(e.anlass) ?? 'Neues für Sie' })) }] : [])) };
}
