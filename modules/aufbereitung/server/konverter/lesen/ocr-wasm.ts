import { readFile } from 'node:fs/promises';
import Tesseract from 'tesseract.js';
import type { Auftrag, Erkennung } from '../protokoll.ts';
import { readTsv } from '../tsv.ts';

const LSTM_ONLY = 1;
let worker: Promise<Tesseract.Worker> | undefined;

/** Engine and model stay loaded for the next page. `modell` is a folder on this machine; without it the library would ask a CDN. */
async function getWorker(modell: string) {
  return worker ??= (async () => {
    const w = await Tesseract.createWorker('deu', LSTM_ONLY, { langPath: modell, cacheMethod: 'none', errorHandler: () => {} });
    await w.setParameters({ user_defined_dpi: '300', tessedit_pageseg_mode: Tesseract.PSM.AUTO });
    return w;
  })();
}

export async function recognize({ bild, modell }: Extract<Auftrag, { art: 'ocr' }>): Promise<Erkennung> {
  const w = await getWorker(modell);
  const { data } = await w.recognize(await readFile(bild.datei), {}, { text: false, tsv: true });
  return { seite: bild.seite, breite: bild.breite, hoehe: bild.hoehe, ...readTsv(data.tsv ?? '') };
}
