import { sql } from 'kysely';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { normalizeAktenzeichen, type AktenplaneinheitKurz, type WirksameWerte } from '../contract.ts';
import { belegungshindernisse, hindernisFehler, wirksameWerte, type Stufenwerte } from './einheit.ts';
import { alsPfadTeil, ketteVon, readWithUpper, selectEinheiten } from './queries.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();

/** A unit that may take an Akte today, as `requireBelegbar` answers it. Values are the effective ones. */
export type BelegbareEinheit = {
  id: string; kennzeichen: string; bezeichnung: string; schutz_id: string; organisationseinheit_id: string | null;
  aussonderungsart: string | null;
  /** Years, or null when `unbefristet` or never set. */
  aufbewahrungsdauer: number | null; unbefristet: boolean;
  vertraulichkeit: 'offen' | 'vs_nfd'; schutzklasse: NonNullable<WirksameWerte['schutzklasse']['wert']>;
  wirksam: WirksameWerte;
  /** To go on inheriting at Akte and Vorgang: append theirs and call `wirksameWerte`. */
  kette: Stufenwerte[];
};

/** Locks the unit against being divided, closed or merged until COMMIT, and refuses with the reason (AP-04). The caller authorises. */
export async function requireBelegbar(tx: WriteTx, aktenplaneinheitId: string): Promise<BelegbareEinheit> {
  await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select('id').where('id', '=', aktenplaneinheitId).forShare().execute();
  const e = await selectEinheiten(tx).where('e.id', '=', aktenplaneinheitId).executeTakeFirst();
  if (!e) throw NotFound('Aktenplaneinheit');
  const [hindernis] = belegungshindernisse({ kinder: Number(e.kinder), gueltig: e.gueltig, stillgelegt: e.stillgelegt_am !== null });
  if (hindernis) throw hindernisFehler[hindernis]({ aktenplaneinheitId, kennzeichen: e.kennzeichen });
  const kette = ketteVon(e, await readWithUpper(tx, [e.pfad]));
  const wirksam = wirksameWerte(kette);
  const dauer = wirksam.aufbewahrungsdauer.wert;
  return {
    id: e.id, kennzeichen: e.kennzeichen, bezeichnung: e.betreff_kurz, schutz_id: e.schutz_id, organisationseinheit_id: e.organisationseinheit_id,
    aussonderungsart: wirksam.aussonderungsart.wert, aufbewahrungsdauer: typeof dauer === 'number' ? dauer : null, unbefristet: dauer === 'unbefristet',
    vertraulichkeit: wirksam.vertraulichkeit.wert ?? 'offen', schutzklasse: wirksam.schutzklasse.wert ?? 'keine', wirksam, kette,
  };
}

/** What a unit hands down to its Akten, whether it takes new ones or not: for `wirksam` of an existing Akte. */
export async function getVererbung(tx: ReadTx, aktenplaneinheitIds: readonly string[]): Promise<Map<string, Stufenwerte[]>> {
  const rows = await readUnits(tx, aktenplaneinheitIds);
  const upper = await readWithUpper(tx, rows.map((r) => r.pfad));
  return new Map(rows.map((row) => [row.id, ketteVon(row, upper)]));
}

export type AktenplaneinheitName = { id: string; kennzeichen: string; bezeichnung: string; schutzId: string; pfad: AktenplaneinheitKurz['pfad'] };
/** Names and places of many units. The plan itself is no secret within the Mandant: rights stand at the Akten. */
export async function getAktenplaneinheitenKurz(tx: ReadTx, ids: readonly string[]): Promise<Map<string, AktenplaneinheitName>> {
  if (!ids.length) return new Map();
  // The way down to a unit names the unit itself as well: one statement for both.
  const rows = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit as e').select(['e.id', 'e.kennzeichen', 'e.betreff_kurz', 'e.schutz_id', 'e.pfad'])
    .where('e.id', 'in', (eb) => eb.selectFrom('aktenplan.aktenplaneinheit as u').select(sql<string>`unnest(u.pfad)`.as('id')).where('u.id', 'in', [...new Set(ids)])).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(ids.flatMap((id) => byId.get(id) ?? []).map((row) => [row.id, { ...alsPfadTeil(row), schutzId: row.schutz_id, pfad: row.pfad.flatMap((id) => { const o = byId.get(id); return o ? [alsPfadTeil(o)] : []; }) }]));
}
const readUnits = async (tx: ReadTx, ids: readonly string[]) =>
  ids.length ? db.read(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('id', 'in', [...new Set(ids)]).execute() : [];

/** The unit and all below it, for filters. */
export async function listTeilbaum(tx: ReadTx, aktenplaneinheitId: string): Promise<string[]> {
  const rows = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').select('id').where(sql<boolean>`${aktenplaneinheitId} = any(pfad)`).execute();
  return rows.map((r) => r.id);
}

/** Units with this Kennzeichen in any spelling, now or formerly (AP-03). */
export async function findAktenplaneinheiten(tx: ReadTx, kennzeichen: string): Promise<string[]> {
  const norm = normalizeAktenzeichen(kennzeichen);
  if (!norm) return [];
  const now = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').select(['id', 'aufgegangen_in']).where('kennzeichen_norm', '=', norm).execute();
  const former = await db.read(tx).selectFrom('aktenplan.kennzeichen_alias').select('aktenplaneinheit_id as id').where('kennzeichen_norm', '=', norm).execute();
  return [...new Set([...now.map((r) => r.aufgegangen_in ?? r.id), ...former.map((r) => r.id)])];
}
