import { PDFDocument, rgb, type PDFFont, type PDFPage } from 'pdf-lib';
import type { Bericht, Zelle } from './bericht.ts';
import { A4, embedSchriften, wrap } from './satz.ts';

const RAND = 48;
const BREITE = A4[0] - 2 * RAND;
const [GROESSE, SCHRITT, ABSTAND] = [9, 12, 6];
const grau = rgb(0.35, 0.35, 0.4);
const linie = rgb(0.8, 0.8, 0.84);
const textOf = (zelle: Zelle) => (zelle === null ? '' : String(zelle));

type Tabelle = NonNullable<Bericht['abschnitte'][number]['tabelle']>;

/** A4, the authority and the title on the first page, tables whose head is repeated on every page, numbered pages. */
export async function renderPdf(bericht: Bericht): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(bericht.titel, { showInWindowTitleBar: true });
  pdf.setLanguage('de-DE');
  pdf.setProducer('Verbundakte');
  const { normal, fett } = await embedSchriften(pdf);
  let page!: PDFPage;
  let y = 0;
  const need = (height: number) => { if (y - height >= RAND) return false; page = pdf.addPage([...A4]); y = A4[1] - RAND; return true; };
  const line = (text: string, { f = normal, size = GROESSE, color = rgb(0, 0, 0), step = SCHRITT } = {}) => { need(step); y -= step; page.drawText(text, { x: RAND, y, size, font: f, color }); };
  const paragraph = (text: string, style: Parameters<typeof line>[1] = {}) => { for (const t of wrap(text, style?.f ?? normal, style?.size ?? GROESSE, BREITE, 20)) line(t, style); };

  need(A4[1]);
  paragraph(bericht.behoerde, { color: grau });
  y -= 6;
  paragraph(bericht.titel, { f: fett, size: 17, step: 22 });
  paragraph(bericht.untertitel, { size: 11, step: 16 });
  paragraph(bericht.erstellt, { color: grau });
  for (const { titel, text = [], tabelle } of bericht.abschnitte) {
    y -= 14;
    need(60);
    line(titel, { f: fett, size: 12, step: 18 });
    y -= 2;
    for (const absatz of text) paragraph(absatz);
    if (tabelle) drawTabelle(tabelle, { normal, fett, need, at: () => ({ page, y }), move: (to) => { y = to; } });
  }
  for (const [i, p] of pdf.getPages().entries()) {
    const figure = `Seite ${i + 1} von ${pdf.getPageCount()}`;
    p.drawText(figure, { x: A4[0] - RAND - normal.widthOfTextAtSize(figure, 8), y: 26, size: 8, font: normal, color: grau });
    const fuss = wrap(bericht.titel, normal, 8, BREITE - 90, 1)[0]!;
    p.drawText(fuss, { x: RAND, y: 26, size: 8, font: normal, color: grau });
  }
  return pdf.save();
}

type Blatt = { normal: PDFFont; fett: PDFFont; need(height: number): boolean; at(): { page: PDFPage; y: number }; move(y: number): void };
function drawTabelle({ spalten, zeilen }: Tabelle, { normal, fett, need, at, move }: Blatt) {
  const summe = spalten.reduce((n, s) => n + s.breite, 0);
  const breiten = spalten.map((s) => (s.breite / summe) * BREITE);
  const x = breiten.map((_, i) => RAND + breiten.slice(0, i).reduce((a, b) => a + b, 0));
  const memo = new Map<string, string[]>(); // the same words stand in many lines
  const wrapped = (text: string, f: PDFFont, breite: number) => { const key = `${breite} ${text}`; const known = memo.get(key) ?? wrap(text, f, GROESSE, breite - ABSTAND, 6); memo.set(key, known); return known; };
  const row = (zellen: readonly Zelle[], f: PDFFont, head: boolean) => {
    const lines = zellen.map((z, i) => wrapped(textOf(z), f, breiten[i]!));
    const height = Math.max(...lines.map((l) => l.length)) * SCHRITT + 5;
    if (need(height) && !head) row(spalten.map((s) => s.titel), fett, true);
    const { page, y } = at();
    for (const [i, cell] of lines.entries()) for (const [n, text] of cell.entries()) page.drawText(text, { x: x[i]!, y: y - SCHRITT * (n + 1) + 2, size: GROESSE, font: f });
    page.drawLine({ start: { x: RAND, y: y - height + 2 }, end: { x: RAND + BREITE, y: y - height + 2 }, thickness: head ? 1 : 0.5, color: linie });
    move(y - height);
  };
  row(spalten.map((s) => s.titel), fett, true);
  for (const zeile of zeilen) row(zeile, normal, false);
}
