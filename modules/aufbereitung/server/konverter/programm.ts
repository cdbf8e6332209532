/** The converter: a program of its own. Takes orders over IPC, one at a time, and dies with its server. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KonverterFehler, type AnKonverter, type Auftrag, type VonKonverter } from './protokoll.ts';

process.on('disconnect', () => process.exit(0));
/** The answer's name is fixed; a converter decides about content, never about paths. */
const ergebnisName = (id: number) => `ergebnis-${id}.json`;

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

process.on('message', async ({ id, auftrag }: AnKonverter) => {
  const send = (m: VonKonverter) => process.send?.(m);
  try {
    const ergebnis = await work(auftrag, (t) => send({ id, teil: t }));
    const datei = join(auftrag.ordner, ergebnisName(id));
    await writeFile(datei, JSON.stringify(ergebnis));
    send({ id, datei });
  } catch (error) {
    const { code, daten } = error instanceof KonverterFehler ? error : { code: 'unerwartet' as const, daten: { meldung: String((error as Error)?.message ?? error).slice(0, 300) } };
    send({ id, fehler: { code, daten } });
  }
});
