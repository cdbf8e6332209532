import { sql } from 'kysely';
import { wirksameWerte, type Stufenwerte } from '#modules/aktenplan/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Hindernis } from '../contract.ts';
import { listErweiterungsfelder } from './mandant/felder.ts';
import { getEinstellungen } from './mandant/einstellungen.ts';
import type { AkteRow, VorgangRow } from './metadaten.ts';
import { fehlendePflichtfelder } from './pflicht.ts';
import { darfWechseln, statusworte } from './status.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

export const hindernis = (code: string, text: string, objekte: Hindernis['objekte'] = []): Hindernis => ({ code, text, objekte });

/** What of the object itself stands against a change of status. */
export function statusHindernis(row: Pick<AkteRow | VorgangRow, 'status' | 'storniert_am'>, nach: 'zda' | 'in_bearbeitung'): Hindernis[] {
  if (row.storniert_am !== null) return [hindernis('storniert', 'Das Objekt ist storniert')];
  return darfWechseln(row.status, nach) ? [] : [hindernis('status', `Vom Status „${statusworte[row.status]}“ führt kein Weg zu „${statusworte[nach]}“`)];
}

/** Mandatory fields before the z. d. A. (MD-06); what is inherited is read only where the Mandant asks for fields at all. */
export async function pflichtHindernisse(tx: ReadTx, typ: 'akte' | 'vorgang', row: AkteRow | VorgangRow, readKette: () => Promise<readonly Stufenwerte[]>): Promise<Hindernis[]> {
  const regeln = (await getEinstellungen(tx)).pflichtfelder.filter((r) => r.objekttyp === typ && r.status === 'zda');
  if (!regeln.length) return [];
  const eigene = regeln.some((r) => r.feld.startsWith('felder.')) ? await listErweiterungsfelder(tx, typ) : [];
  return fehlendePflichtfelder(typ, 'zda', regeln, row, wirksameWerte(await readKette()), new Map(eigene.map((f) => [f.schluessel, f.bezeichnung])));
}

/** What other modules have against it. */
export async function fremdeHindernisse(tx: ReadTx, typ: 'akte' | 'vorgang', ids: readonly string[]): Promise<Map<string, Hindernis[]>> {
  const all = new Map<string, Hindernis[]>();
  for (const punkt of tx.extensions('abschlussHindernisse')) for (const [id, list] of (await punkt[typ]?.(tx, ids)) ?? []) all.set(id, [...(all.get(id) ?? []), ...list]);
  return all;
}

/** Children that are not storniert, whoever may see them: for refusals. */
export async function countKinder(tx: ReadTx, typ: 'akte' | 'vorgang', id: string): Promise<number> {
  const m = tx.ctx.mandantId;
  const parts = typ === 'akte'
    ? [sql`select 1 from schriftgut.akte a where a.mandant_id = ${m} and a.parent_id = ${id} and a.storniert_am is null`,
      sql`select 1 from schriftgut.vorgang v where v.mandant_id = ${m} and v.akte_id = ${id} and v.storniert_am is null`,
      sql`select 1 from schriftgut.dokument d where d.mandant_id = ${m} and d.akte_id = ${id} and d.storniert_am is null`]
    : [sql`select 1 from schriftgut.vorgang v where v.mandant_id = ${m} and v.parent_id = ${id} and v.storniert_am is null`,
      sql`select 1 from schriftgut.dokument d where d.mandant_id = ${m} and d.vorgang_id = ${id} and d.storniert_am is null`];
  const { anzahl } = await db.read(tx).with('kinder(eins)', () => sql<{ eins: number }>`(${sql.join(parts, sql` union all `)})`)
    .selectFrom('kinder').select(sql<number>`count(*)`.as('anzahl')).executeTakeFirstOrThrow();
  return anzahl;
}

export const stornoHindernisse = async (tx: ReadTx, typ: 'akte' | 'vorgang', row: Pick<AkteRow | VorgangRow, 'id' | 'status' | 'storniert_am'>): Promise<Hindernis[]> => [
  ...(row.storniert_am !== null ? [hindernis('storniert', 'Das Objekt ist bereits storniert')] : []),
  ...(row.status !== 'in_bearbeitung' ? [hindernis('status', `Im Status „${statusworte[row.status]}“ wird nicht storniert`)] : []),
  ...(await countKinder(tx, typ, row.id) > 0 ? [hindernis('nicht_leer', 'Es liegt noch etwas darin. Zuerst den Inhalt stornieren oder verschieben')] : []),
];
