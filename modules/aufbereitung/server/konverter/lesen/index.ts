/** For the programs of other modules' converters: what reads foreign bytes, and the loop that takes orders. Never imported in the server's process. */
export { serveAuftraege } from './dienst.ts';
export { checkPixel, MAX_PIXEL, notReadable, openBild } from './bild.ts';
export { openPdf, type Pdf, type Pixel } from './pdfium.ts';
export { detectTyp } from './typ.ts';
export { KonverterFehler } from '../protokoll.ts';
