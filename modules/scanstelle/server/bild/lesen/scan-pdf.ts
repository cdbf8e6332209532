import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFObjectCopier, type PDFPageLeaf } from 'pdf-lib';
import { KonverterFehler, openPdf } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import type { PdfSeite, Scanauftrag, Scanergebnis } from '../typen.ts';
import { applyBearbeitung } from './bearbeiten.ts';
import { readKopf } from './laden.ts';
import { bildOf, bildOfDatei, bildOfTiffseite, type Pdfbild } from './pdf-bild.ts';
import { openSchreiber, type Schreiber } from './pdf-schreiber.ts';
import { pdfSeite } from './seiten.ts';
import { openTiff, type Tiff } from './tiff.ts';

const MAX_PDF_BYTES = 400 * 2 ** 20;
type Zaehler = { verlustfrei: number; originalbytes: number };

/** One PDF of the chosen pages. Turning by quarters is an entry of the page, so that its picture stays as it is. */
export async function writeScanPdf({ seiten, angaben, ordner }: Extract<Scanauftrag, { art: 'pdf' }>): Promise<Scanergebnis<'pdf'>> {
  if (!seiten.length) throw new KonverterFehler('keine_seiten');
  const datei = join(ordner, 'scan.pdf');
  const schreiber = await openSchreiber(datei, angaben);
  const quellen = openQuellen(schreiber, ordner);
  const zaehler: Zaehler = { verlustfrei: 0, originalbytes: 0 };
  try {
    for (const [i, seite] of seiten.entries()) {
      try { await addSeite(schreiber, quellen, seite, zaehler, join(ordner, `arbeit-${i}`)); } catch (error) {
        throw error instanceof KonverterFehler ? new KonverterFehler(error.code, { ...error.daten, seite: seite.seite }) : error;
      }
    }
    return { datei, seiten: await schreiber.close(), ...zaehler };
  } catch (error) { await schreiber.abort().catch(() => {}); throw error; } finally { await quellen.close(); }
}

async function addSeite(schreiber: Schreiber, quellen: Quellen, seite: PdfSeite, zaehler: Zaehler, arbeit: string) {
  const { drehung = 0, gerade = 0, zuschneiden } = seite.bearbeitung ?? {};
  const nurGedreht = Math.abs(gerade) < 0.01 && !zuschneiden;
  if (seite.mime === 'application/pdf') {
    if (nurGedreht) {
      await addKopie(schreiber, await quellen.pdf(seite.datei), seite.seite, drehung);
      zaehler.verlustfrei++;
      zaehler.originalbytes++;
      return;
    }
    const roh = await pdfSeite(await quellen.pdfium(seite.datei), seite.seite - 1, arbeit);
    return addBild(schreiber, await changed(roh.datei, seite), 0);
  }
  const bild = nurGedreht ? await original(quellen, seite) : await changed(seite.mime === 'image/tiff' ? await quellen.einzeln(seite.datei, seite.seite, arbeit) : seite.datei, seite);
  if (nurGedreht) { zaehler.verlustfrei++; if (bild.original) zaehler.originalbytes++; }
  await addBild(schreiber, bild, nurGedreht ? drehung : 0);
}

async function original(quellen: Quellen, seite: PdfSeite): Promise<Pdfbild> {
  if (seite.mime !== 'image/tiff') return bildOfDatei(seite.datei, seite.dpi);
  const tiff = await quellen.tiff(seite.datei);
  if (!tiff.seite) return bildOfDatei(seite.datei, seite.dpi, seite.seite - 1);
  if (seite.seite > tiff.seiten) throw new KonverterFehler('beschaedigt', { format: 'tiff' });
  const s = await tiff.seite(seite.seite - 1);
  return bildOfTiffseite(s, await tiff.daten(s), await tiff.datei(s), seite.dpi);
}
async function changed(datei: string, { bearbeitung, dpi }: PdfSeite): Promise<Pdfbild> {
  const kopf = await readKopf(datei);
  const bekannt = { ...kopf, dpiX: kopf.dpiX ?? dpi ?? null, dpiY: kopf.dpiY ?? dpi ?? null };
  const { bild, dpi: gerade } = await applyBearbeitung(datei, bekannt, bearbeitung!);
  return bildOf(bild, bekannt, gerade);
}

/** The page of another PDF with everything it shows; what leads elsewhere (links, the structure tree) stays behind. */
async function addKopie(schreiber: Schreiber, { pdf, copier }: { pdf: PDFDocument; copier: PDFObjectCopier }, nummer: number, drehung: number) {
  if (nummer > pdf.getPageCount()) throw new KonverterFehler('beschaedigt', { format: 'pdf' });
  const knoten = pdf.getPage(nummer - 1).node;
  const bisher = pdf.getPage(nummer - 1).getRotation().angle;
  const rein = knoten.clone() as PDFPageLeaf;
  for (const name of ['B', 'StructParents', 'AA', 'Metadata', 'PieceInfo', 'Thumb']) rein.delete(PDFName.of(name));
  const annots = rein.Annots();
  if (annots) {
    const bleibt = PDFArray.withContext(pdf.context);
    for (let i = 0; i < annots.size(); i++) {
      const a = annots.lookup(i);
      if (!(a instanceof PDFDict) || a.get(PDFName.of('Subtype')) === PDFName.of('Link') || a.get(PDFName.of('Subtype')) === PDFName.of('Widget')) continue;
      const ohne = a.clone();
      for (const name of ['P', 'Parent', 'Popup', 'A', 'AA', 'Dest', 'IRT']) ohne.delete(PDFName.of(name));
      bleibt.push(ohne);
    }
    rein.set(PDFName.of('Annots'), bleibt);
  }
  const kopie = copier.copy(rein);
  kopie.set(PDFName.of('Rotate'), schreiber.number(((bisher + drehung) % 360 + 360) % 360));
  await schreiber.addSeite(kopie);
}

async function addBild(schreiber: Schreiber, bild: Pdfbild, drehung: number) {
  const { dict, stream, number } = schreiber;
  const [b, h] = [bild.punkte.breite, bild.punkte.hoehe];
  const objekt = stream({ Type: 'XObject', Subtype: 'Image', Width: bild.breite, Height: bild.hoehe, BitsPerComponent: bild.bits, ColorSpace: bild.farbraum, Filter: bild.filter, ...(bild.parameter && { DecodeParms: dict(bild.parameter(schreiber)) }), ...(bild.decode && { Decode: bild.decode }) }, bild.bytes);
  const inhalt = stream({}, Buffer.from(`q ${bild.matrix.map((m, i) => (m * ([0, 2, 4].includes(i) ? b : h)).toFixed(3)).join(' ')} cm /B Do Q`));
  await schreiber.addSeite(dict({ Type: 'Page', MediaBox: [number(0), number(0), number(b), number(h)], Resources: dict({ XObject: dict({ B: objekt }) }), Contents: inhalt, ...(drehung && { Rotate: drehung }) }));
}

type Quellen = ReturnType<typeof openQuellen>;
/** Each source is opened once. */
function openQuellen(schreiber: Schreiber, _ordner: string) {
  const tiffs = new Map<string, Promise<Tiff>>();
  const pdfs = new Map<string, Promise<{ pdf: PDFDocument; copier: PDFObjectCopier }>>();
  const gezeichnet = new Map<string, ReturnType<typeof openPdf>>();
  const once = <T>(m: Map<string, Promise<T>>, datei: string, make: () => Promise<T>) => m.get(datei) ?? (m.set(datei, make()), m.get(datei)!);
  const tiff = (datei: string) => once(tiffs, datei, () => openTiff(datei));
  return {
    tiff,
    pdf: (datei: string) => once(pdfs, datei, async () => {
      const { size } = await stat(datei);
      if (size > MAX_PDF_BYTES) throw new KonverterFehler('zu_gross', { groesse: size, grenze: MAX_PDF_BYTES });
      const pdf = await PDFDocument.load(await readFile(datei), { updateMetadata: false }).catch((error: unknown) => { throw new KonverterFehler(/encrypted/i.test(String((error as Error).message)) ? 'verschluesselt' : 'beschaedigt', { format: 'pdf' }); });
      return { pdf, copier: PDFObjectCopier.for(pdf.context, schreiber.context) };
    }),
    pdfium: (datei: string) => once(gezeichnet, datei, () => openPdf(datei)),
    async einzeln(datei: string, nummer: number, ziel: string) {
      const t = await tiff(datei);
      if (!t.seite) return datei;
      const { writeFile } = await import('node:fs/promises');
      await writeFile(ziel, await t.datei(await t.seite(nummer - 1)));
      return ziel;
    },
    async close() {
      for (const t of tiffs.values()) await t.then((x) => x.close(), () => {});
      for (const g of gezeichnet.values()) await g.then((x) => x.close(), () => {});
    },
  };
}
