import { KonverterFehler } from '../protokoll.ts';
import { readRelationen } from './ooxml.ts';
import { local, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

const MAPPE = 'xl/workbook.xml';

/** One text per sheet: its name, then a line per row with cells parted by tabs; dates as people read them. */
export async function readXlsx(zip: Zip, zeichen: number): Promise<string[]> {
  const mappe = await zip.read(MAPPE);
  if (!mappe) throw new KonverterFehler('beschaedigt');
  const relationen = await readRelationen(zip, MAPPE);
  const blaetter: { name: string; teil: string | undefined }[] = [];
  let ab1904 = false;
  readXml(mappe, { open(name, a) {
    if (local(name) === 'sheet') blaetter.push({ name: a.name ?? '', teil: relationen.get(a['r:id'] ?? '') });
    if (local(name) === 'workbookPr') ab1904 = a.date1904 === '1' || a.date1904 === 'true';
  } });
  const texte = await readStrings(zip);
  const datum = await readDatumsformate(zip);
  const ergebnis: string[] = [];
  let rest = zeichen;
  for (const { name, teil } of blaetter) {
    const xml = rest > 0 && teil ? await zip.read(teil) : undefined;
    const blatt = `${name}\n${xml ? readBlatt(xml, texte, datum, ab1904, rest) : ''}`;
    rest -= blatt.length;
    ergebnis.push(blatt);
  }
  return ergebnis;
}

async function readStrings(zip: Zip): Promise<string[]> {
  const xml = await zip.read('xl/sharedStrings.xml');
  const texte: string[] = [];
  let aktuell = '';
  let inText = false, phonetisch = false;
  if (xml) readXml(xml, {
    open(name) { const n = local(name); if (n === 'si') aktuell = ''; else if (n === 't') inText = !phonetisch; else if (n === 'rPh') phonetisch = true; },
    close(name) { const n = local(name); if (n === 'si') texte.push(aktuell); else if (n === 't') inText = false; else if (n === 'rPh') phonetisch = false; },
    text(t) { if (inText) aktuell += t; },
  });
  return texte;
}

/** Which cell styles show a date: built-in formats 14–22, 45–47, or an own format with day, month or year in it. */
async function readDatumsformate(zip: Zip): Promise<boolean[]> {
  const xml = await zip.read('xl/styles.xml');
  const eigene = new Map<number, boolean>();
  const stile: boolean[] = [];
  let inStilen = false;
  if (xml) readXml(xml, {
    open(name, a) {
      const n = local(name);
      if (n === 'numFmt') eigene.set(Number(a.numFmtId), /[dmyjt]/i.test((a.formatCode ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')) && !/[#0]/.test(a.formatCode ?? ''));
      else if (n === 'cellXfs') inStilen = true;
      else if (n === 'xf' && inStilen) { const id = Number(a.numFmtId); stile.push((id >= 14 && id <= 17) || id === 22 || (eigene.get(id) ?? false)); }
    },
    close(name) { if (local(name) === 'cellXfs') inStilen = false; },
  });
  return stile;
}

function readBlatt(xml: Buffer, texte: readonly string[], datum: readonly boolean[], ab1904: boolean, grenze: number): string {
  let aus = '';
  let zelle = { t: '', s: 0, v: '' };
  let inWert = false;
  readXml(xml, {
    open(name, a) {
      const n = local(name);
      if (n === 'c') zelle = { t: a.t ?? '', s: Number(a.s ?? 0), v: '' };
      else if (n === 'v' || n === 't') inWert = true;
    },
    close(name) {
      const n = local(name);
      if (n === 'v' || n === 't') inWert = false;
      else if (n === 'c' && zelle.v && aus.length < grenze) aus += `${valueOf(zelle, texte, datum, ab1904)}\t`;
      else if (n === 'row') aus = `${aus.replace(/\t$/, '')}\n`.replace(/\n\n$/, '\n');
    },
    text(t) { if (inWert) zelle.v += t; },
  });
  return aus;
}

function valueOf({ t, s, v }: { t: string; s: number; v: string }, texte: readonly string[], datum: readonly boolean[], ab1904: boolean): string {
  if (t === 's') return texte[Number(v)] ?? '';
  if (t === 'b') return v === '1' ? 'WAHR' : 'FALSCH';
  const zahl = Number(v);
  if (t !== '' && t !== 'n' || !Number.isFinite(zahl)) return v;
  if (datum[s] && zahl >= 1 && zahl < 2_958_466) return dateOf(zahl + (ab1904 ? 1_462 : 0));
  return Number.isInteger(zahl) ? v : String(Math.round(zahl * 1e10) / 1e10).replace('.', ',');
}
/** Days since 1899-12-30; Excel's own 29 February 1900 makes the first two months differ, which no authority has files of. */
function dateOf(tage: number): string {
  const d = new Date(Date.UTC(1899, 11, 30) + Math.round(tage * 86_400) * 1_000);
  const zwei = (n: number) => String(n).padStart(2, '0');
  const uhr = tage % 1 ? ` ${zwei(d.getUTCHours())}:${zwei(d.getUTCMinutes())}` : '';
  return `${zwei(d.getUTCDate())}.${zwei(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}${uhr}`;
}
