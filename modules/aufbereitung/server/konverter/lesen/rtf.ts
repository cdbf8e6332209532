import iconv from 'iconv-lite';

/** Destinations whose content is not the document's text. */
const STUMM = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'objdata', 'themedata', 'colorschememapping', 'datastore', 'latentstyles', 'listtable',
  'listoverridetable', 'rsidtbl', 'generator', 'xmlnstbl', 'filetbl', 'revtbl', 'fldinst', 'mmathPr', 'wgrffmtfilter', 'bkmkstart', 'bkmkend', 'nonshppict', 'private', 'falt', 'panose', 'pgptbl', 'userprops', 'sp']);
const ZEICHEN: Record<string, string> = { par: '\n', line: '\n', row: '\n', sect: '\n', page: '\n', tab: '\t', cell: '\t', nestcell: '\t', nestrow: '\n', emdash: '—', endash: '–', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•', emspace: ' ', enspace: ' ', '~': ' ', _: '-', '-': '\u00ad' };
/** \fcharsetN → code page [RTF 1.9.1, Character Set] */
const FCHARSET: Record<number, string> = { 0: 'cp1252', 128: 'shift_jis', 134: 'gbk', 136: 'big5', 161: 'cp1253', 162: 'cp1254', 163: 'cp1258', 177: 'cp1255', 178: 'cp1256', 186: 'cp1257', 204: 'cp1251', 222: 'cp874', 238: 'cp1250', 255: 'cp850' };
const TIEFE = 1_000;

type Gruppe = { stumm: boolean; uc: number; seite: string; fonts: boolean };

/** Outlook wraps HTML in RTF [MS-OXRTFEX]: the tags stand in \\*\\htmltag groups, the RTF twin of each between \\htmlrtf and \\htmlrtf0. */
export function textOfRtfMail(bytes: Buffer): { text: string; html: string } {
  const html = /\\fromhtml1\b/.test(bytes.subarray(0, 2_000).toString('latin1'));
  const text = textOfRtf(bytes, html);
  return html ? { text: '', html: text } : { text, html: '' };
}

export function textOfRtf(bytes: Buffer, alsHtml = false): string {
  const quelle = bytes.toString('latin1');
  const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z0-9])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gi;
  const stapel: Gruppe[] = [];
  const fonts = new Map<number, string>();
  let g: Gruppe = { stumm: false, uc: 1, seite: 'cp1252', fonts: false };
  let basis = 'cp1252';
  let font = 0;
  let aus = '';
  let roh: number[] = [];
  let ueberspringen = 0;
  const flush = () => { if (roh.length) { aus += iconv.decode(Buffer.from(roh), iconv.encodingExists(g.seite) ? g.seite : 'cp1252'); roh = []; } };
  const put = (text: string) => { flush(); if (!g.stumm) aus += text; };

  for (let m = token.exec(quelle); m; m = token.exec(quelle)) {
    const [, wort, zahl, hex, symbol, klammer, text] = m;
    if (klammer === '{') {
      flush();
      if (stapel.length > TIEFE) break;
      stapel.push({ ...g });
      ueberspringen = 0;
    } else if (klammer === '}') {
      flush();
      g = stapel.pop() ?? g;
      ueberspringen = 0;
    } else if (hex) {
      if (ueberspringen > 0) ueberspringen--;
      else if (!g.stumm) roh.push(parseInt(hex, 16));
    } else if (text !== undefined) {
      const rest = text.slice(ueberspringen);
      ueberspringen = Math.max(0, ueberspringen - text.length);
      if (!g.stumm) for (let i = 0; i < rest.length; i++) roh.push(rest.charCodeAt(i) & 0xff);
    } else if (symbol) {
      if (symbol === '*') g.stumm = true; // an ignorable destination; what we know is switched on again below
      else if ('\\{}'.includes(symbol)) { if (ueberspringen > 0) ueberspringen--; else if (!g.stumm) roh.push(symbol.charCodeAt(0)); }
      else if (ZEICHEN[symbol]) put(ZEICHEN[symbol]);
      else if (symbol === '\n' || symbol === '\r') put('\n');
    } else if (wort) control(wort.toLowerCase(), zahl === undefined ? undefined : Number(zahl));
  }
  flush();
  return aus;

  function control(wort: string, zahl: number | undefined) {
    if (wort === 'u' && zahl !== undefined) { put(String.fromCharCode(zahl < 0 ? zahl + 65_536 : zahl)); ueberspringen = g.uc; return; }
    if (wort === 'bin' && zahl) { token.lastIndex += Math.min(zahl, quelle.length); return; }
    flush();
    if (wort === 'uc') g.uc = zahl ?? 1;
    else if (wort === 'ansicpg' && zahl) { basis = g.seite = `cp${zahl}`; }
    else if (wort === 'mac') basis = g.seite = 'macroman';
    else if (wort === 'pc') basis = g.seite = 'cp437';
    else if (wort === 'pca') basis = g.seite = 'cp850';
    else if (wort === 'fonttbl') { g.fonts = true; g.stumm = true; }
    else if (wort === 'f' && zahl !== undefined) { font = zahl; if (!g.fonts) g.seite = fonts.get(zahl) ?? basis; }
    else if (wort === 'fcharset' && g.fonts && zahl !== undefined) { const seite = zahl === 0 ? undefined : FCHARSET[zahl]; if (seite) fonts.set(font, seite); }
    else if (wort === 'plain') g.seite = basis;
    else if (wort === 'htmlrtf') g.stumm = zahl !== 0;
    else if (wort === 'htmltag') g.stumm = !alsHtml;
    else if (STUMM.has(wort)) g.stumm = true;
    else if (wort === 'shptxt' || wort === 'fldrslt' || wort === 'footnote') g.stumm = false;
    else if (ZEICHEN[wort] && !g.stumm) aus += ZEICHEN[wort];
  }
}
