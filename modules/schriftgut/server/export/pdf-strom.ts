import type { Faden } from './faden.ts';
import { KATALOG, SEITENBAUM, type Auftrag, type Deckblatt, type Eintrag, type Ergebnis } from './protokoll.ts';

/** One entry of the contents, and what is to be printed under it: nothing, a reason why not, or a file. */
export type Quelle = { titel: string; ebene: number; was: undefined | { grund: string } | { art: 'pdf' | 'png' | 'jpeg'; bytes: Uint8Array; dateiname: string } };

const latin = (text: string) => Buffer.from(text, 'latin1');
/** Any text in a PDF: UTF-16BE with its mark, in hexadecimal. */
export const pdfText = (text: string) => `<FEFF${[...Buffer.from(text, 'utf16le').swap16()].map((b) => b.toString(16).padStart(2, '0')).join('').toUpperCase()}>`;
const gruende = { kennwort: 'mit einem Kennwort geschützt, liegt im ZIP', unlesbar: 'nicht lesbar, liegt im ZIP', ohne_seiten: 'ohne Seiten' };

/**
 * Joins files to one PDF as a stream: the objects of each are written as soon as they are numbered, so that the memory needed is that of the largest and not
 * of their sum. The contents are made when all pages are known; they are written last and stand first.
 */
export async function* joinPdf(faden: Faden, quellen: AsyncIterable<Quelle>, deckblatt: Deckblatt): AsyncGenerator<Buffer> {
  let offset = 0;
  let next = 3;
  const offsets = new Map<number, number>();
  const out = (bytes: Buffer) => { offset += bytes.length; return bytes; };
  const object = (number: number, body: string) => { offsets.set(number, offset); return out(latin(`${number} 0 obj\n${body}\nendobj\n`)); };
  const take = (e: Exclude<Ergebnis, { grund: string }>) => {
    for (const [number, at] of e.offsets) offsets.set(number, offset + at);
    next = e.next;
    return out(Buffer.from(e.bytes.buffer, e.bytes.byteOffset, e.bytes.byteLength));
  };

  yield out(latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'));
  const pages: number[] = [];
  const eintraege: Eintrag[] = [];
  for await (const { titel, ebene, was } of quellen) {
    const e = was === undefined || 'grund' in was ? was : await faden.run({ art: was.art, bytes: was.bytes, next });
    if (e && 'bytes' in e) {
      yield take(e);
      eintraege.push({ titel, ebene, seite: pages.length, ziel: e.seiten[0]! });
      pages.push(...e.seiten);
      continue;
    }
    const grund = e === undefined ? '' : was && 'dateiname' in was ? ` (${was.dateiname}: ${gruende[e.grund as keyof typeof gruende]})` : ` (${e.grund})`;
    eintraege.push({ titel: titel + grund, ebene, seite: null, ziel: null });
  }
  const front = await renderFront(faden, { deckblatt, eintraege, seiten: pages.length, next });
  yield take(front);
  const all = [...front.seiten, ...pages];

  const outlines = next++;
  const marks = bookmarks(eintraege, outlines, () => next++);
  for (const [number, body] of marks.objects) yield object(number, body);
  if (marks.first) yield object(outlines, `<< /Type /Outlines /First ${marks.first} 0 R /Last ${marks.last} 0 R /Count ${marks.count} >>`);
  yield object(SEITENBAUM, `<< /Type /Pages /Kids [${all.map((n) => `${n} 0 R`).join(' ')}] /Count ${all.length} >>`);
  const info = next++;
  yield object(info, `<< /Title ${pdfText(`${deckblatt.kennzeichen} ${deckblatt.betreff}`)} /Producer ${pdfText('Verbundakte')} >>`);
  yield object(KATALOG, `<< /Type /Catalog /Pages ${SEITENBAUM} 0 R /Lang (de-DE) /ViewerPreferences << /DisplayDocTitle true >>${marks.first ? ` /Outlines ${outlines} 0 R /PageMode /UseOutlines` : ''} >>`);
  const xref = offset;
  const lines = Array.from({ length: next - 1 }, (_, i) => { const at = offsets.get(i + 1); return at === undefined ? '0000000000 65535 f \n' : `${String(at).padStart(10, '0')} 00000 n \n`; });
  yield out(latin(`xref\n0 ${next}\n0000000000 65535 f \n${lines.join('')}trailer\n<< /Size ${next} /Root ${KATALOG} 0 R /Info ${info} 0 R >>\nstartxref\n${xref}\n%%EOF\n`));
}

/** How many pages the contents take is known only when they are made, and pushes all figures in them back: they are made until it holds. */
async function renderFront(faden: Faden, auftrag: Omit<Extract<Auftrag, { art: 'vorspann' }>, 'art'>) {
  let vorlauf = 1;
  for (;;) {
    const eintraege = auftrag.eintraege.map((e) => ({ ...e, seite: e.seite === null ? null : e.seite + vorlauf + 1 }));
    const front = await faden.run({ art: 'vorspann', ...auftrag, eintraege, seiten: auftrag.seiten + vorlauf });
    if ('grund' in front) throw new Error('the contents could not be made');
    if (front.seiten.length === vorlauf) return front;
    vorlauf = front.seiten.length;
  }
}

type Node = { number: number; titel: string; ziel: number | null; children: Node[] };
/** The outline tree: entries of a deeper level hang, closed, below the last one of a higher level. */
export function bookmarks(eintraege: readonly Eintrag[], root: number, number: () => number) {
  const top: Node = { number: root, titel: '', ziel: null, children: [] };
  const path = [{ ebene: -1, node: top }];
  for (const { titel, ebene, ziel } of eintraege) {
    while (path.at(-1)!.ebene >= ebene) path.pop();
    const node = { number: number(), titel, ziel, children: [] };
    path.at(-1)!.node.children.push(node);
    path.push({ ebene, node });
  }
  const objects: [number, string][] = [];
  const target = (n: Node): number | null => n.ziel ?? n.children.map(target).find((t) => t !== null) ?? null;
  const write = ({ number: parent, children }: Node): void => children.forEach((n, i) => {
    const ziel = target(n);
    objects.push([n.number, [`<< /Title ${pdfText(n.titel)} /Parent ${parent} 0 R`, ziel === null ? '' : `/Dest [${ziel} 0 R /Fit]`, i > 0 ? `/Prev ${children[i - 1]!.number} 0 R` : '',
      i < children.length - 1 ? `/Next ${children[i + 1]!.number} 0 R` : '', n.children.length ? `/First ${n.children[0]!.number} 0 R /Last ${n.children.at(-1)!.number} 0 R /Count ${-n.children.length}` : '', '>>'].filter(Boolean).join(' ')]);
    write(n);
  });
  write(top);
  return { objects, first: top.children[0]?.number, last: top.children.at(-1)?.number, count: top.children.length };
}
