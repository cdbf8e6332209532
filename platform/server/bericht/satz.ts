import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';

export const A4 = [595.28, 841.89] as const;

// Liberation Sans has the letters of DIN 91379; the standard fonts of PDF have those of Western Europe alone.
const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts');
const font = (name: string) => readFile(join(fonts, `LiberationSans-${name}.ttf`));

/** Both weights, as subsets. */
export async function embedSchriften(pdf: PDFDocument): Promise<{ normal: PDFFont; fett: PDFFont }> {
  pdf.registerFontkit(fontkit);
  return { normal: await pdf.embedFont(await font('Regular'), { subset: true }), fett: await pdf.embedFont(await font('Bold'), { subset: true }) };
}

/** Whole words, at most `max` lines; the last ends in an ellipsis if there was more. */
export function wrap(text: string, f: PDFFont, size: number, width: number, max: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((w) => split(w, f, size, width))) {
    const longer = line ? `${line} ${word}` : word;
    if (f.widthOfTextAtSize(longer, size) <= width) line = longer;
    else { lines.push(line); line = word; }
  }
  lines.push(line);
  return lines.length <= max ? lines : [...lines.slice(0, max - 1), `${lines[max - 1]} …`];
}
const split = (word: string, f: PDFFont, size: number, width: number): string[] => {
  if (f.widthOfTextAtSize(word, size) <= width) return [word];
  const letters = [...new Intl.Segmenter('de').segment(word)].map((s) => s.segment);
  const half = Math.ceil(letters.length / 2);
  return letters.length < 2 ? [word] : [...split(letters.slice(0, half).join(''), f, size, width), ...split(letters.slice(half).join(''), f, size, width)];
};
