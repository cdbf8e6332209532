import { sql } from 'kysely';
import type { z } from 'zod';
import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import { defineErrors, Forbidden, NotFound } from '#platform/server/errors.ts';
import { paginate, paginateOhneZahl } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Verlaufseintrag, VerlaufQuery } from '../contract.ts';
import { nameOfAkteur, namesOf, visibleObjects, type Objekte } from './namen.ts';
import { ersatztext, feldbezeichnung, idsIn, wert, withNames } from './sprache.ts';
import type { ProtokollTables } from './tables.gen.ts';

const db = tables<ProtokollTables & EreignisTables>();
/** Objects named with one entry; a batch may have touched thousands. */
const NAMED = 20;

export const VerlaufErrors = defineErrors('verlauf', { person_nur_am_objekt: { status: 422, title: 'Nach Personen lässt sich nur der Verlauf eines Objekts eingrenzen, nicht das Protokoll der ganzen Verwaltung' } });

function requireProtokoll(tx: ReadTx) {
  if (!tx.ctx.akteur.rechte.has('protokoll.lesen')) throw Forbidden('protokoll.lesen');
}

/** The history belongs to who may read the object; of what stands in no Schutzbereich, and of the whole Mandant, to the revision. */
async function authorizeVerlauf(tx: ReadTx, objekt: string | undefined) {
  if (objekt === undefined) return requireProtokoll(tx);
  const rows = await db.read(tx).selectFrom('platform.ereignis_objekt').select('objekt').distinct().where('objekt_id', '=', objekt).execute();
  if (!rows.length) throw NotFound('Objekt');
  const art = tx.extensions('schutzobjekt').find(({ typ }) => rows.some((r) => r.objekt === typ));
  if (art) await art.authorize(tx, 'lesen', objekt);
  else requireProtokoll(tx);
}

/** Objects named beside this one in its history that the reader may not see: their Ereignisse are left out, also from the count. */
async function invisibleBeside(tx: ReadTx, objekt: string): Promise<string[]> {
  const typen = tx.extensions('schutzobjekt').map(({ typ }) => typ);
  const rows = await db.read(tx).selectFrom('platform.ereignis_objekt as o').innerJoin('platform.ereignis as e', 'e.id', 'o.ereignis_id')
    .innerJoin(sql<{ typ: string; ids: string }>`lateral json_each_text(e.objekte)`.as<'t'>(sql`t(typ, ids)`), (join) => join.onTrue())
    .select([sql<string>`t.typ`.as('typ'), sql<string>`t.ids`.as('ids')]).distinct().where('o.objekt_id', '=', objekt).where(sql<string>`t.typ`, 'in', typen).execute();
  const beside: Record<string, string[]> = {};
  for (const { typ, ids } of rows) beside[typ] = [...new Set([...(beside[typ] ?? []), ...(JSON.parse(ids) as string[])])].filter((id) => id !== objekt);
  const visible = await visibleObjects(tx, [beside]);
  return Object.values(beside).flat().filter((id) => !visible.has(id));
}

/** What a guest is not told: the declaration of the Ereignis says so. */
const verschwiegenVor = (tx: ReadTx): string[] => (tx.ctx.akteur.art !== 'gast' ? [] : tx.extensions('verlaufstext').flatMap((texte) => Object.keys(texte).filter((art) => texte[art]!.imHaus)));

type Filter = Omit<z.output<typeof VerlaufQuery>, 'limit' | 'cursor' | 'sort'>;

function selectEreignisse(tx: ReadTx, { objekt, akteur, art, von, bis }: Filter, invisible: readonly string[]) {
  let query = db.read(tx).selectFrom('platform.ereignis as e');
  if (objekt !== undefined) query = query.where('e.id', 'in', (eb) => eb.selectFrom('platform.ereignis_objekt as o').select('o.ereignis_id').where('o.objekt_id', '=', objekt));
  const verschwiegen = verschwiegenVor(tx);
  if (verschwiegen.length) query = query.where('e.art', 'not in', verschwiegen);
  if (invisible.length) query = query.where('e.id', 'not in', (eb) => eb.selectFrom('platform.ereignis_objekt as o').select('o.ereignis_id').where('o.objekt_id', 'in', [...invisible]));
  if (akteur?.length) query = query.where('e.akteur_id', 'in', akteur);
  if (art?.length) query = query.where('e.art', 'in', art);
  if (von !== undefined) query = query.where('e.zeit', '>=', sql<string>`${von}::date::timestamptz`);
  if (bis !== undefined) query = query.where('e.zeit', '<', sql<string>`(${bis}::date + 1)::timestamptz`);
  return query;
}

export async function listEreignisse(tx: ReadTx, { limit, cursor, sort, ...filter }: z.output<typeof VerlaufQuery>) {
  await authorizeVerlauf(tx, filter.objekt);
  const jePerson = (filter.akteur?.length ?? 0) > 0;
  if (jePerson && filter.objekt === undefined) throw VerlaufErrors.person_nur_am_objekt();
  const invisible = filter.objekt === undefined ? [] : await invisibleBeside(tx, filter.objekt);
  const query = selectEreignisse(tx, filter, invisible).leftJoin('platform.ereignis_daten as d', 'd.ereignis_id', 'e.id').leftJoin('protokoll.blatt as b', 'b.ereignis_id', 'e.id')
    .select(['e.id', 'e.zeit', 'e.art', 'e.akteur_art', 'e.akteur_id', 'e.vertreten_id', 'e.weg', 'e.objekte', 'd.daten', 'b.folge']);
  const { rows, gesamt, weiter } = await (jePerson ? paginateOhneZahl : paginate)(query, { sort: { zeit: 'e.zeit' }, id: 'e.id' }, { limit, cursor, sort });
  return { eintraege: await present(tx, rows), gesamt, weiter };
}

/** What the reader may not see, or only that it is there: nothing of what happened to it is told. */
const isCovered = (kurz: { geschuetzt?: string | null } | undefined) => kurz === undefined || Boolean(kurz.geschuetzt);

type Row = {
  id: number; zeit: string; art: string; akteur_art: Verlaufseintrag['wer']['art']; akteur_id: string; vertreten_id: string | null; weg: Verlaufseintrag['weg'];
  objekte: Objekte; daten: Record<string, any> | null; folge: number | null;
};

async function present(tx: ReadTx, rows: readonly Row[]): Promise<Verlaufseintrag[]> {
  const visible = await visibleObjects(tx, rows.map((r) => r.objekte));
  const arten = new Map(tx.extensions('schutzobjekt').map(({ typ, label }) => [typ, label]));
  const texte = Object.assign({}, ...tx.extensions('verlaufstext')) as Record<string, ((e: Row & { daten: object }) => string) | undefined>;
  const felder = Object.assign({}, ...tx.extensions('verlaufsfeld')) as Felder;
  const covered = (row: Row) => Object.entries(row.objekte).some(([typ, ids]) => arten.has(typ) && ids.some((id) => isCovered(visible.get(id))));
  const namen = await namesOf(tx, rows.flatMap((r) => [r.akteur_id, r.vertreten_id ?? '', ...(covered(r) ? [] : idsIn(r.daten).slice(0, 500))]));
  const person = (art: Row['akteur_art'], id: string) => ({ id, name: nameOfAkteur({ art, id }, namen) });
  return rows.map((row) => {
    const verdeckt = covered(row);
    const daten = row.daten ?? {};
    const objekte = Object.entries(row.objekte).flatMap(([typ, ids]) => ids.map((id) => ({ typ, id })));
    return {
      id: row.id, zeit: row.zeit, art: row.art, weg: row.weg, verdeckt, versiegelt: row.folge !== null,
      text: verdeckt ? ersatztext(row.art) : tell(texte[row.art], row, withNames(daten, namen)),
      wer: { art: row.akteur_art, ...person(row.akteur_art, row.akteur_id) }, vertreten: row.vertreten_id === null ? null : person('person', row.vertreten_id),
      aenderungen: verdeckt ? [] : aenderungenOf(daten, namen, felder),
      objekte: objekte.slice(0, NAMED).map(({ typ, id }) => {
        const { titel = null, kennzeichen = null, pfad = null } = visible.get(id) ?? {};
        return { typ, id, bezeichnung: arten.get(typ) ?? feldbezeichnung(typ), titel, kennzeichen, pfad };
      }),
      weitereObjekte: Math.max(0, objekte.length - NAMED),
    };
  });
}

/** A sentence that stumbles over the data of an older version must not hide the history. */
function tell(sentence: ((e: Row & { daten: object }) => string) | undefined, row: Row, daten: object): string {
  try { return sentence?.({ ...row, daten }) ?? ersatztext(row.art); } catch { return ersatztext(row.art); }
}

type Felder = Readonly<Record<string, { name: string; werte?: Readonly<Record<string, string>> } | undefined>>;
type Raw = { feld: string; alt: unknown; neu: unknown };
function aenderungenOf(daten: Record<string, unknown>, namen: ReadonlyMap<string, string>, felder: Felder): Verlaufseintrag['aenderungen'] {
  const listed = Array.isArray(daten.aenderungen) ? daten.aenderungen as Raw[] : [];
  // sets that gained and lost members: Rollen of a person, Rechte of a Rolle
  const moved = Array.isArray(daten.dazu) && Array.isArray(daten.weg) ? [{ feld: 'zuordnung', alt: daten.weg, neu: daten.dazu }] : [];
  const word = (feld: string, value: unknown) => felder[feld]?.werte?.[String(value)] ?? wert(value, namen);
  return [...listed, ...moved].slice(0, 200).map(({ feld, alt, neu }) => ({ feld, bezeichnung: felder[feld]?.name ?? feldbezeichnung(feld), alt: word(feld, alt), neu: word(feld, neu) }));
}

/** For the filters of the page: what occurs in this history, and in that of an object who. */
export async function getEreignisfilter(tx: ReadTx, objekt: string | undefined) {
  await authorizeVerlauf(tx, objekt);
  const query = selectEreignisse(tx, { objekt }, objekt === undefined ? [] : await invisibleBeside(tx, objekt));
  const akteure = objekt === undefined ? [] : await query.select(['e.akteur_art as art', 'e.akteur_id as id']).distinct().limit(2000).execute();
  const arten = await query.select('e.art').distinct().orderBy('e.art').execute();
  const namen = await namesOf(tx, akteure.map((a) => a.id));
  const technik = akteure.filter((a) => a.art === 'system');
  const menschen = akteure.filter((a) => a.art !== 'system').map((a) => ({ ...a, name: nameOfAkteur(a, namen) })).toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
  return {
    akteure: [...menschen, ...technik.map((a) => ({ ...a, name: `System: ${a.id}` })).toSorted((a, b) => a.name.localeCompare(b.name, 'de'))],
    arten: arten.map(({ art }) => ({ art, bezeichnung: ersatztext(art).replace(/^– /, '') })),
  };
}
