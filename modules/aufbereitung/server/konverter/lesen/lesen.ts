import { readFile, stat } from 'node:fs/promises';
import { KonverterFehler, bildformate, textAusRendition, type Auftrag, type Format, type Lesegrenzen, type Lesung, type Mail, type Seitentext } from '../protokoll.ts';
import { cutText, isLesbar, tidyText } from '../text.ts';
import { detectTyp } from './typ.ts';
import { decodeText } from './zeichensatz.ts';
import { openZip } from './zip.ts';

/** Text formats are read as a whole; beyond this nobody reads them, and the original remains. */
const MAX_TEXTDATEI = 100 * 2 ** 20;
const MAX_MAIL = 400 * 2 ** 20;
/** Few letters beside a picture: a scan with a stamp line or a scanner's footer. More of them, where the picture fills the page: the same. */
const WENIG_TEXT = { buchstaben: 12, bild: 0.05 };
const ETWAS_TEXT = { buchstaben: 250, bild: 0.6 };

type Teil = Pick<Lesung, 'seitenzahl' | 'texte'> & Partial<Pick<Lesung, 'mail' | 'anlagen' | 'hinweise'>>;

/** Type, text by page, mail, attachments. A known type with unreadable text is a result too: the reason goes into `fehler`. */
export async function readDatei({ datei, ordner, grenzen }: Extract<Auftrag, { art: 'lesen' }>): Promise<Lesung> {
  const lesung = await readTyp({ datei });
  if (lesung.fehler) return lesung;
  try {
    const teil = await readFormat(lesung.format, datei, ordner, grenzen);
    const { texte, gekuerzt } = limitTexte(teil.texte, grenzen);
    return {
      ...lesung, ...teil, texte, anlagen: teil.anlagen ?? [],
      hinweise: [...lesung.hinweise, ...(teil.hinweise ?? []), ...(gekuerzt ? [{ code: 'text_gekuerzt' as const, daten: { grenze: grenzen.textZeichen } }] : [])],
    };
  } catch (error) {
    if (!(error instanceof KonverterFehler)) throw error;
    return { ...lesung, fehler: { code: error.code, daten: error.daten } };
  }
}

/** The type alone: what can still be said when reading the content ran into a limit. */
export async function readTyp({ datei }: { datei: string }): Promise<Lesung> {
  const { format, mime, makros, verschluesselt } = await detectTyp(datei);
  return { format, mime, seitenzahl: 0, texte: [], anlagen: [], hinweise: makros ? [{ code: 'makros' }] : [], ...(verschluesselt && { fehler: { code: 'verschluesselt', daten: {} } }) };
}

function limitTexte(roh: readonly Seitentext[], { textZeichen, seiten }: Lesegrenzen) {
  let rest = textZeichen;
  let gekuerzt = roh.length > seiten;
  const texte = roh.slice(0, seiten).map((t): Seitentext => {
    const schnitt = cutText(tidyText(t.text), Math.max(0, rest));
    rest -= schnitt.text.length;
    gekuerzt ||= schnitt.gekuerzt;
    return { ...t, text: schnitt.text };
  });
  return { texte, gekuerzt };
}

const oneText = (text: string): Teil => ({ seitenzahl: 1, texte: [{ text }] });
const manyTexts = (texte: readonly string[]): Teil => ({ seitenzahl: texte.length, texte: texte.map((text) => ({ text })) });

async function readFormat(format: Format, datei: string, ordner: string, grenzen: Lesegrenzen): Promise<Teil> {
  if (bildformate.has(format)) return readBild(format, datei);
  if (textAusRendition.has(format)) return { seitenzahl: 0, texte: [] };
  switch (format) {
    case 'leer': throw new KonverterFehler('leer');
    case 'pdf': return readPdf(datei, grenzen);
    case 'docx': case 'pptx': case 'xlsx': case 'odt': case 'ods': case 'odp': case 'zip': return readZip(format, datei, grenzen);
    case 'eml': case 'msg': case 'mbox': case 'tnef': return readMailFormat(format, datei, ordner, grenzen);
    case 'rtf': return oneText((await import('./rtf.ts')).textOfRtf(await readBounded(datei)));
    case 'html': return oneText((await import('./html.ts')).readHtml(await readBounded(datei)));
    case 'xml': return oneText((await import('./xml.ts')).textOfXml(await readBounded(datei)));
    case 'txt': case 'csv': return oneText(decodeText(await readBounded(datei)));
    default: return { seitenzahl: 0, texte: [] };
  }
}

async function readBounded(datei: string, grenze = MAX_TEXTDATEI) {
  const { size } = await stat(datei);
  if (size > grenze) throw new KonverterFehler('zu_gross', { groesse: size, grenze });
  return readFile(datei);
}

async function readPdf(datei: string, grenzen: Lesegrenzen): Promise<Teil> {
  const pdf = await (await import('./pdfium.ts')).openPdf(datei);
  try {
    if (pdf.seiten === 0) throw new KonverterFehler('keine_seiten');
    const hinweise: Lesung['hinweise'] = [];
    const texte: Seitentext[] = [];
    for (let i = 0; i < Math.min(pdf.seiten, grenzen.seiten); i++) {
      const seite = pdf.readSeite(i);
      if (!seite) { hinweise.push({ code: 'seite_nicht_lesbar', daten: { seite: i + 1 } }); texte.push({ text: '' }); continue; }
      texte.push(needsOcr(seite) ? { text: isLesbar(seite.text) ? seite.text : '', ocrNoetig: true } : { text: seite.text });
    }
    if (hinweise.length === texte.length) throw new KonverterFehler('beschaedigt', { format: 'pdf' });
    if (pdf.seiten > grenzen.seiten) hinweise.push({ code: 'seiten_gekuerzt', daten: { anzahl: pdf.seiten, grenze: grenzen.seiten } });
    const namen = pdf.eingebettet();
    if (namen.length) hinweise.push({ code: 'eingebettete_dateien', daten: { anzahl: namen.length, namen: namen.join(', ').slice(0, 500) } });
    return { seitenzahl: pdf.seiten, texte, hinweise };
  } finally { pdf.close(); }
}

function needsOcr({ text, anzahl, bilder }: { text: string; anzahl: number; bilder: number }) {
  if (anzahl === 0) return false; // a blank page
  const buchstaben = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return buchstaben === 0 || !isLesbar(text) || [WENIG_TEXT, ETWAS_TEXT].some((g) => buchstaben < g.buchstaben && bilder >= g.bild);
}

async function readBild(format: Format, datei: string): Promise<Teil> {
  const { MAX_PIXEL, checkPixel, openBild } = await import('./bild.ts');
  const bild = await openBild(datei, format);
  const { breite, hoehe } = await bild.groesse(0);
  checkPixel(breite, hoehe, MAX_PIXEL);
  const zuKlein = bild.seiten === 1 && (breite < 60 || hoehe < 20);
  return { seitenzahl: bild.seiten, texte: Array.from({ length: bild.seiten }, (): Seitentext => zuKlein ? { text: '' } : { text: '', ocrNoetig: true }) };
}

async function readZip(format: Format, datei: string, grenzen: Lesegrenzen): Promise<Teil> {
  const zip = await openZip(datei);
  try {
    if (format === 'zip') return oneText(zip.namen.slice(0, 2_000).join('\n')); // what an archive holds can at least be found by name
    if (format === 'docx') return oneText(await (await import('./ooxml.ts')).readDocx(zip));
    if (format === 'pptx') return manyTexts(await (await import('./ooxml.ts')).readPptx(zip));
    if (format === 'xlsx') return manyTexts(await (await import('./xlsx.ts')).readXlsx(zip, grenzen.textZeichen));
    return manyTexts(await (await import('./odf.ts')).readOdf(zip, format));
  } finally { zip.close(); }
}

async function readMailFormat(format: Format, datei: string, ordner: string, grenzen: Lesegrenzen): Promise<Teil> {
  const mails = await import('./mail.ts');
  if (format === 'eml' || format === 'msg') {
    const { size } = await stat(datei);
    if (size > MAX_MAIL) throw new KonverterFehler('zu_gross', { groesse: size, grenze: MAX_MAIL });
    const { mail, anlagen, hinweise } = await (format === 'eml' ? mails.readEml : mails.readMsg)(datei, ordner, grenzen);
    return { seitenzahl: 1, texte: [{ text: mailText(mail) }], mail, anlagen, hinweise };
  }
  const bytes = await readBounded(datei, MAX_MAIL);
  const hinweise: Lesung['hinweise'] = [];
  if (format === 'mbox') {
    const nachrichten = mails.splitMbox(bytes);
    const anlagen = await mails.saveAnlagen(nachrichten, ordner, grenzen, hinweise);
    return { seitenzahl: 1, texte: [{ text: nachrichten.length ? nachrichten.map((n) => n.dateiname).join('\n') : decodeText(bytes) }], anlagen, hinweise };
  }
  const { textOfHtml } = await import('./html.ts');
  const tnef = (await import('./tnef.ts')).readTnef(bytes);
  if (!tnef.anlagen.length && !tnef.text && !tnef.html) hinweise.push({ code: 'tnef_nicht_lesbar' });
  const anlagen = await mails.saveAnlagen(tnef.anlagen.map((a) => ({ ...a, inline: false })), ordner, grenzen, hinweise);
  return { seitenzahl: 1, texte: [{ text: [tnef.betreff, tnef.text || textOfHtml(tnef.html)].join('\n') }], anlagen, hinweise };
}

/** Found by sender, recipient and subject as well as by the body. */
function mailText(mail: Mail): string {
  const adressen = (liste: Mail['von']) => liste.map((a) => a.name && a.adresse ? `${a.name} <${a.adresse}>` : a.name || a.adresse).join(', ');
  const zeilen = [['Von', adressen(mail.von)], ['An', adressen(mail.an)], ['Kopie', adressen(mail.cc)], ['Betreff', mail.betreff]].filter(([, wert]) => wert).map(([name, wert]) => `${name}: ${wert}`);
  return `${zeilen.join('\n')}\n\n${mail.text}`;
}
