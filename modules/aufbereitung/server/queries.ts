import { sql } from 'kysely';
import { authorizeInhalt, getInhalte, type Inhalt } from '#modules/ablage/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { formatZeit } from '#platform/server/zeit.ts';
import type { Aufbereitung, EMail, ExtrahierteAnlage, Schritt, Schrittart } from '../contract.ts';
import { checkEndung, MAX_ANLAGEN_JE_WURZEL, SCHRITTARTEN } from './aufbereitung.ts';
import { formatNamen, presentGrund, presentHinweis, schrittTitel } from './gruende.ts';
import type { Format, GrundCode, Hinweis, Mail } from './konverter/protokoll.ts';
import type { AufbereitungTables } from './tables.gen.ts';

const db = tables<AufbereitungTables>();
/** As much of a text as is laid out for print; some 300 pages. */
const DRUCK_ZEICHEN = 1_000_000;

/** One content, for a person who may read it through some object. */
export async function getAufbereitung(tx: ReadTx, inhaltId: string): Promise<Aufbereitung> {
  const inhalt = await authorizeInhalt(tx, inhaltId);
  const [eine] = (await getAufbereitungen(tx, [inhalt])).values();
  return eine!;
}

/** Many, for modules that have authorised the objects these belong to. What is not begun has every step open. */
export async function getAufbereitungen(tx: ReadTx, inhalte: readonly Pick<Inhalt, 'id' | 'dateiname'>[]): Promise<Map<string, Aufbereitung>> {
  const ids = inhalte.map((i) => i.id as string);
  if (!ids.length) return new Map();
  const read = db.read(tx);
  const [zeilen, schritte, texte, bilder, anlagen] = [
    await read.selectFrom('aufbereitung.aufbereitung').selectAll().where('inhalt_id', 'in', ids).execute(),
    await read.selectFrom('aufbereitung.schritt').selectAll().where('inhalt_id', 'in', ids).execute(),
    await read.selectFrom('aufbereitung.seitentext').select('inhalt_id').distinct().where('inhalt_id', 'in', ids).where('text', '<>', '').execute(),
    await read.selectFrom('aufbereitung.seitenbild').select(['inhalt_id', 'art', 'seite', 'breite', 'hoehe']).where('inhalt_id', 'in', ids).orderBy('seite').execute(),
    await getExtrahierteAnlagen(tx, ids),
  ];
  return new Map(inhalte.map(({ id, dateiname }) => {
    const z = zeilen.find((r) => r.inhalt_id === id);
    const format = (z?.format ?? null) as Format | null;
    const eigene = bilder.filter((b) => b.inhalt_id === id);
    const seitenbilder = eigene.flatMap(({ art, seite, breite, hoehe }) => art === 'seite' ? [{ seite, breite, hoehe }] : []);
    const hinweise: Hinweis[] = z && format ? [...checkEndung(dateiname, format), ...(z.hinweise as Hinweis[])] : [];
    return [id, {
      inhaltId: id, dateiname, format, formatName: format && formatNamen[format], mime: z?.mime ?? null, seiten: z?.seiten ?? null,
      textVorhanden: texte.some((t) => t.inhalt_id === id), hinweise: hinweise.map(presentHinweis),
      schritte: SCHRITTARTEN.map((art) => presentSchritt(art, schritte.find((s) => s.inhalt_id === id && s.art === art))),
      bilder: { daumen: eigene.length - seitenbilder.length, seite: seitenbilder.length }, seitenbilder, rendition: z?.rendition_id != null, mail: (z?.mail ?? null) as EMail | null, anlagen: anlagen.get(id) ?? [],
    }];
  }));
}

type Schrittzeile = { status: Schritt['status']; code: string | null; daten: any; fertig: number; gesamt: number; geaendert: string };
function presentSchritt(art: Schrittart, zeile: Schrittzeile | undefined): Schritt {
  const status = zeile?.status ?? 'offen';
  const grund = zeile?.code ? presentGrund(zeile.code as GrundCode, zeile.daten) : undefined;
  return {
    art, titel: schrittTitel[art], status, code: zeile?.code ?? null, grund: grund?.grund ?? null, abhilfe: status === 'fehlgeschlagen' ? grund?.abhilfe ?? null : null,
    wiederholbar: status === 'fehlgeschlagen' && grund?.wiederholbar === true, fortschritt: zeile?.gesamt ? { fertig: zeile.fertig, gesamt: zeile.gesamt } : null, geaendert: zeile?.geaendert ?? null,
  };
}

/** What was read of mails, with what they tell of themselves; contents that are none, or not read yet, are missing. */
export async function getMails(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, Mail>> {
  if (!inhaltIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('aufbereitung.aufbereitung').select(['inhalt_id', 'mail']).where('inhalt_id', 'in', [...inhaltIds]).where('mail', 'is not', null).execute();
  return new Map(rows.map((r) => [r.inhalt_id, r.mail as Mail]));
}

/** What was lifted out of mails, by the mail's content. */
export async function getExtrahierteAnlagen(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, ExtrahierteAnlage[]>> {
  if (!inhaltIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('aufbereitung.anlage').selectAll().where('inhalt_id', 'in', [...inhaltIds]).orderBy('inhalt_id').orderBy('nr').execute();
  return Map.groupBy(rows.map((r) => ({ ...r, inhaltId: r.anlage_id as ExtrahierteAnlage['inhaltId'], contentId: r.content_id })), (r) => r.inhalt_id);
}

/** All text of each content, page after page; contents without text are missing. */
export async function getTexte(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, string>> {
  if (!inhaltIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('aufbereitung.seitentext').select(['inhalt_id', sql<string>`string_agg(text, E'\n\n' order by seite)`.as('text')])
    .where('inhalt_id', 'in', [...inhaltIds]).where('text', '<>', '').groupBy('inhalt_id').execute();
  return new Map(rows.map((r) => [r.inhalt_id, r.text]));
}

/** The text page by page, where the content has pages; else it is one piece without a number. */
export async function getSeitentexte(tx: ReadTx, inhaltId: string): Promise<{ seite: number | null; text: string }[]> {
  const rows = await db.read(tx).selectFrom('aufbereitung.seitentext as t').innerJoin('aufbereitung.aufbereitung as a', 'a.inhalt_id', 't.inhalt_id').select(['t.seite', 't.text', 'a.format']).where('t.inhalt_id', '=', inhaltId).orderBy('t.seite').execute();
  return rows.map(({ seite, text, format }) => ({ seite: format === 'pdf' || format === 'tiff' ? seite : null, text }));
}

export async function listTextseiten(tx: ReadTx, inhaltId: string, { von, anzahl, woerter }: { von: number; anzahl: number; woerter: boolean }) {
  await authorizeInhalt(tx, inhaltId);
  const alle = db.read(tx).selectFrom('aufbereitung.seitentext').where('inhalt_id', '=', inhaltId);
  const { gesamt } = await alle.select((eb) => eb.fn.countAll<number>().as('gesamt')).executeTakeFirstOrThrow();
  const rows = await alle.select(['seite', 'text', 'quelle', 'konfidenz', 'breite', 'hoehe']).$if(woerter, (q) => q.select('woerter')).where('seite', '>=', von).orderBy('seite').limit(anzahl).execute();
  return { gesamt: Number(gesamt), seiten: rows.map((r) => ({ ...r, woerter: (woerter ? r.woerter : null) ?? null })) };
}

/** Where the bytes of a page's image lie; 404 while there is none. */
export async function findSeitenbild(tx: ReadTx, inhaltId: string, seite: number, art: 'daumen' | 'seite') {
  await authorizeInhalt(tx, inhaltId);
  const bild = await db.read(tx).selectFrom('aufbereitung.seitenbild as b').innerJoin('aufbereitung.aufbereitung as a', 'a.inhalt_id', 'b.inhalt_id').select(['b.versatz', 'b.laenge', 'a.vorschau_id'])
    .where('b.inhalt_id', '=', inhaltId).where('b.seite', '=', seite).where('b.art', '=', art).executeTakeFirst();
  const paket = bild?.vorschau_id ? (await getInhalte(tx, [bild.vorschau_id])).get(bild.vorschau_id) : undefined;
  if (!bild || !paket) throw NotFound('Seitenbild');
  return { paket, von: bild.versatz, laenge: bild.laenge };
}

export async function findRendition(tx: ReadTx, inhaltId: string): Promise<Inhalt> {
  await authorizeInhalt(tx, inhaltId);
  const row = await db.read(tx).selectFrom('aufbereitung.aufbereitung').select('rendition_id').where('inhalt_id', '=', inhaltId).executeTakeFirst();
  const rendition = row?.rendition_id ? (await getInhalte(tx, [row.rendition_id])).get(row.rendition_id) : undefined;
  if (!rendition) throw NotFound('PDF-Ansicht');
  return rendition;
}

/** The PDF that stands for a content in print. */
export async function findDruckfassungen(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (let i = 0; i < inhaltIds.length; i += 5000) {
    const rows = await db.read(tx).selectFrom('aufbereitung.aufbereitung').select(['inhalt_id', 'rendition_id']).where('inhalt_id', 'in', inhaltIds.slice(i, i + 5000)).where('rendition_id', 'is not', null).execute();
    for (const r of rows) all.set(r.inhalt_id, r.rendition_id!);
  }
  return all;
}

/** What a job needs to begin: the content, and for mails how deep it lies and how many siblings the whole family has already. */
export async function loadInhalt(tx: ReadTx, inhaltId: string) {
  const inhalt = (await getInhalte(tx, [inhaltId])).get(inhaltId);
  const zeile = await db.read(tx).selectFrom('aufbereitung.aufbereitung').select(['format', 'rendition_id']).where('inhalt_id', '=', inhaltId).executeTakeFirst();
  if (!inhalt || !zeile || inhalt.sperre) return undefined; // what the virus scanner has to see first is begun again when it has
  const rendition = zeile.rendition_id ? (await getInhalte(tx, [zeile.rendition_id])).get(zeile.rendition_id) : undefined;
  return { inhalt, format: zeile.format as Format | null, rendition };
}

export async function loadStammbaum(tx: ReadTx, inhaltId: string) {
  const oben = await db.read(tx).selectFrom('aufbereitung.anlage').select(['wurzel_id', 'tiefe']).where('anlage_id', '=', inhaltId).executeTakeFirst();
  const wurzelId = oben?.wurzel_id ?? inhaltId;
  const { familie } = await db.read(tx).selectFrom('aufbereitung.anlage').select((eb) => eb.fn.countAll<number>().as('familie')).where('wurzel_id', '=', wurzelId).executeTakeFirstOrThrow();
  const vorhanden = await db.read(tx).selectFrom('aufbereitung.anlage').select('nr').where('inhalt_id', '=', inhaltId).limit(1).executeTakeFirst();
  return { stammbaum: { wurzelId, tiefe: oben?.tiefe ?? 0, vorhanden: vorhanden !== undefined }, frei: Math.max(0, MAX_ANLAGEN_JE_WURZEL - Number(familie)) };
}

/** A mail's head, and the text to be laid out for print. */
export async function loadDrucktext(tx: ReadTx, inhaltId: string) {
  const zeile = await db.read(tx).selectFrom('aufbereitung.aufbereitung').select('mail').where('inhalt_id', '=', inhaltId).executeTakeFirst();
  const mail = (zeile?.mail ?? null) as EMail | null;
  if (!mail) return { titel: undefined, kopf: [], text: ((await getTexte(tx, [inhaltId])).get(inhaltId) ?? '').slice(0, DRUCK_ZEICHEN), anlagen: [] };
  const adressen = (liste: EMail['von']) => liste.map((a) => (a.name && a.adresse ? `${a.name} <${a.adresse}>` : a.name || a.adresse)).join(', ');
  const datum = mail.datum && formatZeit(new Date(mail.datum), { dateStyle: 'long', timeStyle: 'short' });
  const kopf = ([['Von', adressen(mail.von)], ['An', adressen(mail.an)], ['Kopie', adressen(mail.cc)], ['Datum', datum ?? ''], ['Betreff', mail.betreff]] as [string, string][]).filter(([, wert]) => wert);
  const anlagen = (await getExtrahierteAnlagen(tx, [inhaltId])).get(inhaltId) ?? [];
  return { titel: mail.betreff || undefined, kopf, text: mail.text.slice(0, DRUCK_ZEICHEN), anlagen: anlagen.filter((a) => !a.inline).map((a) => a.dateiname) };
}

/** Pages still to be recognised, the first ones first. */
export const loadOcrSeiten = async (tx: ReadTx, inhaltId: string, anzahl: number) =>
  (await db.read(tx).selectFrom('aufbereitung.seitentext').select(['seite']).where('inhalt_id', '=', inhaltId).where('ocr', '=', 'offen').orderBy('seite').limit(anzahl).execute()).map((r) => r.seite);

export const isTextOffen = async (tx: ReadTx, inhaltId: string) =>
  (await db.read(tx).selectFrom('aufbereitung.schritt').select('status').where('inhalt_id', '=', inhaltId).where('art', '=', 'text').executeTakeFirst())?.status === 'offen';

/** Contents lifted out of mails may be read by whoever may read the mail. */
export async function findMails(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, readonly string[]>> {
  if (!inhaltIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('aufbereitung.anlage').select(['anlage_id', 'inhalt_id']).where('anlage_id', 'in', [...inhaltIds]).execute();
  return new Map(rows.map((r) => [r.anlage_id, [r.inhalt_id]]));
}

export const listBegonnene = async (tx: ReadTx, inhaltIds: readonly string[]): Promise<string[]> =>
  (inhaltIds.length ? (await db.read(tx).selectFrom('aufbereitung.aufbereitung').select('inhalt_id').where('inhalt_id', 'in', [...inhaltIds]).execute()).map((r) => r.inhalt_id) : []);

/** Steps that have been waiting or running for a day. */
export const listStehengebliebene = (tx: ReadTx) => db.read(tx).selectFrom('aufbereitung.schritt as s').innerJoin('aufbereitung.aufbereitung as a', 'a.inhalt_id', 's.inhalt_id')
  .select(['s.inhalt_id', 's.art', 'a.format']).where('s.status', 'in', ['offen', 'laeuft']).where('s.geaendert', '<', sql<string>`now() - interval '1 day'`).limit(10_000).execute();
