import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
/** A place in the files. None of these finders looks at rights: the caller shows only what `getAktenKurz` and `getVorgaengeKurz` answer. */
export type Fundstelle = { akteId: string; vorgangId: string | null };

/** Vorgänge with these Kennzeichen, by their normalised spelling. */
export async function findVorgaengeByKennzeichen(tx: ReadTx, norms: readonly string[]): Promise<(Fundstelle & { norm: string; kennzeichen: string })[]> {
  if (!norms.length) return [];
  const rows = await db.read(tx).selectFrom('schriftgut.vorgang').select(['id', 'akte_id', 'kennzeichen_norm', 'kennzeichen']).where('kennzeichen_norm', '=', sql<string>`any(${[...new Set(norms)]}::text[])`).where('storniert_am', 'is', null).limit(200).execute();
  return rows.map((r) => ({ norm: r.kennzeichen_norm, kennzeichen: r.kennzeichen, akteId: r.akte_id, vorgangId: r.id }));
}

/** Where earlier Dokumente with this Geschäftszeichen of a correspondent lie, the newest first. */
export async function findByFremdemZeichen(tx: ReadTx, zeichen: readonly string[]): Promise<(Fundstelle & { zeichen: string })[]> {
  if (!zeichen.length) return [];
  const rows = await db.read(tx).selectFrom('schriftgut.dokument').select(['akte_id', 'vorgang_id', 'fremdes_geschaeftszeichen']).where('fremdes_geschaeftszeichen', 'in', [...new Set(zeichen)])
    .where('storniert_am', 'is', null).orderBy('erstellt_am', 'desc').limit(50).execute();
  return rows.map((r) => ({ zeichen: r.fremdes_geschaeftszeichen!, akteId: r.akte_id, vorgangId: r.vorgang_id }));
}

/** Where Akten stand in plan and authority. */
export async function getAktenorte(tx: ReadTx, ids: readonly string[]): Promise<Map<string, { aktenplaneinheitId: string; federfuehrungId: string }>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'aktenplaneinheit_id', 'federfuehrung_id']).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((r) => [r.id, { aktenplaneinheitId: r.aktenplaneinheit_id, federfuehrungId: r.federfuehrung_id }]));
}

/** Where Dokumente lie now, whoever may see them. */
export async function getDokumentorte(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Fundstelle & { schutzId: string; storniert: boolean }>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.dokument').select(['id', 'akte_id', 'vorgang_id', 'schutz_id', 'storniert_am']).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((r) => [r.id, { akteId: r.akte_id, vorgangId: r.vorgang_id, schutzId: r.schutz_id, storniert: r.storniert_am !== null }]));
}
