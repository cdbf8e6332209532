import { sql } from 'kysely';
import { createSchutzbereiche } from '#modules/zugriff/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { normalizeAktenzeichen, vererbbareFelder, type EinheitNeu, type Vererbbar } from '../contract.ts';
import { countAkten } from './belegung.ts';
import { abweichungenOhneGrund, AktenplanErrors, sortierung, suchtext, type Stufenwerte } from './einheit.ts';
import { getAktenplaneinheit, ketteVon, readWithUpper, type Einheit } from './queries.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();
export type NeueEinheit = Omit<EinheitNeu, 'aktenplanId' | 'parentId'> & { id: string; parentId: string | null; stillgelegt?: boolean };

/** A reason stands only where a value does, in the order of the fields. */
export const gruendeDerWerte = (e: Pick<EinheitNeu, 'abweichungsgruende' | keyof Vererbbar>): EinheitNeu['abweichungsgruende'] =>
  Object.fromEntries(vererbbareFelder.flatMap((feld) => (e.abweichungsgruende[feld] && e[feld] !== null ? [[feld, e.abweichungsgruende[feld]]] : [])));

/** Columns of a unit's own values. */
export const spalten = (e: Omit<EinheitNeu, 'aktenplanId' | 'parentId'>) => ({
  kennzeichen: e.kennzeichen, kennzeichen_norm: normalizeAktenzeichen(e.kennzeichen), betreff_kurz: e.betreffKurz, inhaltsangabe: e.inhaltsangabe || null, suchtext: suchtext(e),
  aussonderungsart: e.aussonderungsart, aufbewahrungsdauer: typeof e.aufbewahrungsdauer === 'number' ? e.aufbewahrungsdauer : null, unbefristet: e.aufbewahrungsdauer === 'unbefristet',
  vertraulichkeit: e.vertraulichkeit, schutzklasse: e.schutzklasse, abweichungsgruende: JSON.stringify(gruendeDerWerte(e)), querverweise: e.querverweise,
  organisationseinheit_id: e.organisationseinheitId, gueltig_von: e.gueltigVon, gueltig_bis: e.gueltigBis,
});

/**
 * Inserts units with their Schutzbereiche, upper ones first; depth and Kennzeichen are checked, reasons are the caller's matter.
 * One Ereignis names them all.
 */
export async function insertEinheiten(tx: WriteTx, aktenplanId: string, neue: readonly NeueEinheit[]) {
  if (!neue.length) return;
  const plan = await db.write(tx).selectFrom('aktenplan.aktenplan').select('ebenen').where('id', '=', aktenplanId).forShare().executeTakeFirst();
  if (!plan) throw NotFound('Aktenplan');
  const eigene = new Set(neue.map((n) => n.id));
  const fremde = [...new Set(neue.flatMap((n) => (n.parentId && !eigene.has(n.parentId) ? [n.parentId] : [])))];
  const ort = new Map<string, { pfad: string[]; sortierung: string; schutz_id: string }>();
  if (fremde.length) for (const p of await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select(['id', 'pfad', 'sortierung', 'schutz_id']).where('id', 'in', fremde).execute()) ort.set(p.id, p);
  const rows = [];
  const schutz: { id: string; bezeichnung: string; parentId?: string }[] = [];
  for (const n of neue) {
    const upper = n.parentId === null ? undefined : ort.get(n.parentId);
    if (n.parentId !== null && !upper) throw NotFound('Übergeordnete Aktenplaneinheit');
    const pfad = [...(upper?.pfad ?? []), n.id];
    if (pfad.length > plan.ebenen.length) throw AktenplanErrors.zu_tief({ kennzeichen: n.kennzeichen, ebenen: plan.ebenen });
    const schutz_id = newId();
    schutz.push({ id: schutz_id, bezeichnung: `Aktenplan ${n.kennzeichen} ${n.betreffKurz}`, ...(upper && { parentId: upper.schutz_id }) });
    const hier = { pfad, sortierung: sortierung(upper?.sortierung ?? null, n.kennzeichen), schutz_id };
    ort.set(n.id, hier);
    rows.push({ id: n.id, aktenplan_id: aktenplanId, parent_id: n.parentId, ...hier, ...spalten(n), ...(n.stillgelegt && { stillgelegt_am: sql<string>`now()` }) });
  }
  await createSchutzbereiche(tx, schutz);
  for (let i = 0; i < rows.length; i += 500) await db.write(tx).insertInto('aktenplan.aktenplaneinheit').values(rows.slice(i, i + 500)).execute();
  await tx.record({ art: 'aktenplaneinheit.angelegt', objekte: { aktenplaneinheit: rows.map((r) => r.id), aktenplan: aktenplanId }, daten: { kennzeichen: rows.slice(0, 50).map((r) => r.kennzeichen), anzahl: rows.length } });
}

export async function createAktenplaneinheit(tx: WriteTx, { aktenplanId, parentId, ...felder }: EinheitNeu) {
  const id = newId();
  const kette = parentId === null ? [] : await lockUpper(tx, aktenplanId, parentId);
  requireGruende([...kette, { id, bezeichnung: felder.kennzeichen, werte: felder, gruende: felder.abweichungsgruende }]);
  await insertEinheiten(tx, aktenplanId, [{ id, parentId, ...felder }]);
  return getAktenplaneinheit(tx, id);
}

export function requireGruende(kette: readonly Stufenwerte[]) {
  const felder = abweichungenOhneGrund(kette);
  if (felder.length) throw AktenplanErrors.abweichung_ohne_grund({ felder });
}

/** The upper unit is about to be divided: no Akte may be created in it meanwhile, and none may lie in it. */
async function lockUpper(tx: WriteTx, aktenplanId: string, id: string) {
  const upper: Einheit | undefined = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!upper) throw NotFound('Übergeordnete Aktenplaneinheit');
  if (upper.aktenplan_id !== aktenplanId) throw AktenplanErrors.falscher_plan();
  if (upper.aufgegangen_in) throw AktenplanErrors.aufgegangen({ kennzeichen: upper.kennzeichen });
  if (upper.stillgelegt_am) throw AktenplanErrors.einheit_stillgelegt({ kennzeichen: upper.kennzeichen });
  if ((await countAkten(tx, [id], true)).get(id)) throw AktenplanErrors.einheit_hat_akten({ kennzeichen: upper.kennzeichen });
  return ketteVon(upper, await readWithUpper(tx, [upper.pfad]));
}
