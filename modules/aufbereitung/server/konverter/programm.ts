/** The converter: a program of its own. Each kind of order loads its own reader. */
import { serveAuftraege } from './lesen/dienst.ts';
import type { Auftrag } from './protokoll.ts';

async function work(auftrag: Auftrag, teil: (t: unknown) => void): Promise<unknown> {
  switch (auftrag.art) {
    case 'lesen': return (await import('./lesen/lesen.ts')).readDatei(auftrag);
    case 'typ': return (await import('./lesen/lesen.ts')).readTyp(auftrag);
    case 'bilder': return (await import('./lesen/bilder.ts')).renderBilder(auftrag);
    case 'textpdf': return (await import('./lesen/text-pdf.ts')).writeTextPdf(auftrag);
    case 'bildpdf': return (await import('./lesen/bild-pdf.ts')).writeBildPdf(auftrag);
    case 'ocrbilder': return (await import('./lesen/bilder.ts')).renderOcrbilder(auftrag, teil);
    case 'ocr': return (await import('./lesen/ocr-wasm.ts')).recognize(auftrag);
    case 'probe': return (await import('./lesen/probe.ts')).probe(auftrag);
  }
}
serveAuftraege(work);
