import { authorizeInhalt, deleteAbgeleitete, saveInhalt } from '#modules/ablage/server/index.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Schrittart } from '../contract.ts';
import { auftraege, type Auftragsname } from './auftraege.ts';
import { AufbereitungErrors, isTextAusRendition, isVorschauAusRendition, MAX_TIEFE, nameAnlage, nextVersuch, planSchritte, SCHRITTARTEN, type Stand } from './aufbereitung.ts';
import { presentGrund } from './gruende.ts';
import { officeformate, type Bild, type Erkennung, type Format, type GrundCode, type GrundDaten, type Hinweis, type Lesung, type Seitentext } from './konverter/protokoll.ts';
import { GESCHEITERT } from './fehlschlaege.ts';
import { getAufbereitung } from './queries.ts';
import type { AufbereitungTables } from './tables.gen.ts';

const db = tables<AufbereitungTables>();

/** At most one job of a kind waits for a content. */
async function enqueue(tx: WriteTx, auftrag: Auftragsname, inhaltId: string, am?: Date) {
  await tx.enqueue(auftraege[auftrag], { inhaltId }, { key: `${auftrag}:${inhaltId}`, ...(am && { am }) });
}

/** Rows with every step open; doing it twice changes nothing. */
export async function beginAufbereitung(tx: WriteTx, inhaltId: string) {
  await db.write(tx).insertInto('aufbereitung.aufbereitung').values({ inhalt_id: inhaltId }).onConflict((c) => c.doNothing()).execute();
  await db.write(tx).insertInto('aufbereitung.schritt').values(SCHRITTARTEN.map((art) => ({ inhalt_id: inhaltId, art, status: 'offen' as const }))).onConflict((c) => c.doNothing()).execute();
  await enqueue(tx, 'lesen', inhaltId);
}

async function setSchritt(tx: WriteTx, inhaltId: string, art: Schrittart, { status, code, daten = {} }: Stand, seiten = { fertig: 0, gesamt: 0 }) {
  await db.write(tx).updateTable('aufbereitung.schritt').set({ status, code: code ?? null, daten: JSON.stringify(daten), ...seiten, geaendert: new Date() })
    .where('inhalt_id', '=', inhaltId).where('art', '=', art).execute();
  // whoever works on it hears of it
  if (status === 'fehlgeschlagen') await tx.record({ art: GESCHEITERT, objekte: { inhalt: inhaltId }, daten: { schritt: art, code, daten } });
}
const addHinweise = async (tx: WriteTx, inhaltId: string, neu: readonly Hinweis[]) => {
  if (!neu.length) return;
  const { hinweise } = await db.write(tx).selectFrom('aufbereitung.aufbereitung').select('hinweise').where('inhalt_id', '=', inhaltId).executeTakeFirstOrThrow();
  const alle = [...(hinweise as Hinweis[]), ...neu];
  await db.write(tx).updateTable('aufbereitung.aufbereitung').set({ hinweise: JSON.stringify(alle.filter((h, i) => alle.findIndex((x) => x.code === h.code) === i)) }).where('inhalt_id', '=', inhaltId).execute();
};

async function saveTexte(tx: WriteTx, inhaltId: string, texte: readonly Seitentext[], quelle: 'datei' | 'rendition') {
  await db.write(tx).deleteFrom('aufbereitung.seitentext').where('inhalt_id', '=', inhaltId).execute();
  for (let i = 0; i < texte.length; i += 500) {
    await db.write(tx).insertInto('aufbereitung.seitentext').values(texte.slice(i, i + 500).map((t, k) => ({
      inhalt_id: inhaltId, seite: i + k + 1, text: t.text, quelle, ocr: t.ocrNoetig ? 'offen' as const : null, konfidenz: null, woerter: null, breite: null, hoehe: null,
    }))).execute();
  }
}

export type GeleseneAnlage = Lesung['anlagen'][number] & { stored: Stored };

/** Type, text, mail and attachments are known; what is still to be done goes into the queue. */
export async function storeLesung(tx: WriteTx, { inhaltId, lesung, anlagen, stammbaum }: { inhaltId: string; lesung: Lesung; anlagen: readonly GeleseneAnlage[]; stammbaum: Stammbaum }) {
  // A second run, of a worker that was thought dead, comes too late: what follows the first may be done, and would be thrown away.
  const offen = await db.write(tx).updateTable('aufbereitung.schritt').set({ geaendert: new Date() }).where('inhalt_id', '=', inhaltId).where('art', '=', 'typ').where('status', '=', 'offen').returning('art').executeTakeFirst();
  if (!offen) return;
  const plan = planSchritte(lesung);
  await db.write(tx).updateTable('aufbereitung.aufbereitung').set({
    format: lesung.format, mime: lesung.mime, seiten: lesung.seitenzahl, hinweise: JSON.stringify(lesung.hinweise), mail: lesung.mail ? JSON.stringify(lesung.mail) : null,
  }).where('inhalt_id', '=', inhaltId).execute();
  await saveTexte(tx, inhaltId, lesung.texte, 'datei');
  for (const art of SCHRITTARTEN) await setSchritt(tx, inhaltId, art, plan[art], art === 'ocr' ? { fertig: 0, gesamt: lesung.texte.filter((t) => t.ocrNoetig).length } : undefined);
  if (plan.rendition.status === 'offen') await enqueue(tx, 'rendition', inhaltId);
  if (plan.vorschau.status === 'offen' && !isVorschauAusRendition(lesung.format)) await enqueue(tx, 'vorschau', inhaltId);
  if (plan.ocr.status === 'offen') await enqueue(tx, 'ocr', inhaltId);
  const neu = await saveAnlagen(tx, inhaltId, anlagen, stammbaum);
  await tx.record({ art: 'inhalt.aufbereitet', objekte: { inhalt: inhaltId }, daten: { schritt: 'text', format: lesung.format, text: lesung.texte.some((t) => t.text !== ''), anlagen: neu } });
}

/** Where a content stands among mails in mails. */
export type Stammbaum = { wurzelId: string; tiefe: number; vorhanden: boolean };

/** Attachments become contents of their own. The Ereignis carries them, so that modules above this one can make Anlagen of them. */
async function saveAnlagen(tx: WriteTx, inhaltId: string, anlagen: readonly GeleseneAnlage[], { wurzelId, tiefe, vorhanden }: Stammbaum) {
  if (!anlagen.length || vorhanden) return [];
  if (tiefe >= MAX_TIEFE) { await addHinweise(tx, inhaltId, [{ code: 'tiefe' }]); return []; }
  const neu = [];
  for (const [i, a] of anlagen.entries()) {
    const name = nameAnlage(a.dateiname, a.mime, i + 1);
    const anlageId = await saveInhalt(tx, a.stored, { mime: a.mime || 'application/octet-stream', dateiname: name });
    neu.push({ inhaltId: anlageId, nr: i + 1, dateiname: name, mime: a.mime, groesse: a.groesse, inline: a.inline, contentId: a.contentId ?? null });
  }
  await db.write(tx).insertInto('aufbereitung.anlage').values(neu.map((a) => ({
    inhalt_id: inhaltId, nr: a.nr, anlage_id: a.inhaltId, wurzel_id: wurzelId, tiefe: tiefe + 1, dateiname: a.dateiname, mime: a.mime, groesse: a.groesse, inline: a.inline, content_id: a.contentId,
  }))).execute();
  return neu;
}

/** A step that could not be done. Failures of the surroundings come back by themselves a few times. */
export async function storeFehler(tx: WriteTx, { inhaltId, auftrag, code, daten }: { inhaltId: string; auftrag: Auftragsname; code: GrundCode; daten: GrundDaten }) {
  const art = auftrag === 'lesen' ? 'typ' : auftrag;
  const { versuche } = await db.write(tx).updateTable('aufbereitung.schritt').set((eb) => ({ versuche: eb('versuche', '+', 1), geaendert: new Date() }))
    .where('inhalt_id', '=', inhaltId).where('art', '=', art).returning('versuche').executeTakeFirstOrThrow();
  const am = code === 'unerwartet' || code === 'ablage' ? nextVersuch(versuche, new Date()) : undefined;
  if (am) { // still open, with what went wrong so far
    await db.write(tx).updateTable('aufbereitung.schritt').set({ code, daten: JSON.stringify(daten) }).where('inhalt_id', '=', inhaltId).where('art', '=', art).execute();
    return enqueue(tx, auftrag, inhaltId, am);
  }
  const { format } = await db.write(tx).selectFrom('aufbereitung.aufbereitung').select('format').where('inhalt_id', '=', inhaltId).executeTakeFirstOrThrow();
  const danach: Record<Auftragsname, readonly Schrittart[]> = { lesen: ['text', 'ocr', 'vorschau', 'rendition'], rendition: isVorschauAusRendition(format as Format) ? ['vorschau'] : [], ocr: [], vorschau: [] };
  await setSchritt(tx, inhaltId, art, { status: 'fehlgeschlagen', code, daten });
  for (const folge of danach[auftrag]) await setSchritt(tx, inhaltId, folge, { status: 'nicht_noetig', code: 'vorher_fehlgeschlagen' });
  // Text that was to come out of the PDF will not come.
  if (auftrag === 'rendition') await db.write(tx).updateTable('aufbereitung.schritt').set({ status: 'fehlgeschlagen', code, daten: JSON.stringify(daten), geaendert: new Date() }).where('inhalt_id', '=', inhaltId).where('art', '=', 'text').where('status', '=', 'offen').execute();
}

export async function storeRendition(tx: WriteTx, { inhaltId, pdf, dateiname, lesung, format }: { inhaltId: string; pdf: Stored; dateiname: string; lesung: Lesung | undefined; format: Format }) {
  const alt = await db.write(tx).selectFrom('aufbereitung.aufbereitung').select('rendition_id').where('inhalt_id', '=', inhaltId).executeTakeFirstOrThrow();
  const renditionId = await saveInhalt(tx, pdf, { quelleId: inhaltId, mime: 'application/pdf', dateiname });
  await db.write(tx).updateTable('aufbereitung.aufbereitung').set({ rendition_id: renditionId }).where('inhalt_id', '=', inhaltId).execute();
  if (alt.rendition_id) await deleteAbgeleitete(tx, [alt.rendition_id]);
  await setSchritt(tx, inhaltId, 'rendition', { status: 'fertig' });
  if (isVorschauAusRendition(format)) {
    await setSchritt(tx, inhaltId, 'vorschau', { status: 'offen' });
    await enqueue(tx, 'vorschau', inhaltId);
  }
  if (lesung) await storeRenditionstext(tx, inhaltId, lesung, format);
  if (lesung) await tx.record({ art: 'inhalt.aufbereitet', objekte: { inhalt: inhaltId }, daten: { schritt: 'rendition', text: !lesung.fehler } });
}

async function storeRenditionstext(tx: WriteTx, inhaltId: string, lesung: Lesung, format: Format) {
  if (lesung.fehler) return setSchritt(tx, inhaltId, 'text', { status: 'fehlgeschlagen', code: lesung.fehler.code, daten: lesung.fehler.daten });
  await saveTexte(tx, inhaltId, lesung.texte, 'rendition');
  await db.write(tx).updateTable('aufbereitung.aufbereitung').set({ seiten: lesung.seitenzahl }).where('inhalt_id', '=', inhaltId).execute();
  await setSchritt(tx, inhaltId, 'text', { status: 'fertig' });
  const bilder = lesung.texte.filter((t) => t.ocrNoetig).length;
  await setSchritt(tx, inhaltId, 'ocr', bilder ? { status: 'offen' } : { status: 'nicht_noetig', code: 'text_vorhanden' }, { fertig: 0, gesamt: bilder });
  if (bilder) await enqueue(tx, 'ocr', inhaltId);
  if (!isTextAusRendition({ format })) await addHinweise(tx, inhaltId, [{ code: 'repariert' }]);
}

/** A few recognised pages; the rest queues up again, so that one long document does not keep others waiting. */
export async function storeOcr(tx: WriteTx, { inhaltId, seiten, gescheitert, maschine }: {
  inhaltId: string; seiten: readonly Erkennung[]; gescheitert: readonly { seite: number; code: GrundCode; daten: GrundDaten }[]; maschine: 'tesseract' | 'wasm';
}) {
  const seitentext = () => db.write(tx).updateTable('aufbereitung.seitentext').where('inhalt_id', '=', inhaltId);
  for (const s of seiten) {
    const { text: vorher } = await db.write(tx).selectFrom('aufbereitung.seitentext').select('text').where('inhalt_id', '=', inhaltId).where('seite', '=', s.seite).executeTakeFirstOrThrow();
    const text = vorher && !s.text.includes(vorher) ? `${s.text}\n${vorher}`.trim() : s.text; // a stamp line of the file's own stays findable
    await seitentext().set({ text, quelle: 'ocr', ocr: 'fertig', konfidenz: s.konfidenz, woerter: JSON.stringify(s.woerter), breite: s.breite, hoehe: s.hoehe }).where('seite', '=', s.seite).execute();
  }
  if (gescheitert.length) await seitentext().set({ ocr: 'fehlgeschlagen' }).where('seite', 'in', gescheitert.map((g) => g.seite)).execute();
  const stand = await countOcr(tx, inhaltId);
  const gesamt = stand.offen + stand.fertig + stand.fehlgeschlagen;
  const fortschritt = { fertig: stand.fertig + stand.fehlgeschlagen, gesamt };
  if (stand.offen) {
    await setSchritt(tx, inhaltId, 'ocr', { status: 'laeuft' }, fortschritt);
    return enqueue(tx, 'ocr', inhaltId);
  }
  const [erster] = gescheitert;
  await setSchritt(tx, inhaltId, 'ocr', stand.fehlgeschlagen ? { status: 'fehlgeschlagen', code: erster?.code ?? 'unerwartet', daten: { ...erster?.daten, seiten: stand.fehlgeschlagen } } : { status: 'fertig' }, fortschritt);
  await addHinweise(tx, inhaltId, [...(stand.zeichen ? [] : [{ code: 'kein_text_erkannt' as const }]), ...(maschine === 'wasm' ? [{ code: 'ocr_wasm' as const }] : [])]);
  await tx.record({ art: 'inhalt.aufbereitet', objekte: { inhalt: inhaltId }, daten: { schritt: 'ocr', text: stand.zeichen > 0 } });
}

async function countOcr(tx: WriteTx, inhaltId: string) {
  const rows = await db.write(tx).selectFrom('aufbereitung.seitentext').select((eb) => ['ocr', eb.fn.countAll<number>().as('anzahl'), eb.fn.sum<number>(eb.fn('length', ['text'])).as('zeichen')])
    .where('inhalt_id', '=', inhaltId).where('ocr', 'is not', null).groupBy('ocr').execute();
  const of = (ocr: string) => Number(rows.find((r) => r.ocr === ocr)?.anzahl ?? 0);
  return { offen: of('offen'), fertig: of('fertig'), fehlgeschlagen: of('fehlgeschlagen'), zeichen: rows.reduce((n, r) => n + Number(r.zeichen ?? 0), 0) };
}

export async function storeVorschau(tx: WriteTx, { inhaltId, paket, bilder, hinweise }: { inhaltId: string; paket: Stored | undefined; bilder: readonly Bild[]; hinweise: readonly Hinweis[] }) {
  const alt = await db.write(tx).selectFrom('aufbereitung.aufbereitung').select('vorschau_id').where('inhalt_id', '=', inhaltId).executeTakeFirstOrThrow();
  await db.write(tx).deleteFrom('aufbereitung.seitenbild').where('inhalt_id', '=', inhaltId).execute();
  const vorschauId = paket ? await saveInhalt(tx, paket, { quelleId: inhaltId, mime: 'application/octet-stream', dateiname: 'seitenbilder' }) : null;
  let versatz = 0;
  const rows = bilder.map((b) => { const von = versatz; versatz += b.bytes; return { inhalt_id: inhaltId, art: b.art, seite: b.seite, versatz: von, laenge: b.bytes, breite: b.breite, hoehe: b.hoehe }; });
  if (rows.length) await db.write(tx).insertInto('aufbereitung.seitenbild').values(rows).execute();
  await db.write(tx).updateTable('aufbereitung.aufbereitung').set({ vorschau_id: vorschauId }).where('inhalt_id', '=', inhaltId).execute();
  if (alt.vorschau_id) await deleteAbgeleitete(tx, [alt.vorschau_id]);
  await addHinweise(tx, inhaltId, hinweise);
  await setSchritt(tx, inhaltId, 'vorschau', rows.length ? { status: 'fertig' } : { status: 'fehlgeschlagen', code: 'beschaedigt' });
}

/** Whoever may read a content may have it tried again: it changes nothing but what is shown of it. */
export async function retryAufbereitung(tx: WriteTx, inhaltId: string, schritt: Schrittart | undefined) {
  await authorizeInhalt(tx, inhaltId);
  const rows = await db.write(tx).selectFrom('aufbereitung.schritt').selectAll().where('inhalt_id', '=', inhaltId).where('status', '=', 'fehlgeschlagen').forUpdate().execute();
  const gewollt = rows.filter((r) => (schritt === undefined || r.art === schritt) && presentGrund(r.code as GrundCode, r.daten).wiederholbar);
  if (!gewollt.length) throw AufbereitungErrors.nichts_zu_wiederholen();
  const { format } = await db.write(tx).selectFrom('aufbereitung.aufbereitung').select('format').where('inhalt_id', '=', inhaltId).executeTakeFirstOrThrow();
  const noch = new Set<Auftragsname>(gewollt.map((r) => auftragOf(r.art, format as Format | null)));
  if (noch.has('lesen')) { noch.clear(); noch.add('lesen'); } // everything else follows from it
  for (const auftrag of noch) {
    const arten: Record<Auftragsname, readonly Schrittart[]> = { lesen: SCHRITTARTEN, rendition: ['rendition', ...(isVorschauAusRendition(format as Format) ? ['vorschau' as const] : []), ...(rows.some((r) => r.art === 'text') ? ['text' as const] : [])], ocr: ['ocr'], vorschau: ['vorschau'] };
    for (const art of arten[auftrag]) await setSchritt(tx, inhaltId, art, { status: 'offen' });
    if (auftrag === 'ocr') await db.write(tx).updateTable('aufbereitung.seitentext').set({ ocr: 'offen' }).where('inhalt_id', '=', inhaltId).where('ocr', '=', 'fehlgeschlagen').execute();
    await enqueue(tx, auftrag, inhaltId);
  }
  await db.write(tx).updateTable('aufbereitung.schritt').set({ versuche: 0 }).where('inhalt_id', '=', inhaltId).execute();
  await tx.record({ art: 'inhalt.aufbereitung_wiederholt', objekte: { inhalt: inhaltId }, daten: { schritte: gewollt.map((r) => r.art) } });
  return getAufbereitung(tx, inhaltId);
}
const auftragOf = (art: Schrittart, format: Format | null): Auftragsname =>
  art === 'typ' ? 'lesen' : art === 'text' ? (format && officeformate.has(format) ? 'rendition' : 'lesen') : art;

export async function resumeAufbereitung(tx: WriteTx, { inhalt_id, art, format }: { inhalt_id: string; art: Schrittart; format: string | null }) {
  const auftrag = format ? auftragOf(art, format as Format) : 'lesen';
  if (auftrag === 'lesen') await setSchritt(tx, inhalt_id, 'typ', { status: 'offen' });
  await enqueue(tx, auftrag, inhalt_id);
}
