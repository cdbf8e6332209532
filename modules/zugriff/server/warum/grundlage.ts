import { sql } from 'kysely';
import { NotFound } from '#platform/server/errors.ts';
import type { Schutzobjekt } from '#platform/server/extension.ts';
import type { Klasse, Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { gang } from '../gang.ts';
import { MANDANT, readErbende } from '../objektreichweite.ts';
import type { ObjektsubjektArt } from '../subjekt.ts';
import type { ZugriffTables } from '../tables.gen.ts';

const db = tables<ZugriffTables>();

/** A grant as an explanation needs it; `ortTyp` says where it was given: a Schutzbereich, a kind of object, or the whole Mandant. */
export type Grundlage = {
  art: 'freigabe' | 'objektfreigabe'; id: string; stufe: Stufe; subjektArt: ObjektsubjektArt; subjekt: string; ortTyp: string; ortId: string; geerbt: boolean;
  seit: string; erteiltVon: string | null; gueltigVon: string | null; gueltigBis: string | null; zweck: string | null;
};
/** Why a grant to the person does not count: what cuts it off and where, or that its time has not come or is over. */
export type Wirkungslos = Grundlage & { weil: 'schnitt' | 'klasse' | 'kommt' | 'vorbei' | 'sperre' | 'umfang'; wo: string | null };
export type Kettenglied = { id: string; bezeichnung: string; erbt: boolean; klasse: Klasse | null };

/** A Schutzbereich and all above it, nearest first: the tree alone, no rule. */
export async function readKette(tx: ReadTx, id: string): Promise<Kettenglied[]> {
  const query = sql`(
    with recursive kette as (
      select s.id, s.parent_id, s.bezeichnung, s.erbt, s.klasse, 0 as abstand from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and s.id = ${id}
      union all
      select o.id, o.parent_id, o.bezeichnung, o.erbt, o.klasse, k.abstand + 1 from kette k join zugriff.schutzbereich o on o.mandant_id = ${tx.ctx.mandantId} and o.id = k.parent_id
    ) select id, bezeichnung, erbt, klasse from kette order by abstand)`;
  return await db.read(tx).selectFrom(query.as('k') as never).selectAll().execute() as Kettenglied[];
}
export const klasseVon = (kette: readonly Kettenglied[]): Klasse | null => kette.find((k) => k.klasse !== null)?.klasse ?? null;

const selectFreigaben = (tx: ReadTx) => db.read(tx).selectFrom('zugriff.freigabe as f').select(['f.id', 'f.schutz_id', 'f.subjekt_art', 'f.subjekt', 'f.stufe', 'f.erteilt', 'f.erteilt_von', 'f.gueltig_von', 'f.gueltig_bis', 'f.grund']);
type Freigabezeile = Awaited<ReturnType<ReturnType<typeof selectFreigaben>['execute']>>[number];
export const grundlageVon = (f: Freigabezeile, ziel: string): Grundlage => ({
  art: 'freigabe', id: f.id, stufe: f.stufe, subjektArt: f.subjekt_art, subjekt: f.subjekt, ortTyp: 'schutzbereich', ortId: f.schutz_id, geerbt: f.schutz_id !== ziel,
  seit: f.erteilt, erteiltVon: f.erteilt_von, gueltigVon: f.gueltig_von, gueltigBis: f.gueltig_bis, zweck: f.grund,
});
export const readFreigaben = (tx: ReadTx, ids: readonly string[]) => selectFreigaben(tx).where(sql<boolean>`f.id = any(${ids}::uuid[])`).execute();

/** Every Freigabe that reaches the first of the chain, by the walk that decides; and those on the way that do not, with what stops them. */
export async function readFreigabenBis(tx: ReadTx, kette: readonly Kettenglied[]): Promise<{ wirken: Grundlage[]; ohne: Wirkungslos[] }> {
  const [ziel, weg] = [kette[0]!.id, kette.map((k) => k.id)];
  const query = sql`(with recursive ${gang({ mandantId: tx.ctx.mandantId, wessen: 'alle', mitGrund: true, nur: weg })} select freigabe from erreichbar where id = ${ziel})`;
  const reached = new Set((await db.read(tx).selectFrom(query.as('e') as never).selectAll().execute() as { freigabe: string }[]).map((r) => r.freigabe));
  const alle = (await selectFreigaben(tx).where(sql<boolean>`f.schutz_id = any(${weg}::uuid[])`).execute()).map((f) => grundlageVon(f, ziel));
  const ohne = alle.filter((g) => !reached.has(g.id)).map((g): Wirkungslos => ({ ...g, ...stopOf(g, kette) }));
  return { wirken: alle.filter((g) => reached.has(g.id)), ohne };
}
function stopOf(g: Grundlage, kette: readonly Kettenglied[]): Pick<Wirkungslos, 'weil' | 'wo'> {
  if (g.gueltigBis !== null && new Date(g.gueltigBis) <= new Date()) return { weil: 'vorbei', wo: null };
  if (g.gueltigVon !== null && new Date(g.gueltigVon) > new Date()) return { weil: 'kommt', wo: null };
  const stop = kette.slice(0, kette.findIndex((k) => k.id === g.ortId)).findLast((k) => !k.erbt || k.klasse !== null)!;
  return { weil: stop.klasse === null ? 'schnitt' : 'klasse', wo: stop.id };
}

/** Every grant in force to the object itself, to what it lies in, or to everything, that reaches it. */
export async function readObjektfreigabenFuer(tx: ReadTx, { schutzId, worin, ids }: { schutzId: string; worin: readonly string[]; ids: readonly string[] }): Promise<Grundlage[]> {
  const offen = await selectObjektfreigaben(tx).where(sql<boolean>`o.objekt_id = any(${[...worin, tx.ctx.mandantId]}::uuid[])`).execute();
  const passend = new Set<string>();
  for (const [typ, gleiche] of Map.groupBy(offen, (o) => o.objekt_typ)) {
    if (typ === MANDANT) { for (const o of gleiche) passend.add(o.id); continue; }
    const bereiche = await tx.extensions('schutzobjekt').find((s) => s.typ === typ)?.bereich?.(tx, [...new Set(gleiche.map((o) => o.objekt_id))]);
    if (!bereiche) continue;
    const erbende = await readErbende(tx, [...new Set([...bereiche.values()].map((b) => b.schutzId))]);
    for (const o of gleiche) {
      const bereich = bereiche.get(o.objekt_id);
      if (bereich && erbende.get(bereich.schutzId)?.includes(schutzId) && ids.some((id) => bereich.ids.includes(id))) passend.add(o.id);
    }
  }
  return offen.filter((o) => passend.has(o.id)).map((o) => objektgrundlageVon(o, ids[0]!));
}
export const selectObjektfreigaben = (tx: ReadTx) => db.read(tx).selectFrom('zugriff.objektfreigabe as o').selectAll().where(sql<boolean>`(o.gueltig_von <= now() and (o.gueltig_bis is null or o.gueltig_bis > now()))`);
type Objektzeile = Awaited<ReturnType<ReturnType<typeof selectObjektfreigaben>['execute']>>[number];
export const objektgrundlageVon = (o: Objektzeile, ziel: string): Grundlage => ({
  art: 'objektfreigabe', id: o.id, stufe: o.stufe, subjektArt: o.subjekt_art, subjekt: o.subjekt, ortTyp: o.objekt_typ, ortId: o.objekt_id, geerbt: o.objekt_id !== ziel,
  seit: o.erteilt, erteiltVon: o.erteilt_von, gueltigVon: o.gueltig_von, gueltigBis: o.gueltig_bis, zweck: o.zweck,
});

/** Everything the object lies in, up to the topmost: what a grant can have been given to. */
export async function readWorin(tx: ReadTx, ids: readonly string[]): Promise<string[]> {
  const found = new Set(ids);
  for (let neu = [...ids]; neu.length;) {
    const naechste = new Set<string>();
    for (const { auskunft } of tx.extensions('schutzobjekt')) for (const id of await auskunft?.worin(tx, neu) ?? []) if (!found.has(id)) naechste.add(id);
    for (const id of naechste) found.add(id);
    neu = [...naechste];
  }
  return [...found];
}

/** A Schutzbereich can be asked about like an object. */
export const SCHUTZBEREICH = 'schutzbereich';
export type Erklaerbar = Schutzobjekt & { auskunft: NonNullable<Schutzobjekt['auskunft']> };
export function findArt(tx: ReadTx, typ: string): Erklaerbar {
  const art = tx.extensions('schutzobjekt').find((s) => s.typ === typ);
  if (!art?.auskunft) throw NotFound('Objekt');
  return art as Erklaerbar;
}
