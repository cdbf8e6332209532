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
  const { rows, ...page } = await paginate(filtered.select(['n.id', 'n.anlass', 'n.satz', 'n.objekt_typ', 'n.objekt_id', 'n.zusatz', 'n.pfad', 'n.erstellt', 'n.gelesen_am']), { sort: { erstellt: 'n.erstellt' }, id: 'n.id' }, query);
  const namen = await readNamen(tx, rows);
  return { ...page, eintraege: rows.map((r) => ({ id: r.id, anlass: r.anlass, ...writeOut(r, namen), erstellt: r.erstellt, gelesen: r.gelesen_am !== null })) };
}

type Zeile = { satz: string; objekt_typ: string | null; objekt_id: string | null; zusatz: string; pfad: string };
type Namen = ReadonlyMap<string, { titel: string; kennzeichen: string | null; geschuetzt?: string | null }>;
/** What the reader may know of the objects today. */
async function readNamen(tx: ReadTx, rows: readonly Zeile[]): Promise<Namen> {
  const namen = new Map<string, { titel: string; kennzeichen: string | null; geschuetzt?: string | null }>();
  for (const { typ, kurz } of tx.extensions('schutzobjekt')) {
    const ids = [...new Set(rows.flatMap((r) => (r.objekt_typ === typ && r.objekt_id !== null ? [r.objekt_id] : [])))];
    if (ids.length) for (const [id, name] of await kurz(tx, ids)) namen.set(id, name);
  }
  return namen;
}
/** Who may no longer see the object reads that there was news, and nothing else; of a protected one whose title is hidden, the Kennzeichen. */
function writeOut({ satz, objekt_id, zusatz, pfad }: Zeile, namen: Namen): { text: string; pfad: string | null } {
  if (objekt_id === null) return { text: `${satz}${zusatz}`, pfad };
  const name = namen.get(objekt_id);
  if (!name) return { text: `${satz} (für Sie nicht mehr einsehbar)`, pfad: null };
  if (name.geschuetzt) return { text: `${satz}: ${name.kennzeichen ?? ''}`, pfad };
  return { text: `${satz}: „${name.titel}“${name.kennzeichen ? ` (${name.kennzeichen})` : ''}${zusatz}`, pfad };
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
  const rows = await db.read(tx).selectFrom('benachrichtigung.benachrichtigung').select(['id', 'benutzer_id', 'satz', 'pfad']).where('versand', '=', versand).orderBy('erstellt').limit(500).execute();
  const adressen = await getBenutzerAdressen(tx, [...new Set(rows.map((r) => r.benutzer_id))]);
  return { ids: rows.map((r) => r.id), versand, mails: [...Map.groupBy(rows, (r) => r.benutzer_id)].flatMap(([id, eintraege]) => (adressen.has(id) ? [{ an: adressen.get(id)!, eintraege }] : [])) };
}
