import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { KonverterFehler } from '../protokoll.ts';

/** The functions of PDFium that we call; the package's own wrapper knows few of them and never closes a page. https://pdfium.googlesource.com/pdfium/+/main/public/ */
type Modul = {
  HEAPU8: Uint8Array;
  wasmExports: { malloc(bytes: number): number; free(ptr: number): void };
} & Record<`_FPDF${string}`, (...args: (number | string)[]) => number>;

let modul: Promise<Modul> | undefined;
/** The WebAssembly file comes from the package, never from the network. */
async function getModul(): Promise<Modul> {
  return modul ??= (async () => {
    const wasm = await readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
    const library = await PDFiumLibrary.init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer });
    return library['module'] as unknown as Modul;
  })();
}

export type Pdf = Awaited<ReturnType<typeof openPdf>>;
export type Pdfbild = { breite: number; hoehe: number; bits: number; farbraum: number; dpi: number; filter: string; deckend: boolean; anteil: number; objekt: number };
export type Pixel = { data: Buffer; breite: number; hoehe: number; kanaele: 1 | 4 };

const OBJEKT = { text: 1, path: 2, image: 3, shading: 4, form: 5 };
const FLAG = { annot: 1, reverseByteOrder: 0x10 };
/** Widget, FreeText, Stamp: what a person filled in or put on the page lies beside the page's own content. */
const AUSGEFUELLT = new Set([20, 3, 13]);
/** WebAssembly memory ends at 4 GiB, and the file lies in it as a whole. */
const MAX_BYTES = 400 * 2 ** 20;
const MAX_PIXEL = 50_000_000;

export async function openPdf(datei: string) {
  const m = await getModul();
  const bytes = await readFile(datei);
  if (bytes.length > MAX_BYTES) throw new KonverterFehler('zu_gross', { groesse: bytes.length, grenze: MAX_BYTES });
  const { malloc, free } = m.wasmExports;
  const ptr = malloc(bytes.length);
  if (!ptr) throw new KonverterFehler('speicher');
  m.HEAPU8.set(bytes, ptr);
  const doc = m._FPDF_LoadMemDocument!(ptr, bytes.length, 0);
  if (!doc) {
    const fehler = m._FPDF_GetLastError!();
    free(ptr);
    throw new KonverterFehler(fehler === 4 || fehler === 5 ? 'verschluesselt' : 'beschaedigt', { format: 'pdf' });
  }
  const view = () => new DataView(m.HEAPU8.buffer);
  const utf16 = (read: (buffer: number, bytes: number) => number, faktor = 1) => {
    const laenge = read(0, 0) * faktor;
    if (laenge <= 2 || laenge > 2 ** 24) return '';
    const buffer = malloc(laenge);
    try { read(buffer, laenge); return Buffer.from(m.HEAPU8.subarray(buffer, buffer + laenge - 2)).toString('utf16le'); } finally { free(buffer); }
  };

  /** undefined if this one page is damaged. */
  function withPage<T>(index: number, work: (page: number) => T): T | undefined {
    const page = m._FPDF_LoadPage!(doc, index);
    if (!page) return undefined;
    try { return work(page); } finally { m._FPDF_ClosePage!(page); }
  }
  function textOf(page: number): string {
    const tp = m._FPDFText_LoadPage!(page);
    if (!tp) return '';
    try {
      const anzahl = m._FPDFText_CountChars!(tp);
      if (anzahl <= 0) return '';
      const buffer = malloc((anzahl + 1) * 2);
      try {
        const n = m._FPDFText_GetText!(tp, 0, anzahl, buffer);
        return Buffer.from(m.HEAPU8.subarray(buffer, buffer + Math.max(0, n - 1) * 2)).toString('utf16le');
      } finally { free(buffer); }
    } finally { m._FPDFText_ClosePage!(tp); }
  }
  /** Notes on the page, and whether something on it was filled in. */
  function annotationsOf(page: number) {
    const notizen: string[] = [];
    let ausgefuellt = false;
    const key = malloc(16);
    m.HEAPU8.set(Buffer.from('Contents\0'), key);
    for (let i = 0, n = Math.min(m._FPDFPage_GetAnnotCount!(page), 2_000); i < n; i++) {
      const annot = m._FPDFPage_GetAnnot!(page, i);
      if (!annot) continue;
      const art = m._FPDFAnnot_GetSubtype!(annot);
      if (AUSGEFUELLT.has(art)) ausgefuellt = true;
      else { const text = utf16((b, l) => m._FPDFAnnot_GetStringValue!(annot, key, b, l)); if (text.trim()) notizen.push(text); }
      m._FPDFPage_CloseAnnot!(annot);
    }
    free(key);
    return { notizen, ausgefuellt };
  }
  /**
   * What a scanner put on the page: pictures with their pixels, resolution and, where it is a whole JPEG lying upright over the whole page, its bytes.
   * `nurBilder`: nothing else is seen on it; invisible text (recognised by the scanner) does not count.
   */
  function picturesOf(page: number) {
    const [b, h] = [m._FPDF_GetPageWidth!(page), m._FPDF_GetPageHeight!(page)];
    const p = malloc(64);
    const bilder: Pdfbild[] = [];
    let nurBilder = m._FPDFPage_GetAnnotCount!(page) === 0;
    for (let i = 0, n = Math.min(m._FPDFPage_CountObjects!(page), 2_000); i < n; i++) {
      const objekt = m._FPDFPage_GetObject!(page, i);
      const art = m._FPDFPageObj_GetType!(objekt);
      if (art === OBJEKT.text && m._FPDFTextObj_GetTextRenderMode!(objekt) === 3) continue;
      if (art !== OBJEKT.image) { nurBilder = false; continue; }
      if (!m._FPDFImageObj_GetImageMetadata!(objekt, page, p) || !m._FPDFPageObj_GetMatrix!(objekt, p + 32)) { nurBilder = false; continue; }
      const [breite, hoehe, bits, farbraum] = [view().getUint32(p, true), view().getUint32(p + 4, true), view().getUint32(p + 16, true), view().getInt32(p + 20, true)];
      const [ma, mb, mc, md, me, mf] = [0, 4, 8, 12, 16, 20].map((x) => view().getFloat32(p + 32 + x, true)) as [number, number, number, number, number, number];
      const [w, l] = [Math.hypot(ma, mb), Math.hypot(mc, md)];
      const deckend = ma > 0 && md > 0 && Math.abs(mb) + Math.abs(mc) < 0.01 && Math.abs(me) < 2 && Math.abs(mf) < 2 && Math.abs(ma - b) < 3 && Math.abs(md - h) < 3;
      const filter = m._FPDFImageObj_GetImageFilterCount!(objekt) === 1 ? filterOf(objekt) : '';
      bilder.push({ breite, hoehe, bits, farbraum, dpi: w && l ? Math.max(breite / w, hoehe / l) * 72 : 0, filter, deckend, anteil: b && h ? Math.min(1, w * l / (b * h)) : 0, objekt });
    }
    free(p);
    return { breite: b, hoehe: h, drehung: m._FPDFPage_GetRotation!(page), bilder, nurBilder };
  }
  function filterOf(objekt: number): string {
    const p = malloc(32);
    const n = m._FPDFImageObj_GetImageFilter!(objekt, 0, p, 32);
    const name = n > 0 && n <= 32 ? Buffer.from(m.HEAPU8.subarray(p, p + n - 1)).toString('latin1') : '';
    free(p);
    return name;
  }
  function rawOf(objekt: number): Buffer {
    const n = m._FPDFImageObj_GetImageDataRaw!(objekt, 0, 0);
    const p = malloc(n || 1);
    try { m._FPDFImageObj_GetImageDataRaw!(objekt, p, n); return Buffer.from(m.HEAPU8.subarray(p, p + n)); } finally { free(p); }
  }
  /** How much of the page pictures cover (0..1), and whether there is anything on it at all. */
  function contentOf(page: number) {
    const flaeche = m._FPDF_GetPageWidth!(page) * m._FPDF_GetPageHeight!(page) || 1;
    const anzahl = m._FPDFPage_CountObjects!(page);
    let bilder = 0;
    const p = malloc(16);
    for (let i = 0; i < Math.min(anzahl, 500); i++) {
      const objekt = m._FPDFPage_GetObject!(page, i);
      const art = m._FPDFPageObj_GetType!(objekt);
      if ((art === OBJEKT.image || art === OBJEKT.form) && m._FPDFPageObj_GetBounds!(objekt, p, p + 4, p + 8, p + 12)) {
        const [l, u, r, o] = [0, 4, 8, 12].map((x) => view().getFloat32(p + x, true)) as [number, number, number, number];
        bilder += Math.abs((r - l) * (o - u)) / flaeche;
      }
    }
    free(p);
    return { anzahl, bilder: Math.min(1, bilder) };
  }

  return {
    seiten: m._FPDF_GetPageCount!(doc),
    /** Names of embedded files (invoices carry their XML so). */
    eingebettet(): string[] {
      const namen: string[] = [];
      for (let i = 0, n = Math.min(m._FPDFDoc_GetAttachmentCount!(doc), 100); i < n; i++) {
        const a = m._FPDFDoc_GetAttachment!(doc, i);
        if (a) namen.push(utf16((b, l) => m._FPDFAttachment_GetName!(a, b, l)));
      }
      return namen;
    },
    /** `jpeg`: the page's one picture as it lies in the file. */
    readScan: (index: number) => withPage(index, (page) => {
      const { bilder, ...rest } = picturesOf(page);
      const eins = bilder.length === 1 && rest.nurBilder && rest.drehung === 0 ? bilder[0]! : undefined;
      return { ...rest, bilder, ...(eins?.deckend && eins.filter === 'DCTDecode' && eins.farbraum !== 3 && { jpeg: rawOf(eins.objekt) }) };
    }),
    readSeite: (index: number) => withPage(index, (page) => {
      const { notizen, ausgefuellt } = m._FPDFPage_GetAnnotCount!(page) > 0 ? annotationsOf(page) : { notizen: [], ausgefuellt: false };
      // Fields and stamps count as text only when merged into the page; the copy in memory, never the file.
      const flach = ausgefuellt && m._FPDFPage_Flatten!(page, 0) === 1;
      const text = flach ? withPage(index, textOf) ?? '' : textOf(page);
      return { text: [text, ...notizen].join('\n'), ...contentOf(page) };
    }),
    /** Scaled to a width in pixels, or to a resolution; never above the pixel limit. */
    render: (index: number, { breite, dpi = 72, grau = false }: { breite?: number; dpi?: number; grau?: boolean }): Pixel | undefined => withPage(index, (page) => {
      const w = Math.max(1, m._FPDF_GetPageWidth!(page)), h = Math.max(1, m._FPDF_GetPageHeight!(page));
      const faktor = Math.min(breite ? breite / w : dpi / 72, Math.sqrt(MAX_PIXEL / (w * h)), 16_000 / w, 16_000 / h);
      const b = Math.max(1, Math.round(w * faktor)), hoehe = Math.max(1, Math.round(h * faktor));
      const kanaele = grau ? 1 : 4;
      const groesse = b * hoehe * kanaele;
      const puffer = malloc(groesse);
      if (!puffer) throw new KonverterFehler('speicher');
      const bitmap = m._FPDFBitmap_CreateEx!(b, hoehe, grau ? 1 : 4, puffer, b * kanaele);
      try {
        m._FPDFBitmap_FillRect!(bitmap, 0, 0, b, hoehe, 0xffffffff);
        m._FPDF_RenderPageBitmap!(bitmap, page, 0, 0, b, hoehe, 0, FLAG.annot | (grau ? 0 : FLAG.reverseByteOrder));
        return { data: Buffer.from(m.HEAPU8.subarray(puffer, puffer + groesse)), breite: b, hoehe, kanaele };
      } finally { m._FPDFBitmap_Destroy!(bitmap); free(puffer); }
    }),
    close() { m._FPDF_CloseDocument!(doc); free(ptr); },
  };
}
