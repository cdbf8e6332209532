import { getDocument, PasswordResponses, PDFWorker, TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type { Seitentext, Textstueck, Vorlage } from './typen.ts';

type TextItem = { str: string; hasEOL: boolean };
/** A PDF point is 1/72 inch, a CSS pixel 1/96. */
const CSS = 96 / 72;
const MAX_PIXEL = 16_777_216;

let arbeiter: PDFWorker | undefined;
/** The worker comes from our own origin, through the one Trusted Types policy; nothing is loaded from elsewhere. */
function getArbeiter(): PDFWorker {
  if (arbeiter) return arbeiter;
  const policy = (globalThis as { trustedTypes?: { createPolicy(name: string, regeln: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } } }).trustedTypes
    ?.createPolicy('verbundakte', { createScriptURL: (url) => { if (url !== workerUrl) throw new TypeError(`no worker of ours: ${url}`); return url; } });
  // Ours, and given to each document: one that PDF.js finds by itself goes with the first document that is closed, and with it the next that is just being opened.
  return (arbeiter = PDFWorker.create({ port: new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module' }) as never }));
}

export class KennwortNoetig extends Error { readonly falsch: boolean; constructor(falsch: boolean) { super('password'); this.falsch = falsch; } }

/** Opens a PDF by ranges: the first page shows before a large file is there. */
export async function oeffnePdf(url: string, { texte = [], kennwort, abbruch }: { texte?: readonly string[]; kennwort?: string; abbruch: AbortSignal }): Promise<Vorlage> {
  const daten = `${import.meta.env.BASE_URL}pdfjs/`;
  const auftrag = getDocument({
    url, worker: getArbeiter(), cMapUrl: `${daten}cmaps/`, standardFontDataUrl: `${daten}standard_fonts/`, wasmUrl: `${daten}wasm/`, iccUrl: `${daten}iccs/`,
    rangeChunkSize: 262_144, disableAutoFetch: true, disableStream: false, enableXfa: false, maxImageSize: 120_000_000, ...(kennwort !== undefined && { password: kennwort }),
  });
  abbruch.addEventListener('abort', () => void auftrag.destroy(), { once: true });
  auftrag.onPassword = (_neu: unknown, grund: number) => { throw new KennwortNoetig(grund === PasswordResponses.INCORRECT_PASSWORD); };
  const pdf = await auftrag.promise.catch((fehler: Error) => { throw fehler.name === 'PasswordException' ? new KennwortNoetig((fehler as Error & { code?: number }).code === PasswordResponses.INCORRECT_PASSWORD) : fehler; });
  return vorlage(pdf, texte);
}

async function vorlage(pdf: PDFDocumentProxy, texte: readonly string[]): Promise<Vorlage> {
  const groesse = async (seite: number) => { const { width, height } = (await pdf.getPage(seite)).getViewport({ scale: CSS }); return { breite: width, hoehe: height }; };
  const eigener = new Map<number, Promise<Seitentext>>();
  const textVon = (seite: number) => {
    if (!eigener.has(seite)) eigener.set(seite, pdf.getPage(seite).then((p) => p.getTextContent()).then((c) => (c.items as TextItem[]).filter((i) => 'str' in i).map((i) => ({ text: i.str, ende: i.hasEOL }))));
    return eigener.get(seite)!;
  };
  return {
    seiten: pdf.numPages, erste: await groesse(1), groesse,
    async text(seite) {
      const stuecke = await textVon(seite);
      const erkannt = texte[seite - 1];
      return stuecke.some((s) => s.text.trim() !== '') || !erkannt ? stuecke : [{ text: erkannt, ende: true }];
    },
    async zeichne(ziel, seite, massstab, drehung, abbruch) {
      const page = await pdf.getPage(seite);
      const viewport = page.getViewport({ scale: CSS * massstab, rotation: (page.rotate + drehung) % 360 });
      const dichte = Math.min(devicePixelRatio || 1, Math.sqrt(MAX_PIXEL / (viewport.width * viewport.height)));
      const canvas = document.createElement('canvas');
      canvas.width = Math.floor(viewport.width * dichte);
      canvas.height = Math.floor(viewport.height * dichte);
      canvas.setAttribute('aria-hidden', 'true');
      await male(page, canvas, viewport, dichte, abbruch);
      const schicht = document.createElement('div');
      schicht.className = 'va-textschicht';
      schicht.style.setProperty('--total-scale-factor', String(CSS * massstab));
      ziel.replaceChildren(canvas, schicht);
      const text = new TextLayer({ textContentSource: page.streamTextContent(), container: schicht, viewport } as ConstructorParameters<typeof TextLayer>[0]);
      abbruch.addEventListener('abort', () => text.cancel(), { once: true });
      await text.render();
      return text.textDivs.map((div): Textstueck => ({ knoten: (div.firstChild ?? div.appendChild(document.createTextNode(''))) as Text }));
    },
    async bild(seite, breite, abbruch) {
      const page = await pdf.getPage(seite);
      const viewport = page.getViewport({ scale: breite / page.getViewport({ scale: 1 }).width });
      const canvas = document.createElement('canvas');
      canvas.width = Math.ceil(viewport.width);
      canvas.height = Math.ceil(viewport.height);
      await male(page, canvas, viewport, 1, abbruch);
      return new Promise((ja, nein) => canvas.toBlob((b) => (b ? ja(b) : nein(new Error('no picture'))), 'image/jpeg', 0.9));
    },
    schliesse: () => void pdf.loadingTask.destroy(),
  };
}
async function male(page: PDFPageProxy, canvas: HTMLCanvasElement, viewport: ReturnType<PDFPageProxy['getViewport']>, dichte: number, abbruch: AbortSignal) {
  abbruch.throwIfAborted();
  const auftrag = page.render({ canvas, viewport, ...(dichte !== 1 && { transform: [dichte, 0, 0, dichte, 0, 0] }) });
  const halt = () => auftrag.cancel();
  abbruch.addEventListener('abort', halt, { once: true });
  await auftrag.promise.finally(() => abbruch.removeEventListener('abort', halt));
}
