import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import type { z } from 'zod';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { foldText, normalizeAktenzeichen, type Aktenplan, type Aktenplaneinheit, type AktenplaneinheitKurz, type api, type Vererbbar } from '../contract.ts';
import { countAkten } from './belegung.ts';
import { belegungshindernisse, wirksameWerte, type Stufenwerte } from './einheit.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();
type Query<O extends keyof typeof api> = (typeof api)[O] extends { query: infer Q extends z.ZodType } ? z.output<Q> : never;
type EinheitTable = AktenplanTables['aktenplan.aktenplaneinheit'];
export type Einheit = Selectable<EinheitTable>;
type Eb = ExpressionBuilder<AktenplanTables & { e: EinheitTable }, 'e'>;

/** The legal day (ZEITZONE), wherever the server stands. */
export const heute = sql<string>`current_date`;
const rechteAn = (tx: ReadTx, rechte: readonly string[]) => rechte.filter((recht) => tx.ctx.akteur.rechte.has(recht));
const giltHeute = (von: string, bis: string) => sql<boolean>`(coalesce(${sql.ref(von)} <= ${heute}, true) and coalesce(${sql.ref(bis)} >= ${heute}, true))`;

const selectPlaene = (tx: ReadTx) => db.read(tx).selectFrom('aktenplan.aktenplan as p').select(['p.id', 'p.bezeichnung', 'p.typ', 'p.versionsbezeichnung', 'p.ebenen', 'p.gueltig_von', 'p.gueltig_bis', 'p.version'])
  .select(sql<boolean>`(p.gueltig_von is not null and ${giltHeute('p.gueltig_von', 'p.gueltig_bis')})`.as('gueltig'))
  .select((eb) => eb.selectFrom('aktenplan.aktenplaneinheit as e').whereRef('e.aktenplan_id', '=', 'p.id').where('e.aufgegangen_in', 'is', null).select((c) => c.fn.countAll<number>().as('n')).as('einheiten'));
type Planzeile = Awaited<ReturnType<ReturnType<typeof selectPlaene>['executeTakeFirstOrThrow']>>;

export function presentAktenplan(tx: ReadTx, { gueltig_von, gueltig_bis, einheiten, ...p }: Planzeile) {
  return { ...p, einheiten: Number(einheiten), gueltigVon: gueltig_von, gueltigBis: gueltig_bis, rechte: rechteAn(tx, ['aktenplan.sehen', 'aktenplan.verwalten']) } as Aktenplan;
}
export async function getAktenplan(tx: ReadTx, id: string) {
  const row = await selectPlaene(tx).where('p.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Aktenplan');
  return presentAktenplan(tx, row);
}
export async function listAktenplaene(tx: ReadTx, query: Query<'listAktenplaene'>) {
  const { tag } = query;
  const found = tag === undefined ? selectPlaene(tx) : selectPlaene(tx).where('p.gueltig_von', '<=', tag).where((eb) => eb.or([eb('p.gueltig_bis', 'is', null), eb('p.gueltig_bis', '>=', tag)]));
  const { rows, ...rest } = await paginate(found, { sort: { gueltigVon: 'p.beginn', bezeichnung: 'p.bezeichnung' }, id: 'p.id' }, query);
  return { eintraege: rows.map((row) => presentAktenplan(tx, row)), ...rest };
}
/** The plan that holds today. */
export async function findGueltigenAktenplan(tx: ReadTx): Promise<string | undefined> {
  return (await db.read(tx).selectFrom('aktenplan.aktenplan as p').select('p.id').where('p.gueltig_von', 'is not', null).where(giltHeute('p.gueltig_von', 'p.gueltig_bis')).executeTakeFirst())?.id;
}

/** Children that divide the unit: those merged away no longer do. */
const kinder = (eb: Eb) => eb.selectFrom('aktenplan.aktenplaneinheit as k').whereRef('k.parent_id', '=', 'e.id').where('k.aufgegangen_in', 'is', null).select((c) => c.fn.countAll<number>().as('n'));
/** Valid today: the plan, the unit and every unit above it. */
const gueltig = sql<boolean>`(${giltHeute('e.gueltig_von', 'e.gueltig_bis')}
  and exists (select from aktenplan.aktenplan p where p.mandant_id = e.mandant_id and p.id = e.aktenplan_id and p.gueltig_von is not null and ${giltHeute('p.gueltig_von', 'p.gueltig_bis')})
  and not exists (select from aktenplan.aktenplaneinheit o where o.mandant_id = e.mandant_id and o.id = any(e.pfad) and not ${giltHeute('o.gueltig_von', 'o.gueltig_bis')}))`;

export const selectEinheiten = (tx: ReadTx) => db.read(tx).selectFrom('aktenplan.aktenplaneinheit as e').selectAll('e')
  .select((eb) => [kinder(eb as unknown as Eb).as('kinder'), gueltig.as('gueltig'),
    eb.selectFrom('aktenplan.kennzeichen_alias as a').whereRef('a.aktenplaneinheit_id', '=', 'e.id').select(sql<string[]>`coalesce(array_agg(a.kennzeichen order by a.kennzeichen), '{}')`.as('alle')).as('aliasse')]);
export type Einheitzeile = Awaited<ReturnType<ReturnType<typeof selectEinheiten>['executeTakeFirstOrThrow']>>;

export const stufenwerte = (e: Pick<Einheit, 'id' | 'kennzeichen' | 'betreff_kurz' | 'abweichungsgruende' | keyof Vererbbar | 'unbefristet'>): Stufenwerte => ({
  id: e.id, bezeichnung: `${e.kennzeichen} ${e.betreff_kurz}`, werte: werteVon(e), gruende: e.abweichungsgruende,
});
export const werteVon = (e: Pick<Einheit, keyof Vererbbar | 'unbefristet'>): Vererbbar => ({
  aussonderungsart: e.aussonderungsart, aufbewahrungsdauer: e.unbefristet ? 'unbefristet' : e.aufbewahrungsdauer, vertraulichkeit: e.vertraulichkeit, schutzklasse: e.schutzklasse,
});
export const alsPfadTeil = (e: { id: string; kennzeichen: string; betreff_kurz: string }) => ({ id: e.id, kennzeichen: e.kennzeichen, bezeichnung: e.betreff_kurz }) as AktenplaneinheitKurz['pfad'][number];

/** Units by id, with everything above them. */
export async function readWithUpper(tx: ReadTx, pfade: readonly (readonly string[])[]): Promise<Map<string, Einheit>> {
  const ids = [...new Set(pfade.flat())];
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function presentKurz(tx: ReadTx, e: Einheitzeile, upper: Map<string, Einheit>, akten: Map<string, number>): AktenplaneinheitKurz {
  const stillgelegt = e.stillgelegt_am !== null;
  return {
    id: e.id, aktenplanId: e.aktenplan_id, parentId: e.parent_id, kennzeichen: e.kennzeichen, betreffKurz: e.betreff_kurz, inhaltsangabe: e.inhaltsangabe,
    ebene: e.pfad.length, pfad: e.pfad.flatMap((id) => { const o = upper.get(id); return o ? [alsPfadTeil(o)] : []; }),
    kinder: Number(e.kinder), akten: akten.get(e.id) ?? 0,
    hindernisse: belegungshindernisse({ kinder: Number(e.kinder), gueltig: e.gueltig, stillgelegt }),
    gueltigVon: e.gueltig_von, gueltigBis: e.gueltig_bis, stillgelegt, aufgegangenIn: e.aufgegangen_in, fruehereKennzeichen: e.aliasse ?? [],
    rechte: rechteAn(tx, ['aktenplan.sehen', 'aktenplan.verwalten', 'aktenzeichen.verwalten', 'aktenzeichen.manuell']),
  } as AktenplaneinheitKurz;
}

export async function listAktenplaneinheiten(tx: ReadTx, query: Query<'listAktenplaneinheiten'>) {
  const planId = query.aktenplanId ?? (query.parentId && query.parentId !== 'wurzel' ? undefined : await findGueltigenAktenplan(tx));
  if (!planId && (!query.parentId || query.parentId === 'wurzel')) return { eintraege: [], gesamt: 0, weiter: null };
  let found = selectEinheiten(tx);
  if (planId) found = found.where('e.aktenplan_id', '=', planId);
  if (query.parentId === 'wurzel') found = found.where('e.parent_id', 'is', null);
  else if (query.parentId) found = found.where('e.parent_id', '=', query.parentId);
  if (!query.stillgelegte) found = found.where('e.stillgelegt_am', 'is', null).where('e.aufgegangen_in', 'is', null);
  if (query.belegbar) found = found.where('e.stillgelegt_am', 'is', null).where(gueltig).where((eb) => eb(kinder(eb as unknown as Eb), '=', 0 as never));
  if (query.suche) found = found.where(await matches(tx, query.suche));
  const { rows, ...rest } = await paginate(found, { sort: { kennzeichen: 'e.sortierung' }, id: 'e.id' }, query);
  const [upper, akten] = [await readWithUpper(tx, rows.map((r) => r.pfad)), await countAkten(tx, rows.map((r) => r.id), false)];
  return { eintraege: rows.map((row) => presentKurz(tx, row, upper, akten)), ...rest };
}

/** Kennzeichen in any spelling (also a former one, also the beginning of it), or all words somewhere in the texts. */
async function matches(tx: ReadTx, suche: string) {
  const norm = normalizeAktenzeichen(suche);
  const worte = foldText(suche).split(/\s+/).filter(Boolean);
  const former = norm ? (await db.read(tx).selectFrom('aktenplan.kennzeichen_alias').select('aktenplaneinheit_id').where('kennzeichen_norm', '=', norm).execute()).map((r) => r.aktenplaneinheit_id) : [];
  return (eb: Eb) => eb.or([
    ...(former.length ? [eb('e.id', 'in', former)] : []),
    ...(norm ? [eb('e.kennzeichen_norm', '=', norm)] : []),
    eb.and(worte.map((wort) => sql<boolean>`strpos(e.suchtext, ${wort}) > 0`)),
  ]);
}

export async function getAktenplaneinheit(tx: ReadTx, id: string): Promise<Aktenplaneinheit> {
  const row = await selectEinheiten(tx).where('e.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Aktenplaneinheit');
  const upper = await readWithUpper(tx, [row.pfad]);
  const ziele = row.querverweise.length
    ? await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').select(['id', 'kennzeichen', 'betreff_kurz']).where('aktenplan_id', '=', row.aktenplan_id).where('kennzeichen', 'in', row.querverweise).execute() : [];
  return {
    ...presentKurz(tx, row, upper, await countAkten(tx, [row.id], false)), ...werteVon(row),
    abweichungsgruende: row.abweichungsgruende, wirksam: wirksameWerte(ketteVon(row, upper)),
    querverweise: row.querverweise.map((kennzeichen) => { const ziel = ziele.find((z) => z.kennzeichen === kennzeichen); return { kennzeichen, ziel: ziel ? alsPfadTeil(ziel) : null }; }),
    organisationseinheitId: row.organisationseinheit_id, stillgelegtAm: row.stillgelegt_am, stilllegungsgrund: row.stilllegungsgrund, schutzId: row.schutz_id, version: row.version,
  };
}
/** From the root down to the unit itself. */
export const ketteVon = (e: Einheit, upper: Map<string, Einheit>): Stufenwerte[] => e.pfad.flatMap((id) => { const o = id === e.id ? e : upper.get(id); return o ? [stufenwerte(o)] : []; });
