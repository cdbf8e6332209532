import { sql } from 'kysely';
import { antwortlose, getMails, type Automatik } from '#modules/aufbereitung/server/index.ts';
import { findAkteurVon } from '#modules/organisation/server/index.ts';
import { fileEingang, getEingangsstaende, getVorschlagsorte, saveVorschlag } from '#modules/posteingang/server/index.ts';
import { getAktenKurz, getVorgaengeKurz } from '#modules/schriftgut/server/index.ts';
import { readAs, tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { tagVon } from '#platform/server/zeit.ts';
import { isVerdaechtig } from './hinweise.ts';
import { getEinstellungen } from './einstellung.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
/** What filing by itself needs: as the clerk who would do it. */
export const ABLEGEN_RECHTE = ['eingang.sehen', 'eingang.lesen', 'eingang.bearbeiten', 'eingang.ablegen', 'akte.sehen', 'akte.lesen', 'vorgang.sehen', 'vorgang.lesen', 'dokument.sehen', 'dokument.lesen', 'dokument.anlegen', 'dokument.bearbeiten'];

type Ort = { art: 'akte'; akteId: string } | { art: 'vorgang'; vorgangId: string };
export type Entscheidung = { nachrichtId: string; eingangId: string; ort: Ort | null; /** Of an address: where it leads, for the proposal. */ ziel: Ort | null; betreff: string; absender: string; datum: string | null };
type Regeln = { eigeneDomaenen: readonly string[]; vertrauteServer: readonly string[] };

/** Of messages that have just been read, those which wait for it: whether and where they file themselves. */
export async function decideNachrichten(tx: ReadTx, eingangIds: readonly string[], regeln: Regeln): Promise<Entscheidung[]> {
  if (!eingangIds.length) return [];
  const rows = await db.read(tx).selectFrom('postfach.nachricht as n').leftJoin('postfach.ablageadresse as a', 'a.id', 'n.adresse_id').select(['n.id', 'n.eingang_id', 'n.inhalt_id', 'n.absender', 'n.automatik', 'n.zustand', 'a.objekt_typ', 'a.objekt_id'])
    .where('n.eingang_id', 'in', [...eingangIds]).where('n.entschieden', 'is', null).execute();
  const wartende = rows.filter((r) => r.objekt_id !== null || r.automatik !== null);
  if (!wartende.length) return [];
  const [mails, staende, einstellung] = [await getMails(tx, wartende.map((r) => r.inhalt_id)), await getEingangsstaende(tx, wartende.map((r) => r.eingang_id)), await getEinstellungen(tx)];
  const result: Entscheidung[] = [];
  for (const r of wartende) {
    const mail = mails.get(r.inhalt_id);
    const offen = !['zugeordnet', 'zurueckgewiesen', 'weitergeleitet', 'vernichtet'].includes(staende.get(r.eingang_id)?.status ?? 'zugeordnet');
    if (!mail || !offen) continue;
    const von = mail.von[0];
    const basis = { nachrichtId: r.id, eingangId: r.eingang_id, betreff: (mail.betreff || 'E-Mail ohne Betreff').slice(0, 500), absender: (von?.name || von?.adresse || r.absender || 'unbekannt').slice(0, 500), datum: mail.datum && tagVon(new Date(mail.datum)) };
    const ziel: Ort | null = r.objekt_id === null ? null : r.objekt_typ === 'akte' ? { art: 'akte', akteId: r.objekt_id } : { art: 'vorgang', vorgangId: r.objekt_id };
    const darf = ziel !== null && !isVerdaechtig(mail, regeln) && (einstellung.ablage === 'alle' || (einstellung.ablage === 'mitarbeitende' && await isMitarbeitend(tx, r.absender, r.objekt_typ!, r.objekt_id!)));
    const faden = ziel === null && einstellung.automatikAblegen && antwortlose.has(r.automatik as Automatik) ? await findFaden(tx, r.eingang_id) : null;
    result.push({ ...basis, ziel, ort: await isOffen(tx, darf ? ziel : faden) });
  }
  return result;
}

/** One of our own people, who could file it there by hand as well. */
async function isMitarbeitend(tx: ReadTx, absender: string, typ: string, objektId: string): Promise<boolean> {
  const akteur = absender ? await findAkteurVon(tx, absender) : undefined;
  if (!akteur?.rechte.has('eingang.ablegen')) return false;
  const art = tx.extensions('schutzobjekt').find((s) => s.typ === typ);
  return art ? art.authorize(readAs(tx, akteur), 'bearbeiten', objektId).then(() => true, () => false) : false;
}

/** The Vorgang of the message this one reports on, when it is one and the same. */
async function findFaden(tx: ReadTx, eingangId: string): Promise<Ort | null> {
  const orte = (await getVorschlagsorte(tx, eingangId)).filter((o) => o.art === 'antwort' && o.vorgangId !== null);
  return orte.length === 1 ? { art: 'vorgang', vorgangId: orte[0]!.vorgangId! } : null;
}

/** A closed Akte takes nothing by itself: then it lies in the basket, with the proposal. */
async function isOffen(tx: ReadTx, ort: Ort | null): Promise<Ort | null> {
  if (ort === null) return null;
  const vorgang = ort.art === 'vorgang' ? (await getVorgaengeKurz(tx, [ort.vorgangId])).get(ort.vorgangId) : undefined;
  const akteId = ort.art === 'akte' ? ort.akteId : vorgang?.akteId;
  const akte = akteId === undefined ? undefined : (await getAktenKurz(tx, [akteId])).get(akteId);
  const offen = (o: { status: string; storniert: boolean } | undefined) => o !== undefined && !o.storniert && o.status === 'in_bearbeitung';
  return offen(akte) && (ort.art === 'akte' || offen(vorgang)) ? ort : null;
}

/** Asked once: what stays in the basket is a person's from then on. */
export async function storeEntscheidungen(tx: WriteTx, alle: readonly Entscheidung[]): Promise<void> {
  for (const { nachrichtId, eingangId, ort, ziel, betreff, absender, datum } of alle) {
    const eine = await db.write(tx).updateTable('postfach.nachricht').set({ entschieden: sql<string>`now()` }).where('id', '=', nachrichtId).where('entschieden', 'is', null).returning('id').executeTakeFirst();
    const stand = (await getEingangsstaende(tx, [eingangId])).get(eingangId);
    if (!eine || !stand || ['zugeordnet', 'zurueckgewiesen', 'weitergeleitet', 'vernichtet'].includes(stand.status)) continue;
    if (ort === null) { await propose(tx, eingangId, ziel); continue; }
    await fileEingang(tx, eingangId, { ziel: ort as never, betreff, absender, ...(datum && { datumDesSchreibens: datum }) });
  }
}

async function propose(tx: WriteTx, eingangId: string, ziel: Ort | null): Promise<void> {
  if (ziel === null) return;
  const vorgang = ziel.art === 'vorgang' ? (await getVorgaengeKurz(tx, [ziel.vorgangId])).get(ziel.vorgangId) : undefined;
  const akteId = ziel.art === 'akte' ? ziel.akteId : vorgang?.akteId;
  if (akteId === undefined) return;
  const gefunden = `E-Mail-Adresse ${ziel.art === 'vorgang' ? 'dieses Vorgangs' : 'dieser Akte'}`;
  await saveVorschlag(tx, eingangId, { akteId, vorgangId: ziel.art === 'vorgang' ? ziel.vorgangId : null, gefunden, passage: `gesendet an die ${gefunden}` });
}
