import { convert } from 'html-to-text';
import { decode, detectZeichensatz } from './zeichensatz.ts';

const block = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

/** Text of a page without anything active: no script, style, comment, image or address behind a link. */
export const textOfHtml = (html: string): string => convert(html.slice(0, 30_000_000), {
  wordwrap: false,
  limits: { maxInputLength: 30_000_000, maxDepth: 500 },
  selectors: [
    ...['img', 'script', 'style', 'noscript', 'template', 'svg', 'head > title'].map((selector) => ({ selector, format: 'skip' })),
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false, ...block } })),
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false, maxColumnWidth: 200 } },
  ],
});

/** The page's own declaration counts where the bytes do not contradict it. */
export function readHtml(bytes: Buffer): string {
  const erkannt = detectZeichensatz(bytes);
  const genannt = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(bytes.subarray(0, 4_096).toString('latin1'))?.[1];
  const html = decode(bytes, erkannt === 'utf-8' || /^utf-16/.test(erkannt) ? erkannt : genannt && !/^utf/i.test(genannt) ? genannt : erkannt);
  const titel = /<title[^>]*>([^<]{1,500})<\/title>/i.exec(html)?.[1];
  return [titel && textOfHtml(titel), textOfHtml(html)].filter(Boolean).join('\n');
}
