import { sql } from 'kysely';
import { moveSchutzbereicheMitRechten, previewUmzug } from '#modules/zugriff/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { AktenplanErrors } from './einheit.ts';
import { addAlias, lockEinheit } from './einheit-commands.ts';
import { getAktenplaneinheit, type Einheit } from './queries.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();

/** The sources with all below them, if they can end in the target; else says why not. `umzug`: what becomes of their Schutzbereiche. */
async function requireZusammenfuehrbar(tx: ReadTx, ziel: Einheit, quellen: readonly string[]) {
  const roots = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('id', 'in', [...quellen]).execute();
  if (roots.length !== new Set(quellen).size) throw NotFound('Aktenplaneinheit');
  const impossible = (text: string) => AktenplanErrors.zusammenfuehrung_unmoeglich({ text });
  if (ziel.stillgelegt_am) throw impossible('Das Ziel ist stillgelegt.');
  if (roots.some((r) => r.aufgegangen_in)) throw impossible('Eine der Quellen ist schon in einer anderen Einheit aufgegangen.');
  if (roots.some((r) => ziel.pfad.includes(r.id))) throw impossible('Das Ziel liegt selbst unter einer der Quellen.');
  if (roots.some((r) => r.aktenplan_id !== ziel.aktenplan_id)) throw impossible('Quellen und Ziel gehören zu verschiedenen Aktenplänen.');
  const all: Einheit[] = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where(sql<boolean>`pfad && ${[...quellen]}::uuid[]`).execute();
  const rest = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').select('kennzeichen').where('parent_id', '=', ziel.id).where('aufgegangen_in', 'is', null)
    .where('id', 'not in', all.map((a) => a.id)).limit(1).executeTakeFirst();
  if (rest) throw impossible(`Das Ziel bliebe durch ${rest.kennzeichen} unterteilt; Akten liegen nur in der untersten Ebene.`);
  // What lies below the target or below another source keeps its place.
  const umzug = all.filter((a) => quellen.includes(a.id) && !a.pfad.some((p) => p === ziel.id || (p !== a.id && quellen.includes(p)))).map((a) => a.schutz_id);
  return { all, umzug: { ids: umzug, parentId: ziel.schutz_id } };
}

/** To be shown, and confirmed, before the merge: who would reach Akten he does not reach now. Nobody loses anything. */
export async function getZusammenfuehrung(tx: ReadTx, id: string, quellen: readonly string[]) {
  const ziel: Einheit | undefined = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('id', '=', id).executeTakeFirst();
  if (!ziel) throw NotFound('Aktenplaneinheit');
  return quellen.length ? previewUmzug(tx, (await requireZusammenfuehrbar(tx, ziel, quellen)).umzug) : { gewinnt: [], behaelt: [], klassen: [] };
}

type Zusammenfuehrung = { quellen: readonly string[]; grund: string; bestaetigt: readonly string[] };
/** The sources and all below them end in the target, with their Akten; every Kennzeichen among them goes on finding it (AP-03). */
export async function mergeAktenplaneinheiten(tx: WriteTx, id: string, { quellen, grund, bestaetigt }: Zusammenfuehrung) {
  const ziel = await lockEinheit(tx, id);
  await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select('id').where(sql<boolean>`pfad && ${[...quellen]}::uuid[]`).forUpdate().execute();
  const { all, umzug } = await requireZusammenfuehrbar(tx, ziel, quellen);
  const { gewinnt } = await previewUmzug(tx, umzug);
  const unbestaetigt = gewinnt.filter((g) => !bestaetigt.includes(g.schluessel));
  if (unbestaetigt.length) throw AktenplanErrors.zugewinn_unbestaetigt({ gewinnt: unbestaetigt });

  const ids = all.map((a) => a.id);
  for (const a of all) await addAlias(tx, id, a.kennzeichen, 'zusammengefuehrt');
  const former = await db.write(tx).selectFrom('aktenplan.kennzeichen_alias').select('kennzeichen').where('aktenplaneinheit_id', 'in', ids).execute();
  for (const { kennzeichen } of former) await addAlias(tx, id, kennzeichen, 'zusammengefuehrt');
  await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set((eb) => ({
    aufgegangen_in: id, stillgelegt_am: sql<string>`coalesce(stillgelegt_am, now())`, stilllegungsgrund: grund, version: eb('version', '+', 1),
  })).where((eb) => eb.or([eb('id', 'in', ids), eb('aufgegangen_in', 'in', ids)])).execute();
  let verschobeneAkten = 0;
  for (const belegung of tx.extensions('aktenplanBelegung')) verschobeneAkten += await belegung.move(tx, ids, id);
  // The Akten keep their Schutzbereiche: who works with them goes on doing so, and whoever was given the target reaches them as well.
  await moveSchutzbereicheMitRechten(tx, { ...umzug, grund: `Zusammenführung mit ${ziel.kennzeichen}: ${grund}` });
  await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set((eb) => ({ version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await tx.record({
    art: 'aktenplaneinheiten.zusammengefuehrt', objekte: { aktenplaneinheit: [id, ...ids] },
    daten: { ziel: ziel.kennzeichen, quellen: all.map((a) => a.kennzeichen), grund, verschobeneAkten, ...(gewinnt.length && { bestaetigt: gewinnt.map((g) => `${g.name} (${g.stufe})`) }) },
  });
  return { ...(await getAktenplaneinheit(tx, id)), verschobeneAkten };
}
