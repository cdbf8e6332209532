import { sql } from 'kysely';
import { stufen, type Klasse, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { createSchutzbereich, grantFreigabe, moveSchutzbereiche } from './commands.ts';
import { getKlassen } from './klassen.ts';
import type { SubjektArt } from './subjekt.ts';
import { nameSubjekte } from './subjekte.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<ZugriffTables>();

type Wirksam = { subjekt_art: SubjektArt; subjekt: string; stufe: Stufe; gueltig_von: string | null; gueltig_bis: string | null; von: string };
/** What a move would do. `schluessel` names a gain, so that exactly what was seen can be confirmed. */
export type Zugewinn = { schluessel: string; subjektArt: SubjektArt; name: string; stufe: Stufe };
export type Umzug = { gewinnt: Zugewinn[]; behaelt: { subjektArt: SubjektArt; name: string; stufe: Stufe }[]; klassen: Klasse[] };

/** The grants that reach a Schutzbereich: its own and those from above, up to a cut. `von`: where they stand. Those that are over are left out. */
async function readWirksame(tx: ReadTx, id: string): Promise<Wirksam[]> {
  const query = sql`(
    with recursive hinauf as (
      select s.id, s.parent_id, s.erbt and s.klasse is null as offen from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and s.id = ${id}
      union all
      select o.id, o.parent_id, o.erbt and o.klasse is null from hinauf h join zugriff.schutzbereich o on o.mandant_id = ${tx.ctx.mandantId} and o.id = h.parent_id and h.offen
    ) select f.subjekt_art, f.subjekt, f.stufe, f.gueltig_von, f.gueltig_bis, f.schutz_id as von from hinauf h
      join zugriff.freigabe f on f.mandant_id = ${tx.ctx.mandantId} and f.schutz_id = h.id where f.gueltig_bis is null or f.gueltig_bis > now())`;
  return await db.read(tx).selectFrom(query.as('w') as never).selectAll().execute() as Wirksam[];
}

const sameSubjekt = (a: Wirksam, b: Wirksam) => a.subjekt_art === b.subjekt_art && a.subjekt === b.subjekt;
/** Whoever has `a` misses nothing without `b`. */
const covers = (a: Wirksam, b: Wirksam) => sameSubjekt(a, b) && stufen.indexOf(a.stufe) >= stufen.indexOf(b.stufe)
  && (a.gueltig_von === null || (b.gueltig_von !== null && a.gueltig_von <= b.gueltig_von)) && (a.gueltig_bis === null || (b.gueltig_bis !== null && a.gueltig_bis >= b.gueltig_bis));
const without = (rows: readonly Wirksam[], others: readonly Wirksam[]) => rows.filter((r) => !others.some((o) => covers(o, r)));
/** Of grants that say the same or less only the widest. */
const widest = (rows: readonly Wirksam[]) => rows.filter((r, i) => !rows.some((o, j) => j !== i && covers(o, r) && (!covers(r, o) || j < i)));

type Bereich = { id: string; parent_id: string; offen: boolean };
type Gruppe = { parentId: string; ids: string[]; verloren: Wirksam[]; gewonnen: Wirksam[]; klasse: Klasse | null };

/** By the Schutzbereich they leave: what they had from there alone, what they would get, and the class that would be lost. */
async function plan(tx: ReadTx, { ids, parentId }: { ids: readonly string[]; parentId: string }): Promise<Gruppe[]> {
  if (!ids.length) return [];
  const rows = await db.read(tx).selectFrom('zugriff.schutzbereich').select(['id', 'parent_id', sql<boolean>`erbt and klasse is null`.as('offen')])
    .where('id', 'in', [...ids]).where('parent_id', '!=', parentId).where('organisationseinheit_id', 'is', null).orderBy('id').execute() as Bereich[];
  const klassen = await getKlassen(tx, [parentId, ...rows.map((r) => r.parent_id)]);
  const dort = await readWirksame(tx, parentId);
  const gruppen: Gruppe[] = [];
  for (const [alt, bereiche] of Map.groupBy(rows, (r) => r.parent_id)) {
    const hier = bereiche.some((b) => b.offen) ? await readWirksame(tx, alt) : [];
    // A class that stood above goes with them, and it is a cut: nothing of the new place passes.
    const klasse = klassen.get(alt) !== klassen.get(parentId) ? klassen.get(alt) ?? null : null;
    const neu = klasse || !bereiche.some((b) => b.offen) ? [] : dort;
    gruppen.push({ parentId: alt, ids: bereiche.map((b) => b.id), verloren: widest(without(hier, neu)), gewonnen: widest(without(neu, hier)), klasse });
  }
  return gruppen;
}

/** What hanging these below another Schutzbereich would give to whom; nobody loses anything by it. */
export async function previewUmzug(tx: ReadTx, umzug: { ids: readonly string[]; parentId: string }): Promise<Umzug> {
  const gruppen = await plan(tx, umzug);
  const alle = gruppen.flatMap((g) => [...g.verloren, ...g.gewonnen]);
  const namen = await nameSubjekte(tx, alle);
  const present = (rows: readonly Wirksam[]) => [...new Map(rows.flatMap((w) => {
    const name = namen.get(`${w.subjekt_art} ${w.subjekt}`);
    const schluessel = `${w.subjekt_art}:${w.subjekt}:${w.stufe}`;
    return name === undefined ? [] : [[schluessel, { schluessel, subjektArt: w.subjekt_art, name, stufe: w.stufe }] as const];
  })).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'de') || stufen.indexOf(a.stufe) - stufen.indexOf(b.stufe));
  return {
    gewinnt: present(gruppen.flatMap((g) => g.gewonnen)), behaelt: present(gruppen.flatMap((g) => g.verloren)).map(({ schluessel: _, ...rest }) => rest),
    klassen: [...new Set(gruppen.flatMap((g) => g.klasse ?? []))],
  };
}

/**
 * Hangs Schutzbereiche below another one so that nobody loses what they had from the old place, and no class is lost: it stands in a Schutzbereich put in
 * between. Whoever has rights at the new place reaches them as well. Its caller authorises, and has what that gives confirmed (`previewUmzug`).
 */
export async function moveSchutzbereicheMitRechten(tx: WriteTx, { ids, parentId, grund }: { ids: readonly string[]; parentId: string; grund: string }): Promise<void> {
  for (const gruppe of await plan(tx, { ids, parentId })) await moveSchutzbereiche(tx, { ids: gruppe.ids, parentId: await keepRechte(tx, gruppe, parentId, grund) });
}

/** One Schutzbereich; a second one below it where one subject had two grants of which neither says all (a higher one for a time). */
async function keepRechte(tx: WriteTx, { parentId: alt, verloren, klasse }: Gruppe, ziel: string, grund: string): Promise<string> {
  const stapel: Wirksam[][] = klasse && !verloren.length ? [[]] : [];
  for (const w of verloren) {
    const frei = stapel.find((ebene) => !ebene.some((e) => sameSubjekt(e, w)));
    if (frei) frei.push(w); else stapel.push([w]);
  }
  const { bezeichnung } = await db.write(tx).selectFrom('zugriff.schutzbereich').select('bezeichnung').where('id', '=', alt).executeTakeFirstOrThrow();
  let parentId = ziel;
  for (const [i, ebene] of stapel.entries()) {
    parentId = await createSchutzbereich(tx, { parentId, bezeichnung: `Bisherige Rechte aus ${bezeichnung}`, klasse: i === 0 ? klasse : null });
    for (const w of ebene) await grantFreigabe(tx, { schutzId: parentId, subjektArt: w.subjekt_art, subjekt: w.subjekt, stufe: w.stufe, gueltigVon: w.gueltig_von, gueltigBis: w.gueltig_bis, grund });
  }
  return parentId;
}
