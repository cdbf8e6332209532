import { PDFDocument, rgb, type PDFPage } from 'pdf-lib';
import { A4, embedSchriften, wrap } from '#platform/server/bericht/satz.ts';
import type { Auftrag } from './protokoll.ts';

/** First pages, and what on them leads to which page (by the number of its object). */
export type Vorspann = { pdf: PDFDocument; links: { seite: number; rect: [number, number, number, number]; ziel: number }[] };

const RAND = 56;
const ZEILE = 15;

/** Cover and contents: what it is, what lies in it, on which page; what cannot be printed is named as well. */
export async function renderVorspann({ deckblatt: d, eintraege, seiten }: Extract<Auftrag, { art: 'vorspann' }>): Promise<Vorspann> {
  const pdf = await PDFDocument.create();
  const { normal, fett } = await embedSchriften(pdf);
  const grau = rgb(0.35, 0.35, 0.4);
  const links: Vorspann['links'] = [];
  let page!: PDFPage;
  let y = 0;
  const need = (height: number) => { if (y - height < RAND) { page = pdf.addPage([...A4]); y = A4[1] - RAND; } };
  const line = (text: string, { f = normal, size = 10, x = RAND, color = rgb(0, 0, 0), step = ZEILE } = {}) => { need(step); y -= step; page.drawText(text, { x, y, size, font: f, color }); };
  line(d.behoerde, { color: grau });
  y -= 8;
  for (const t of wrap(d.betreff, fett, 17, A4[0] - 2 * RAND, 4)) line(t, { f: fett, size: 17, step: 22 });
  line(d.kennzeichen, { size: 12, step: 20 });
  y -= 6;
  line(`Federführung: ${d.federfuehrung}`, { color: grau });
  line(`Erstellt am ${d.erstellt}, ${seiten} ${seiten === 1 ? 'Seite' : 'Seiten'}`, { color: grau });
  y -= 14;
  line('Inhalt', { f: fett, size: 13, step: 20 });
  y -= 4;
  for (const e of eintraege) {
    const x = RAND + Math.min(Math.max(e.ebene - 1, 0), 6) * 14;
    const lines = wrap(e.titel, normal, 10, A4[0] - RAND - x - 50, 3);
    need(lines.length * ZEILE);
    const top = y;
    for (const [i, t] of lines.entries()) {
      line(t, { x });
      const figure = i === 0 && e.seite !== null ? String(e.seite) : '';
      if (figure) page.drawText(figure, { x: A4[0] - RAND - normal.widthOfTextAtSize(figure, 10), y, size: 10, font: normal });
    }
    if (e.ziel !== null) links.push({ seite: pdf.getPageCount() - 1, rect: [x, y - 3, A4[0] - RAND, top - 3], ziel: e.ziel });
  }
  return { pdf, links };
}
