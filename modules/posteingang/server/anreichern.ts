import type { Aufbereitung } from '#modules/aufbereitung/contract.ts';
import { getInhalte } from '#modules/ablage/server/index.ts';
import { getAufbereitungen, getSeitentexte } from '#modules/aufbereitung/server/index.ts';
import { findFremdeZeichen, passageUm, proposeStimmen, readEichung, vereine, type Eingelesen, type Eichung, type Stimme } from '#modules/vorschlagswesen/server/index.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { tagVon } from '#platform/server/zeit.ts';
import { createAnlagenAus } from './ablegen.ts';
import { applyAngaben, type Angaben } from './commands.ts';
import { betreffAus, isOffen } from './eingang.ts';
import { mitPassage, storeStimmen, type NeueStimme } from './felder.ts';
import type { EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
type Mail = NonNullable<Aufbereitung['mail']>;
type NeuerVorschlag = { art: 'aktenzeichen' | 'aehnlich' | 'fremdes_zeichen' | 'antwort' | 'absender'; akte_id: string; vorgang_id: string | null; gefunden: string; passage: string; von: number; bis: number; seite: number | null; quelle: string; grund: string };
/** What was read out of an Eingang's content. */
export type Befund = { eingangId: string; mail: Mail | null; fremdesZeichen: string | null; vorschlaege: (NeuerVorschlag & { konfidenz: number })[]; stimmen: NeueStimme[]; messageIds: string[] };

const MAX_TEXT = 300_000;
const MAX_VORSCHLAEGE = 10;

/** Everything that speaks for a place in the files or for a value of a field, each with why and where it stands. */
export async function readBefund(tx: ReadTx, row: EingangRow): Promise<Befund> {
  const inhalt = (await getInhalte(tx, [row.inhalt_id])).get(row.inhalt_id);
  const mail = inhalt ? (await getAufbereitungen(tx, [inhalt])).get(row.inhalt_id)?.mail ?? null : null;
  // the Betreff of a mail is part of what was written
  const teile = [{ seite: null, text: mail?.betreff ?? '' }, ...(await getSeitentexte(tx, row.inhalt_id)).map((s) => (mail ? { ...s, seite: null } : s))].filter((s) => s.text);
  const text = teile.map((s) => s.text).join(FUGE).slice(0, MAX_TEXT);
  const fremdesZeichen = findFremdeZeichen(text)[0]?.gefunden ?? null;
  const antworten = mail ? [mail.inReplyTo, ...mail.references].filter((id) => id !== null) : [];
  const seiteVon = (stelle: number) => seiteAn(teile, stelle);
  const eingelesen = await proposeStimmen(tx, { text, eingegangen: row.posteingangsdatum, mail, absender: row.absender });
  const orte = uniqueOrte([...ausText(text, eingelesen, seiteVon), ...await proposeByAntwort(tx, row.id, antworten), ...ausHistorie(eingelesen)]);
  return { eingangId: row.id, mail, fremdesZeichen, vorschlaege: gewichtet(orte, await readEichung(tx)).slice(0, MAX_VORSCHLAEGE), stimmen: mitPassage(eingelesen.stimmen, text, seiteVon), messageIds: antworten };
}

const FUGE = '\n\n';
/** The page on which a place of the joined text lies; null where there are no pages. */
function seiteAn(teile: readonly { seite: number | null; text: string }[], stelle: number): number | null {
  let ende = -FUGE.length;
  for (const { seite, text } of teile) { ende += FUGE.length + text.length; if (stelle < ende) return seite; }
  return null;
}

const GRUENDE: Readonly<Record<string, string>> = { aktenzeichen: 'steht im Text', aktenzeichen_ocr: 'steht im Text, einzelne Zeichen unsicher gelesen', aktenzeichen_mehrere: 'eines von mehreren Aktenzeichen im Text', aktenzeichen_angrenzend: 'steht im Text, aber unvollständig', aktenzeichen_naehe: 'ähnliches Aktenzeichen im Text', fremdes_zeichen: 'dieses Zeichen führt hierher' };
const ausText = (text: string, { akten }: Eingelesen, seiteVon: (stelle: number) => number | null): NeuerVorschlag[] =>
  akten.map((a) => ({ art: a.art, akte_id: a.akteId, vorgang_id: a.vorgangId, gefunden: a.gefunden, seite: seiteVon(a.von), quelle: a.quelle, grund: GRUENDE[a.quelle] ?? '', ...passageUm(text, a.von, a.bis) }));
const ausHistorie = ({ historie }: Eingelesen): NeuerVorschlag[] =>
  historie.map((h) => ({ art: 'absender' as const, akte_id: h.akteId, vorgang_id: h.vorgangId, gefunden: '', passage: '', von: 0, bis: 0, seite: null, quelle: h.quelle, grund: h.grund }));
/** Several ways to one Akte make it surer, ways to different ones less so; the surest stands first, and what is hardly more than chance is left out. */
function gewichtet(orte: readonly NeuerVorschlag[], eichung: Eichung) {
  const stimmen = orte.map((o): Stimme => ({ feld: 'akte', wert: o.akte_id, quelle: o.quelle, stufe: 0, grund: '', stelle: null }));
  const werte = new Map(vereine('akte', stimmen, eichung).map((w) => [w.wert, w.konfidenz]));
  return orte.map((o) => ({ ...o, konfidenz: werte.get(o.akte_id) ?? 0 })).filter((o) => o.art !== 'absender' || o.konfidenz >= 0.05).toSorted((a, b) => b.konfidenz - a.konfidenz);
}

/** The message answers one that was filed: it belongs there as well. */
async function proposeByAntwort(tx: ReadTx, eigeneId: string, messageIds: readonly string[]): Promise<NeuerVorschlag[]> {
  if (!messageIds.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['akte_id', 'vorgang_id', 'nummer', 'betreff', 'message_id']).where('message_id', 'in', [...messageIds]).where('akte_id', 'is not', null).where('id', '<>', eigeneId).execute();
  return rows.map((r) => {
    const vor = 'Antwort auf ';
    const gefunden = `„${r.betreff}“ (${r.nummer})`;
    return { art: 'antwort' as const, akte_id: r.akte_id!, vorgang_id: r.vorgang_id, gefunden, seite: null, passage: vor + gefunden, von: vor.length, bis: vor.length + gefunden.length, quelle: 'antwort', grund: 'antwortet auf eine abgelegte Nachricht' };
  });
}
const uniqueOrte = (alle: readonly NeuerVorschlag[]) => alle.filter((v, i) => alle.findIndex((w) => w.akte_id === v.akte_id && w.vorgang_id === v.vorgang_id) === i);

/** Keeps proposals, fills what nobody has filled yet, and makes Anlagen where the Eingang was filed before its mail was taken apart. */
export async function storeBefund(tx: WriteTx, { eingangId, mail, fremdesZeichen, vorschlaege, stimmen, messageIds }: Befund) {
  const row: EingangRow | undefined = await db.write(tx).selectFrom('posteingang.eingang').selectAll().where('id', '=', eingangId).forUpdate().executeTakeFirst();
  if (!row) return;
  if (row.dokument_id !== null) await createAnlagenAus(tx, row.dokument_id, row.inhalt_id);
  await db.write(tx).deleteFrom('posteingang.vorschlag').where('eingang_id', '=', eingangId).execute();
  // also of one that was filed before it was read: answers to it and copies of it shall be recognised
  if (mail && ((row.message_id === null && mail.messageId) || (messageIds.length && !row.antwort_auf.length))) await storeMessageId(tx, row, mail.messageId, messageIds);
  if (!isOffen(row.status)) return;
  if (vorschlaege.length) await db.write(tx).insertInto('posteingang.vorschlag').values(vorschlaege.map((v, i) => ({ ...v, eingang_id: eingangId, nummer: i + 1 }))).execute();
  await storeStimmen(tx, eingangId, stimmen);
  await applyAngaben(tx, row, gelesenes(row, mail, fremdesZeichen), 'eingang.ergaenzt');
}

/** Only into empty fields; a Betreff that still is the file's name counts as empty. */
function gelesenes(row: EingangRow, mail: Mail | null, fremdesZeichen: string | null): Angaben {
  const von = mail?.von[0];
  return {
    ...(row.absender === '' && von && { absender: (von.name || von.adresse).slice(0, 500) }),
    ...(mail?.betreff && row.betreff === betreffAus(row.dateiname) && { betreff: mail.betreff.slice(0, 500) }),
    ...(mail?.datum && row.datum_des_schreibens === null && { datumDesSchreibens: tagVon(new Date(mail.datum)) }),
    ...(fremdesZeichen && row.fremdes_geschaeftszeichen === null && { fremdesGeschaeftszeichen: fremdesZeichen }),
  };
}

/** The same message by another way (two copies, exported twice) is recognised by its Message-ID even when its bytes differ (PE-06). */
async function storeMessageId(tx: WriteTx, row: EingangRow, messageId: string | null, antwortAuf: string[]) {
  const before = messageId === null || row.dublette_von !== null ? undefined
    : await db.write(tx).selectFrom('posteingang.eingang').select('id').where('message_id', '=', messageId).where('id', '<>', row.id).orderBy('eingegangen').limit(1).executeTakeFirst();
  await db.write(tx).updateTable('posteingang.eingang').set({ message_id: messageId ?? row.message_id, antwort_auf: antwortAuf.slice(0, 100), ...(before && { dublette_von: before.id }) }).where('id', '=', row.id).execute();
  await tx.record({ art: 'eingang.gelesen', objekte: { eingang: row.id }, daten: { nummer: row.nummer, messageId, ...(before && { dubletteVon: before.id }) } });
}

export const findEingaengeByInhalt = async (tx: ReadTx, inhaltIds: readonly string[]): Promise<EingangRow[]> =>
  inhaltIds.length ? db.read(tx).selectFrom('posteingang.eingang').selectAll().where('inhalt_id', 'in', [...inhaltIds]).execute() : [];
