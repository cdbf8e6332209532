import { addTage } from './kalender.ts';
import { anredeVon, type Fund, type Zeile } from './fund.ts';

const MONATE = ['januar', 'februar', 'märz', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'dezember'];
const KURZ: Record<string, number> = { jan: 1, feb: 2, mär: 3, mar: 3, maerz: 3, apr: 4, mai: 5, jun: 6, jul: 7, aug: 8, sep: 9, sept: 9, okt: 10, nov: 11, dez: 12, jänner: 1 };
/** A digit as recognition may have read it. */
const Z = '[0-9OoIl|]';
const MUSTER = new RegExp([
  `(?<![\\p{L}\\p{Nd}.])(?<t1>${Z}{1,2})\\s?\\.\\s?(?<m1>${Z}{1,2})\\s?\\.\\s?(?<j1>(?:[12Il]${Z}{3})|\\d{2})(?![\\p{L}\\p{Nd}])`,
  `(?<![\\p{L}\\p{Nd}.])(?<t2>${Z}{1,2})\\s?\\.\\s?(?<m2>\\p{L}{3,9})\\.?\\s+(?<j2>[12Il]${Z}{3})(?![\\p{L}\\p{Nd}])`,
  `(?<!\\d)(?<j3>20\\d\\d)-(?<m3>\\d\\d)-(?<t3>\\d\\d)(?!\\d)`,
].join('|'), 'gu');
const ziffern = (text: string) => Number(text.replace(/[Oo]/g, '0').replace(/[Il|]/g, '1'));

function monatVon(wort: string): number {
  const w = wort.toLocaleLowerCase('de-DE').replace(/0/g, 'o').replace(/[1|]/g, 'i');
  const ganz = MONATE.findIndex((m) => m === w || m.replace('ä', 'a') === w || m.replace('ä', 'ae') === w);
  if (ganz !== -1) return ganz + 1;
  const kurz = KURZ[w];
  if (kurz) return kurz;
  // one letter misread: »Noverber«
  const nah = MONATE.flatMap((m, i) => (m.length === w.length && m.length > 3 && [...m].filter((c, k) => c !== w[k]).length === 1 ? [i + 1] : []));
  return nah.length === 1 ? nah[0]! : 0;
}

export type Datum = { tag: string; von: number; bis: number };
/** Every date of a text that exists in the calendar, as YYYY-MM-DD, with its place. */
export function findDaten(text: string): Datum[] {
  return [...text.matchAll(MUSTER)].flatMap((m) => {
    const g = m.groups!;
    const tag = ziffern(g['t1'] ?? g['t2'] ?? g['t3']!), monat = g['m2'] ? monatVon(g['m2']) : ziffern(g['m1'] ?? g['m3']!);
    const roh = ziffern(g['j1'] ?? g['j2'] ?? g['j3']!);
    const jahr = roh < 100 ? 2000 + roh : roh;
    if (!(monat >= 1 && monat <= 12) || !(tag >= 1 && tag <= 31) || jahr < 1900 || jahr > 2100) return [];
    const iso = `${jahr}-${String(monat).padStart(2, '0')}-${String(tag).padStart(2, '0')}`;
    return addTage(iso, 0) === iso ? [{ tag: iso, von: m.index, bis: m.index + m[0].length }] : [];
  });
}

/** What stands before a date that is not the letter's own: of birth, of a law, of another letter, of an event. */
const FREMD = /(geb(oren|\.|urtsdatum)?|\*|vom|v\.|seit|ab(?:\s+dem)?|bis(?:\s+(?:zum|spätestens|einschließlich))?|bis spätestens|am|zum|fällig(?:\s+am)?|gültig(?:\s+(?:ab|bis))?|frist|termin|zahlbar|stand|fassung|gezogen|eingegangen|eingang|leistungs(?:datum|zeitraum)|liefer(?:datum|ung)|in kraft)\s*:?\s*(?:den\s+)?$/iu;
const GESETZ = /(bgbl|gesetz|verordnung|satzung|geburts|geboren|\bgeb\.)/iu;
const DATUMSZEILE = /(?:^|[\s,;|])(?:datum|den|date)\s*:?\s*$/iu;

/**
 * The date of the letter: labelled or after »…, den« it is almost certain, alone in the head likely, anywhere else a guess. `eingegangen`: it was not
 * written after it came, nor years before.
 */
export function readDatum(text: string, zeilen: readonly Zeile[], eingegangen: string): Fund[] {
  const anrede = anredeVon(zeilen);
  const fruehestens = addTage(eingegangen, -730), spaetestens = addTage(eingegangen, 1);
  const grade = { datumszeile: 0, kopf: 1, text: 2 } as const;
  const funde = findDaten(text).flatMap(({ tag, von, bis }) => {
    if (tag < fruehestens || tag > spaetestens) return [];
    const nr = zeilen.findIndex((z) => von >= z.von && von < z.bis + 1 && z.text);
    const zeile = zeilen[nr];
    if (!zeile) return [];
    const davor = text.slice(zeile.von, von), im = nr < anrede;
    if (FREMD.test(davor) || GESETZ.test(zeile.text)) return [];
    const allein = zeile.text.length - (bis - von) <= 3;
    // »Linden, 17. November 2026«: a place, a comma, the date, and nothing after it
    const ort = /^[\p{Lu}][\p{L}\s./()-]{1,40},\s*(?:den\s+|d\.\s*)?$/u.test(davor) && text.slice(bis, zeile.bis).trim().length < 3;
    const quelle = im && (DATUMSZEILE.test(davor) || ort) ? 'datumszeile' as const : im ? 'kopf' as const : allein || ort ? 'text' as const : undefined;
    return quelle ? [{ wert: tag, quelle, von, bis, allein }] : [];
  });
  const [bester] = funde.toSorted((a, b) => grade[a.quelle] - grade[b.quelle] || Number(b.allein) - Number(a.allein) || a.von - b.von);
  const gruende = { datumszeile: 'Datumszeile des Schreibens', kopf: 'Datum im Kopf des Schreibens', text: 'einziges Datum, das allein steht' };
  return bester ? [{ wert: bester.wert, quelle: bester.quelle, grund: gruende[bester.quelle], von: bester.von, bis: bester.bis }] : [];
}
