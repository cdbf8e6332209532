/** The structure of a message as it lies there, byte for byte: what a parser has made of it no signature was made for. */

export type Teil = { kopf: Map<string, string[]>; rumpf: Buffer };

/** Foreign bytes: no expression here backtracks. */
export function splitTeil(roh: Buffer): Teil {
  const text = roh.subarray(0, 1024 * 1024).toString('latin1');
  const match = /^\r?\n|\r?\n\r?\n/.exec(text);
  const ende = match?.index ?? text.length;
  const kopf = new Map<string, string[]>();
  let name = '', wert = '';
  const keep = () => { if (name) kopf.set(name, [...(kopf.get(name) ?? []), wert.trim()]); };
  for (const line of roh.subarray(0, ende).toString('utf8').replace(/^\s+/, '').split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) { if (wert.length < 50_000) wert += ` ${line.trim()}`; continue; }
    keep();
    const colon = line.indexOf(':');
    [name, wert] = colon > 0 && colon < 100 ? [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1)] : ['', ''];
  }
  keep();
  return { kopf, rumpf: match ? roh.subarray(match.index + match[0].length) : Buffer.alloc(0) };
}
export const feldVon = (teil: Teil) => (name: string) => teil.kopf.get(name) ?? [];
export const typVon = (teil: Teil) => (teil.kopf.get('content-type')?.[0] ?? 'text/plain');
export const parameter = (wert: string, name: string) => new RegExp(`[;\\s]${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(wert)?.slice(1).find((w) => w !== undefined);

/** The parts between the boundaries, each without the line break that belongs to the boundary after it. */
export function splitTeile(rumpf: Buffer, grenze: string, hoechstens = 100): Buffer[] {
  const marke = Buffer.from(`--${grenze}`, 'latin1');
  const teile: Buffer[] = [];
  let start = -1;
  for (let at = rumpf.indexOf(marke); at >= 0 && teile.length < hoechstens; at = rumpf.indexOf(marke, at + 1)) {
    if (at > 0 && rumpf[at - 1] !== 10) continue; // not at the beginning of a line
    const nach = rumpf.subarray(at + marke.length, at + marke.length + 200).toString('latin1');
    if (!/^(--)?[ \t]*(\r?\n|$)/.test(nach)) continue;
    if (start >= 0) teile.push(rumpf.subarray(start, at - (at >= 2 && rumpf[at - 2] === 13 ? 2 : 1)));
    if (nach.startsWith('--')) return teile;
    start = at + marke.length + nach.indexOf('\n') + 1;
  }
  return teile;
}

export function decodeRumpf(teil: Teil): Buffer {
  const art = (teil.kopf.get('content-transfer-encoding')?.[0] ?? '').toLowerCase();
  return art === 'base64' ? Buffer.from(teil.rumpf.toString('latin1'), 'base64') : teil.rumpf;
}
/** As it was signed: every line ends with CR LF. */
export const toCrlf = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
