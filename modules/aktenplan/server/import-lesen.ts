import type { Vertraulichkeit} from '../contract.ts';
import { Aufbewahrungsdauer, Schutzklasse, type ImportErgebnis } from '../contract.ts';
import type { Tabellenzeile, Zelle } from './tabelle.ts';

export type Fehler = ImportErgebnis['fehler'][number];
/** One unit as the file wants it. A field that the file has no column for is missing. */
export type Sollzeile = {
  zeile: number; kennzeichen: string; betreffKurz: string; uuid?: string;
  /** Kennzeichen of the upper unit as written; undefined: to be derived from the own one. */
  oberes?: string;
  felder: Partial<{
    inhaltsangabe: string | null; aussonderungsart: string | null; aufbewahrungsdauer: number | 'unbefristet' | null; vertraulichkeit: 'offen' | 'vs_nfd' | null;
    schutzklasse: 'keine' | 'personal' | 'sozial' | 'jugendhilfe' | 'gesundheit' | 'steuer' | null; gueltigVon: string | null; gueltigBis: string | null; querverweise: string[];
  }>;
  stillgelegt?: boolean; grund?: string;
};

/** Columns of the file and the names under which plans write them. */
const SPALTEN = {
  kennzeichen: ['kennzeichen', 'aktenplankennzeichen', 'aktenplannummer', 'nummer', 'nr', 'gliederungsnummer'],
  betreffKurz: ['betreff kurz', 'kurzbetreff', 'betreffkurz', 'bezeichnung', 'betreff', 'titel'],
  oberes: ['übergeordnet', 'übergeordnetes kennzeichen', 'übergeordnete einheit', 'oberes kennzeichen'],
  inhaltsangabe: ['inhaltsangabe', 'inhalt', 'beschreibung', 'hinweis'],
  aussonderungsart: ['aussonderungsart'],
  aufbewahrungsdauer: ['aufbewahrungsdauer', 'aufbewahrungsfrist', 'aufbewahrung', 'aufbewahrungsdauer in jahren'],
  vertraulichkeit: ['vertraulichkeit', 'geheimhaltungsgrad'],
  schutzklasse: ['schutzklasse', 'datenschutzstufe'],
  gueltigVon: ['gültig von', 'gültig ab'],
  gueltigBis: ['gültig bis'],
  stillgelegt: ['stillgelegt'],
  querverweise: ['querverweise', 'querverweis', 'siehe auch', 'verweis'],
  grund: ['abweichungsgrund', 'begründung', 'grund der abweichung'],
  uuid: ['uuid', 'id'],
} as const;
export type Spalte = keyof typeof SPALTEN;
/** Headings of the export, which the import reads back. */
export const UEBERSCHRIFTEN: Record<Spalte, string> = {
  kennzeichen: 'Kennzeichen', betreffKurz: 'Betreff kurz', oberes: 'Übergeordnet', inhaltsangabe: 'Inhaltsangabe', aussonderungsart: 'Aussonderungsart', aufbewahrungsdauer: 'Aufbewahrungsdauer',
  vertraulichkeit: 'Vertraulichkeit', schutzklasse: 'Schutzklasse', gueltigVon: 'Gültig von', gueltigBis: 'Gültig bis', stillgelegt: 'Stillgelegt', querverweise: 'Querverweise', grund: 'Abweichungsgrund', uuid: 'UUID',
};

const plain = (text: string) => text.normalize('NFC').replace(/^'(?=[=+@\-\t])/, '').replace(/\s+/g, ' ').trim();
const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);

/** 31.12.2030, 2030-12-31 or the day number of a spreadsheet. */
export function readTag({ text, zahl }: Zelle): string | undefined {
  const t = plain(text);
  if (zahl && /^\d{4,6}(\.\d+)?$/.test(t)) return new Date(EXCEL_EPOCH + Math.floor(Number(t)) * 86_400_000).toISOString().slice(0, 10);
  const [, d = '', m = '', y = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(t) ?? [];
  const iso = y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : t;
  return isDate(iso) ? iso : undefined;
}
function readDauer(text: string): number | 'unbefristet' | undefined {
  const t = text.toLocaleLowerCase('de-DE');
  if (/^(unbefristet|dauernd|dauerhaft|unbegrenzt|ständig|d)$/.test(t)) return 'unbefristet';
  const [, jahre] = /^(\d{1,3})(?:[.,]0+)?\s*(?:j|jahre?|j\.)?$/.exec(t) ?? [];
  const dauer = Aufbewahrungsdauer.safeParse(jahre === undefined ? undefined : Number(jahre));
  return dauer.success ? dauer.data : undefined;
}
const JA = /^(ja|j|x|wahr|true|1)$/i, NEIN = /^(nein|n|falsch|false|0|)$/i;
const VERTRAULICH: Record<string, Vertraulich> = { offen: 'offen', keine: 'offen', 'vs-nfd': 'vs_nfd', vs_nfd: 'vs_nfd', 'vs – nur für den dienstgebrauch': 'vs_nfd', 'vs - nur für den dienstgebrauch': 'vs_nfd', nfd: 'vs_nfd' };
type Vertraulich = (typeof Vertraulichkeit.options)[number];

/** Reads the heading and every row; all that is wrong with a row by itself is told with its line and column. */
export function readSollzeilen(rows: readonly Tabellenzeile[]): { soll: Sollzeile[]; fehler: Fehler[]; hinweise: Fehler[] } {
  const fehler: Fehler[] = [], hinweise: Fehler[] = [];
  const [kopf, ...rest] = rows;
  if (!kopf) return { soll: [], fehler: [{ zeile: 1, spalte: null, text: 'Die Datei ist leer.' }], hinweise };
  const columns = new Map<Spalte, number>();
  kopf.zellen.forEach(({ text }, i) => {
    const name = plain(text).toLocaleLowerCase('de-DE').replace(/[*:]$/, '').trim();
    const spalte = (Object.keys(SPALTEN) as Spalte[]).find((s) => (SPALTEN[s] as readonly string[]).includes(name));
    if (!spalte) { if (name) hinweise.push({ zeile: kopf.nummer, spalte: plain(text), text: `Die Spalte „${plain(text)}“ ist unbekannt und wird nicht übernommen.` }); }
    else if (columns.has(spalte)) fehler.push({ zeile: kopf.nummer, spalte: plain(text), text: `Die Spalte „${UEBERSCHRIFTEN[spalte]}“ kommt doppelt vor.` });
    else columns.set(spalte, i);
  });
  for (const pflicht of ['kennzeichen', 'betreffKurz'] as const) if (!columns.has(pflicht)) fehler.push({ zeile: kopf.nummer, spalte: null, text: `Die Spalte „${UEBERSCHRIFTEN[pflicht]}“ fehlt.` });
  if (fehler.length) return { soll: [], fehler, hinweise };
  const soll = rest.flatMap((row) => readRow(row, columns, fehler, hinweise) ?? []);
  const first = new Map<string, number>();
  for (const s of soll) {
    const before = first.get(s.kennzeichen);
    if (before !== undefined) fehler.push({ zeile: s.zeile, spalte: UEBERSCHRIFTEN.kennzeichen, text: `Das Kennzeichen ${s.kennzeichen} steht schon in Zeile ${before}.` });
    else first.set(s.kennzeichen, s.zeile);
  }
  return { soll, fehler, hinweise };
}

function readRow({ nummer, zellen }: Tabellenzeile, columns: Map<Spalte, number>, fehler: Fehler[], hinweise: Fehler[]): Sollzeile | undefined {
  const zelle = (s: Spalte) => { const i = columns.get(s); return i === undefined ? undefined : zellen[i] ?? { text: '', zahl: false }; };
  const text = (s: Spalte) => { const z = zelle(s); return z && plain(z.text); };
  const before = fehler.length;
  const wrong = (s: Spalte, was: string) => void fehler.push({ zeile: nummer, spalte: UEBERSCHRIFTEN[s], text: was });
  const short = (s: Spalte, max: number) => { const t = text(s); if (t && t.length > max) wrong(s, `Höchstens ${max} Zeichen, hier sind es ${t.length}.`); return t; };

  const kennzeichen = short('kennzeichen', 50) ?? '', betreffKurz = short('betreffKurz', 250) ?? '';
  if (!kennzeichen) wrong('kennzeichen', 'Das Kennzeichen fehlt.');
  else if (!/[\p{L}\p{Nd}]/u.test(kennzeichen)) wrong('kennzeichen', `„${kennzeichen}“ ist kein Kennzeichen.`);
  if (!betreffKurz) wrong('betreffKurz', 'Der Kurzbetreff fehlt.');
  if (zelle('kennzeichen')?.zahl) hinweise.push({ zeile: nummer, spalte: UEBERSCHRIFTEN.kennzeichen, text: `${kennzeichen} steht als Zahl in der Tabelle; Nullen am Anfang und am Ende gehen dabei verloren. Spalte als Text formatieren.` });

  const felder: Sollzeile['felder'] = {};
  const set = <F extends keyof Sollzeile['felder']>(feld: F, wert: Sollzeile['felder'][F]) => { felder[feld] = wert; };
  const inhalt = short('inhaltsangabe', 4000); if (inhalt !== undefined) set('inhaltsangabe', inhalt || null);
  const art = short('aussonderungsart', 100);
  if (art !== undefined) set('aussonderungsart', /^[abv]$/i.test(art) ? art.toUpperCase() : art || null);
  const dauer = text('aufbewahrungsdauer');
  if (dauer !== undefined) {
    const gelesen = dauer === '' ? null : readDauer(dauer);
    if (gelesen === undefined) wrong('aufbewahrungsdauer', `„${dauer}“ ist keine Aufbewahrungsdauer. Erlaubt sind Jahre, etwa 10, und „unbefristet“.`); else set('aufbewahrungsdauer', gelesen);
  }
  const grad = text('vertraulichkeit');
  if (grad !== undefined) {
    const gelesen = grad === '' ? null : VERTRAULICH[grad.toLocaleLowerCase('de-DE')];
    if (gelesen === undefined) wrong('vertraulichkeit', `„${grad}“ wird nicht geführt. Erlaubt sind „offen“ und „VS-NfD“.`); else set('vertraulichkeit', gelesen);
  }
  const klasse = text('schutzklasse');
  if (klasse !== undefined) {
    const gelesen = klasse === '' ? null : Schutzklasse.safeParse(klasse.toLocaleLowerCase('de-DE')).data;
    if (gelesen === undefined) wrong('schutzklasse', `„${klasse}“ ist keine Schutzklasse. Erlaubt sind ${Schutzklasse.options.join(', ')}.`); else set('schutzklasse', gelesen);
  }
  for (const s of ['gueltigVon', 'gueltigBis'] as const) {
    const z = zelle(s);
    if (!z) continue;
    const tag = plain(z.text) === '' ? null : readTag(z);
    if (tag === undefined) wrong(s, `„${plain(z.text)}“ ist kein Datum. Erlaubt ist etwa 31.12.2030.`); else set(s, tag);
  }
  if (felder.gueltigVon && felder.gueltigBis && felder.gueltigBis < felder.gueltigVon) wrong('gueltigBis', 'Die Gültigkeit endet, bevor sie beginnt.');
  const verweise = text('querverweise'); if (verweise !== undefined) set('querverweise', verweise.split(/\s*[;,]\s*/).filter(Boolean));
  const still = text('stillgelegt');
  if (still !== undefined && !JA.test(still) && !NEIN.test(still)) wrong('stillgelegt', `„${still}“ ist weder ja noch nein.`);
  const uuid = text('uuid')?.toLowerCase();
  if (uuid && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) wrong('uuid', `„${uuid}“ ist keine UUID.`);
  const oberes = text('oberes'), grund = short('grund', 1000);
  if (grund && grund.length < 3) wrong('grund', 'Der Grund ist zu kurz.');
  if (fehler.length > before) return undefined;
  return { zeile: nummer, kennzeichen, betreffKurz, felder, ...(uuid && { uuid }), ...(oberes && { oberes }), ...(still !== undefined && { stillgelegt: JA.test(still) }), ...(grund && { grund }) };
}

/** The Kennzeichen above this one, where the file has not said it: 631.20 → 631, 631 → 63; 63.10 → 63, never 63.1. */
export function ableitbaresOberes(kennzeichen: string, bekannt: ReadonlySet<string>): string | undefined {
  for (let end = kennzeichen.length - 1; end > 0; end--) {
    const prefix = kennzeichen.slice(0, end).replace(/[^\p{L}\p{Nd}]+$/u, '');
    if (prefix === '' || !bekannt.has(prefix)) continue;
    // behind a separator numbers stand as a whole, before the first one each digit is a level
    const rest = kennzeichen.slice(prefix.length);
    if (/^[^\p{L}\p{Nd}]/u.test(rest) || !/[^\p{L}\p{Nd}]/u.test(prefix)) return prefix;
  }
  return undefined;
}
