import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { AktenplanErrors } from './einheit.ts';

/** `zahl`: the spreadsheet holds a number, so that zeros at its ends are lost. */
export type Zelle = { text: string; zahl: boolean };
export type Tabellenzeile = { nummer: number; zellen: Zelle[] };

const MAX_ZEILEN = 20_000;
const MAX_TEIL = 60_000_000;

/** The rows of a CSV (any usual separator, UTF-8 or Windows-1252) or of the first sheet of an XLSX, with their numbers in the file. Empty rows are left out. */
export async function readTabelle(bytes: Buffer): Promise<Tabellenzeile[]> {
  const rows = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4])) ? await readXlsx(bytes) : readCsv(bytes);
  const filled = rows.filter((row) => row.zellen.some((z) => z.text.trim() !== ''));
  if (filled.length > MAX_ZEILEN) throw AktenplanErrors.datei_zu_gross({ zeilen: filled.length });
  return filled;
}

function decode(bytes: Buffer): string {
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return new TextDecoder('utf-16le').decode(bytes);
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return new TextDecoder('windows-1252').decode(bytes); }
}

function readCsv(bytes: Buffer): Tabellenzeile[] {
  if (bytes.subarray(0, 8192).includes(0) && bytes[0] !== 0xff) throw AktenplanErrors.datei_unlesbar();
  const text = decode(bytes);
  const head = text.slice(0, Math.max(text.indexOf('\n'), 0) || undefined);
  const delimiter = [';', '\t', ','].toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
  let line = 1;
  const rows: Tabellenzeile[] = [];
  try {
    parse(text, {
      delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false,
      on_record(record: string[], { lines }: { lines: number }) {
        rows.push({ nummer: line, zellen: record.map((t) => ({ text: t, zahl: false })) });
        line = lines + 1; // a quoted cell may run over several lines
        return null;
      },
    });
  } catch { throw AktenplanErrors.datei_unlesbar({ zeile: line }); }
  return rows;
}

async function readXlsx(bytes: Buffer): Promise<Tabellenzeile[]> {
  try {
    const parts = await unzip(bytes, (name) => /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/.test(name));
    const strings = sharedStrings(parts.get('xl/sharedStrings.xml') ?? '');
    return sheetRows(parts.get(firstSheet(parts)) ?? '', strings);
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('aktenplan.')) throw error;
    throw AktenplanErrors.datei_unlesbar();
  }
}

function unzip(bytes: Buffer, wanted: (name: string) => boolean): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, string>();
      zip.on('error', reject);
      zip.on('end', () => resolve(parts));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!wanted(entry.fileName)) return zip.readEntry();
        if (entry.uncompressedSize > MAX_TEIL || parts.size > 300) return reject(AktenplanErrors.datei_zu_gross());
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (c: Buffer) => chunks.push(c)).on('error', reject).on('end', () => { parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8')); zip.readEntry(); });
        });
      });
      zip.readEntry();
    });
  });
}

type Handlers = { open?(name: string, attributes: Record<string, string>): void; text?(text: string): void; close?(name: string): void };
function parseXml(xml: string, { open, text, close }: Handlers) {
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => open?.(name.replace(/^.*:/, ''), attributes as Record<string, string>));
  parser.on('text', (t) => text?.(t));
  parser.on('cdata', (t) => text?.(t));
  parser.on('closetag', ({ name }) => close?.(name.replace(/^.*:/, '')));
  parser.on('error', (error) => { throw error; });
  if (xml) parser.write(xml).close();
}

function firstSheet(parts: Map<string, string>): string {
  let rId = '', target = '';
  parseXml(parts.get('xl/workbook.xml') ?? '', { open: (name, a) => { if (name === 'sheet') rId ||= a['r:id'] ?? ''; } });
  parseXml(parts.get('xl/_rels/workbook.xml.rels') ?? '', { open: (name, a) => { if (name === 'Relationship' && a.Id === rId) target = a.Target ?? ''; } });
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return parts.has(path) ? path : [...parts.keys()].find((p) => p.startsWith('xl/worksheets/')) ?? '';
}

function sharedStrings(xml: string): string[] {
  const all: string[] = [];
  let inText = false, phonetic = false;
  parseXml(xml, {
    open: (name) => { if (name === 'si') all.push(''); inText = name === 't'; if (name === 'rPh') phonetic = true; },
    text: (t) => { if (inText && !phonetic && all.length) all[all.length - 1] += t; },
    close: (name) => { if (name === 't') inText = false; if (name === 'rPh') phonetic = false; },
  });
  return all;
}

const columnOf = (reference: string) => [...(/^[A-Z]+/.exec(reference)?.[0] ?? 'A')].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;

function sheetRows(xml: string, strings: readonly string[]): Tabellenzeile[] {
  const rows: Tabellenzeile[] = [];
  let cell = { spalte: 0, typ: 'n', wert: '' };
  let reading = false;
  parseXml(xml, {
    open(name, a) {
      if (name === 'row') rows.push({ nummer: Number(a.r) || (rows.at(-1)?.nummer ?? 0) + 1, zellen: [] });
      if (name === 'c') cell = { spalte: a.r ? columnOf(a.r) : (rows.at(-1)?.zellen.length ?? 0), typ: a.t ?? 'n', wert: '' };
      reading = name === 'v' || name === 't';
    },
    text: (t) => { if (reading) cell.wert += t; },
    close(name) {
      if (name === 'v' || name === 't') reading = false;
      const zellen = rows.at(-1)?.zellen;
      if (name !== 'c' || !zellen || cell.spalte > 200) return;
      while (zellen.length < cell.spalte) zellen.push({ text: '', zahl: false });
      zellen.push({ text: cell.typ === 's' ? strings[Number(cell.wert)] ?? '' : cell.typ === 'b' ? (cell.wert === '1' ? 'ja' : 'nein') : cell.wert, zahl: cell.typ === 'n' && cell.wert !== '' });
    },
  });
  return rows;
}
