/** Runs in a thread of its own: here foreign bytes are parsed, and a file that breaks, hangs or fills the memory takes nothing else with it. */
import { parentPort } from 'node:worker_threads';
import { PDFContext, PDFDocument, PDFName, PDFObjectCopier, PDFRef } from 'pdf-lib';
import { SEITENBAUM, type Auftrag, type Ergebnis } from './protokoll.ts';
import { renderVorspann, type Vorspann } from './vorspann.ts';

// oxlint-disable-next-line no-console -- pdf-lib says there what it repairs
console.warn = () => {};
const A4 = [595.28, 841.89] as const;

async function pageOfImage(bytes: Uint8Array, art: 'png' | 'jpeg'): Promise<PDFDocument> {
  const pdf = await PDFDocument.create();
  const bild = art === 'png' ? await pdf.embedPng(bytes) : await pdf.embedJpg(bytes);
  const [width, height] = bild.width > bild.height ? [A4[1], A4[0]] : A4;
  const { width: w, height: h } = bild.scaleToFit(width - 40, height - 40);
  pdf.addPage([width, height]).drawImage(bild, { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h });
  return pdf;
}

/** The pages with all they need, copied into numbers from `next` on and written out. */
async function transfer(pdf: PDFDocument, next: number, links: Vorspann['links'] = []): Promise<Ergebnis> {
  await pdf.flush();
  const context = PDFContext.create();
  context.largestObjectNumber = next - 1;
  const copier = PDFObjectCopier.for(pdf.context, context);
  const seiten = pdf.getPages().map((page, i) => {
    const leaf = copier.copy(page.node);
    leaf.set(PDFName.of('Parent'), PDFRef.of(SEITENBAUM));
    const annots = links.filter((l) => l.seite === i).map(({ rect, ziel }) => context.obj({ Type: 'Annot', Subtype: 'Link', Rect: rect, Border: [0, 0, 0], Dest: [PDFRef.of(ziel), 'Fit'] }));
    if (annots.length) leaf.set(PDFName.of('Annots'), context.obj(annots));
    return context.register(leaf).objectNumber;
  });
  const chunks: Buffer[] = [];
  const offsets: [number, number][] = [];
  let offset = 0;
  const add = (chunk: Buffer) => { chunks.push(chunk); offset += chunk.length; };
  for (const [ref, value] of context.enumerateIndirectObjects()) {
    offsets.push([ref.objectNumber, offset]);
    add(Buffer.from(`${ref.objectNumber} 0 obj\n`, 'latin1'));
    const body = Buffer.alloc(value.sizeInBytes());
    value.copyBytesInto(body, 0);
    add(body);
    add(Buffer.from('\nendobj\n', 'latin1'));
  }
  return { bytes: Uint8Array.from(Buffer.concat(chunks)), offsets, seiten, next: context.largestObjectNumber + 1 };
}

async function work(auftrag: Auftrag): Promise<Ergebnis> {
  if (auftrag.art === 'vorspann') {
    const { pdf, links } = await renderVorspann(auftrag);
    return transfer(pdf, auftrag.next, links);
  }
  try {
    const pdf = auftrag.art === 'pdf' ? await PDFDocument.load(auftrag.bytes, { updateMetadata: false }) : await pageOfImage(auftrag.bytes, auftrag.art);
    return pdf.getPageCount() ? await transfer(pdf, auftrag.next) : { grund: 'ohne_seiten' };
  } catch (error) {
    return { grund: /encrypted/i.test(String(error)) ? 'kennwort' : 'unlesbar' };
  }
}

parentPort!.on('message', (auftrag: Auftrag) => {
  void work(auftrag).then((ergebnis) => parentPort!.postMessage(ergebnis, 'bytes' in ergebnis ? [ergebnis.bytes.buffer as ArrayBuffer] : []));
});
