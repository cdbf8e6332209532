import { formatZeit } from '#platform/server/zeit.ts';

// Identifiers are written in ASCII, what people read is not. Parts of words in which ae, oe, ue and ss stand for ä, ö, ü and ß:
const UMLAUTE: readonly [RegExp, string][] = [
  [/gelaeufig/g, 'geläufig'], [/aender/g, 'änder'], [/aenger/g, 'änger'], [/loesch/g, 'lösch'], [/pruef/g, 'prüf'], [/schluess/g, 'schlüss'], [/zurueck/g, 'zurück'], [/fuehr/g, 'führ'], [/gueltig/g, 'gültig'],
  [/uebern/g, 'übern'], [/ueber/g, 'über'], [/fuer/g, 'für'], [/empfaeng/g, 'empfäng'], [/geschaeft/g, 'geschäft'], [/traeg/g, 'träg'], [/zusaetz/g, 'zusätz'], [/vollstaendig/g, 'vollständig'], [/zustaendig/g, 'zuständig'],
  [/haeng/g, 'häng'], [/klaer/g, 'klär'], [/laeuft/g, 'läuft'], [/groesse/g, 'größe'], [/zaehl/g, 'zähl'], [/behoerde/g, 'behörde'], [/moeglich/g, 'möglich'], [/gewaehr/g, 'gewähr'], [/hoech/g, 'höch'], [/naechst/g, 'nächst'],
];
const readable = (word: string) => UMLAUTE.reduce((w, [from, to]) => w.replace(from, to), word);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `letzteAenderung`, `fremdes_geschaeftszeichen`, `federfuehrungId` → what stands before the colon. */
export function feldbezeichnung(feld: string): string {
  const words = feld.replace(/^felder\./, '').replace(/(Id|_id)$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').split(/[_\s.]+/).map((w) => readable(w.toLowerCase()));
  return words.map((w, i) => (i === 0 || i === words.length - 1 ? capital(w) : w)).join(' '); // the last word is the noun
}

/** What an art without a sentence of its own says: »Vorgang: abgeschlossen«. */
export function ersatztext(art: string): string {
  const [noun = '', participle = ''] = art.split('.');
  const words = readable(participle).split('_');
  return `– ${capital(readable(noun))}: ${words.map((w, i) => (i === words.length - 1 ? w : capital(w))).join(' ')}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Ids anywhere in what an Ereignis carries, to be named before it is told. */
export function idsIn(daten: unknown): string[] {
  if (isId(daten)) return [daten];
  return typeof daten === 'object' && daten !== null ? Object.values(daten).flatMap(idsIn) : [];
}
/** The same with names in the place of ids, where they are known. */
export function withNames<T>(daten: T, namen: ReadonlyMap<string, string>): T {
  if (isId(daten)) return (namen.get(daten) ?? daten) as T;
  if (Array.isArray(daten)) return daten.map((d) => withNames(d as unknown, namen)) as T;
  if (typeof daten !== 'object' || daten === null) return daten;
  return Object.fromEntries(Object.entries(daten).map(([k, v]) => [k, withNames(v as unknown, namen)])) as T;
}

/** A value as a clerk reads it; null when there was none. */
export function wert(value: unknown, namen: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  if (typeof value === 'number') return value.toLocaleString('de-DE', { maximumFractionDigits: 10, useGrouping: false });
  if (Array.isArray(value)) return value.length ? value.map((v) => wert(v, namen) ?? '–').join(', ') : null;
  // An object that was named when it happened (a Rolle, an office) is its name, not its parts.
  if (typeof value === 'object' && 'bezeichnung' in value) {
    const { kennzeichen, bezeichnung, leitung } = value as { kennzeichen?: string; bezeichnung: string; leitung?: boolean };
    return `${kennzeichen ? `${kennzeichen} ` : ''}${bezeichnung}${leitung ? ' (Leitung)' : ''}`;
  }
  if (typeof value === 'object') return Object.entries(value).map(([k, v]) => `${feldbezeichnung(k)}: ${wert(v, namen) ?? '–'}`).join(', ');
  const text = String(value);
  if (isId(text)) return namen.get(text) ?? 'nicht sichtbar oder nicht mehr vorhanden';
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (day) return `${day}.${month}.${year}`;
  return INSTANT.test(text) ? formatZeit(new Date(text), { dateStyle: 'medium', timeStyle: 'short' }) : text;
}
