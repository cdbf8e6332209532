/** For modules with converters of their own (`openKonverter({ programm })`): the pool, its limits, its errors. Imports no code that reads foreign bytes. */
export { arbeitsbereich, closeArbeitsbereich, withOrdner } from './arbeitsordner.ts';
export { findTesseract } from './ocr.ts';
export { openKonverter, type Konverterpool } from './pool.ts';
export { runProgramm, sandboxed, type Grenzen } from './prozess.ts';
export { KonverterFehler, type GrundCode, type GrundDaten } from './protokoll.ts';
