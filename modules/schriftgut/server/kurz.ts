import { getVertretene } from '#modules/organisation/server/index.ts';
import type { Klasse } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
export type AkteKurz = { id: string; aktenzeichen: string; betreff: string; geschuetzt: Klasse | null; status: string; storniert: boolean };
export type VorgangKurz = { id: string; akteId: string; kennzeichen: string; betreff: string; geschuetzt: Klasse | null; status: string; storniert: boolean };
export type DokumentKurz = { id: string; akteId: string; vorgangId: string | null; kennzeichen: string; betreff: string; geschuetzt: Klasse | null; art: 'eingang' | 'ausgang' | 'intern'; datum: string; storniert: boolean };
const unique = (ids: readonly string[]) => [...new Set(ids)];
const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((r) => [r.id, r]));

/** Names of many; those the Akteur may not see are missing from the answer. */
export async function getAktenKurz(tx: ReadTx, ids: readonly string[]): Promise<Map<string, AkteKurz>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.akte').select(await aktePolicy.spalten(tx, ['schutz_id', 'id', 'aktenzeichen', 'betreff', 'status', 'storniert_am'])).where('id', 'in', unique(ids)).where(await aktePolicy.visible(tx, 'akte.sehen')).execute();
  await aktePolicy.noteGezeigt(tx, rows);
  return byId(rows.map(({ schutz_id: _, storniert_am, ...r }) => ({ geschuetzt: null, ...r, storniert: storniert_am !== null })));
}
export async function getVorgaengeKurz(tx: ReadTx, ids: readonly string[]): Promise<Map<string, VorgangKurz>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.vorgang').select(await vorgangPolicy.spalten(tx, ['schutz_id', 'id', 'akte_id', 'kennzeichen', 'betreff', 'status', 'storniert_am'])).where('id', 'in', unique(ids)).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).execute();
  await vorgangPolicy.noteGezeigt(tx, rows);
  return byId(rows.map(({ schutz_id: _, storniert_am, akte_id, ...r }) => ({ geschuetzt: null, ...r, akteId: akte_id, storniert: storniert_am !== null })));
}
export async function getDokumenteKurz(tx: ReadTx, ids: readonly string[]): Promise<Map<string, DokumentKurz>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.dokument').select(await dokumentPolicy.spalten(tx, ['schutz_id', 'id', 'akte_id', 'vorgang_id', 'kennzeichen', 'betreff', 'art', 'datum', 'storniert_am'])).where('id', 'in', unique(ids)).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).execute();
  await dokumentPolicy.noteGezeigt(tx, rows);
  return byId(rows.map(({ schutz_id: _, storniert_am, akte_id, vorgang_id, ...r }) => ({ geschuetzt: null, ...r, akteId: akte_id, vorgangId: vorgang_id, storniert: storniert_am !== null })));
}

/** Dokumente whose current version holds this content as its first file, whoever may see them: for jobs that work on contents. */
export async function findDokumenteMitInhalt(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, string[]>> {
  if (!inhaltIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.format as f').innerJoin('schriftgut.dokument as d', 'd.aktuelle_version_id', 'f.version_id').select(['f.inhalt_id', 'd.id'])
    .where('f.inhalt_id', 'in', [...inhaltIds]).where('f.nummer', '=', 0).where('d.storniert_am', 'is', null).execute();
  return new Map([...Map.groupBy(rows, (r) => r.inhalt_id)].map(([id, list]) => [id, list.map((r) => r.id)]));
}

/** Whom a Dokument concerns: who works on its Vorgang or Akte, else who made it. Without regard to rights, for jobs that tell people. */
export async function getBetroffene(tx: ReadTx, dokumentIds: readonly string[]): Promise<Map<string, string[]>> {
  if (!dokumentIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.dokument as d').innerJoin('schriftgut.akte as a', 'a.id', 'd.akte_id').leftJoin('schriftgut.vorgang as v', 'v.id', 'd.vorgang_id')
    .select(['d.id', 'd.erstellt_von', 'a.bearbeiter_id as akte_bearbeiter', 'v.bearbeiter_id as vorgang_bearbeiter']).where('d.id', 'in', unique(dokumentIds)).execute();
  // Made in a Vertretung, it concerns whom it was made for.
  const vertreten = await getVertretene(tx, rows.flatMap((r) => r.erstellt_von ?? []));
  const ersteller = (id: string | null) => (id === null ? null : vertreten.get(id) ?? id);
  return new Map(rows.map((r) => [r.id, [r.vorgang_bearbeiter ?? r.akte_bearbeiter ?? ersteller(r.erstellt_von)].filter((wer) => wer !== null)]));
}

/** Where post to an Akte or Vorgang goes and its sign, whoever may see it: for what files by a cover sheet. What is storniert, closed or not there is missing. */
export async function findZustaendige(tx: ReadTx, ids: readonly string[]): Promise<Map<string, { organisationseinheitId: string; kennzeichen: string }>> {
  if (!ids.length) return new Map();
  const akten = await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'federfuehrung_id as oe', 'aktenzeichen as kennzeichen']).where('id', 'in', unique(ids)).where('storniert_am', 'is', null).where('status', '=', 'in_bearbeitung').execute();
  const vorgaenge = await db.read(tx).selectFrom('schriftgut.vorgang as v').innerJoin('schriftgut.akte as a', 'a.id', 'v.akte_id').select((eb) => ['v.id', eb.fn.coalesce('v.federfuehrung_id', 'a.federfuehrung_id').as('oe'), 'v.kennzeichen'])
    .where('v.id', 'in', unique(ids)).where('v.storniert_am', 'is', null).where('v.status', '=', 'in_bearbeitung').execute();
  return new Map([...akten, ...vorgaenge].map((r) => [r.id, { organisationseinheitId: r.oe, kennzeichen: r.kennzeichen }]));
}
