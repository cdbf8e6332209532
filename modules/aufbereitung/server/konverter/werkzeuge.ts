import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '#platform/server/config.ts';
import { closeArbeitsbereich } from './arbeitsordner.ts';
import { openOcr } from './ocr.ts';
import { openKonverter } from './pool.ts';
import { openRendition } from './rendition.ts';

type Werkzeuge = ReturnType<typeof open>;
let offen: Werkzeuge | undefined;

/** One set of converters per process, begun when first needed. */
export const getWerkzeuge = (config: Config): Werkzeuge => offen ??= open(config);

function open({ DATEN, ABLAGE_URL, SCHLUESSEL_DATEI }: Config) {
  const verstecken = [DATEN, ABLAGE_URL?.startsWith('file:') ? fileURLToPath(ABLAGE_URL) : undefined, SCHLUESSEL_DATEI && resolve(SCHLUESSEL_DATEI, '..')];
  const konverter = openKonverter();
  return { konverter, ocr: openOcr(konverter), rendition: openRendition({ verstecken: verstecken.flatMap((o) => o ? [resolve(o)] : []) }) };
}

export async function closeWerkzeuge() {
  const alt = offen;
  offen = undefined;
  if (!alt) return;
  await Promise.all([alt.konverter.close(), alt.ocr.close(), alt.rendition.close()]);
  await closeArbeitsbereich();
}
