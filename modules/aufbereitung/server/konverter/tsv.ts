import type { Wort } from './protokoll.ts';
import { tidyText } from './text.ts';

/** Tesseract's table: level page block par line word left top width height conf text. Lines and paragraphs become line breaks. */
export function readTsv(tsv: string): { text: string; woerter: Wort[]; konfidenz: number } {
  const woerter: Wort[] = [];
  let text = '', absatz = '', zeile = '';
  for (const reihe of tsv.split('\n')) {
    const f = reihe.split('\t');
    const wort = f[11]?.trim();
    if (f[0] !== '5' || !wort) continue;
    const konfidenz = Math.round(Number(f[10]));
    const [a, z] = [`${f[2]}.${f[3]}`, `${f[2]}.${f[3]}.${f[4]}`];
    text += text === '' ? '' : a !== absatz ? '\n\n' : z !== zeile ? '\n' : ' ';
    [absatz, zeile] = [a, z];
    text += wort;
    woerter.push([Number(f[6]), Number(f[7]), Number(f[8]), Number(f[9]), konfidenz, wort]);
  }
  const laenge = woerter.reduce((n, w) => n + w[5].length, 0);
  return { text: tidyText(text), woerter, konfidenz: laenge ? Math.round(woerter.reduce((n, w) => n + w[4] * w[5].length, 0) / laenge) : 0 };
}
