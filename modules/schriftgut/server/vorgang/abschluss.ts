import { sql } from 'kysely';
import type { Stufenwerte } from '#modules/aktenplan/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Hindernis } from '../../contract.ts';
import { fremdeHindernisse, hindernis, pflichtHindernisse, statusHindernis, stornoHindernisse } from '../abschluss.ts';
import { vererbungOf } from '../auskunft.ts';
import type { VorgangRow } from '../metadaten.ts';
import { vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';

const db = tables<SchriftgutTables>();

export async function vorgangHindernisse(tx: ReadTx, row: VorgangRow, kette: readonly Stufenwerte[]): Promise<{ schliessen: Hindernis[]; wiedereroeffnen: Hindernis[]; stornieren: Hindernis[] }> {
  return { schliessen: await schliessHindernisse(tx, row, async () => kette), wiedereroeffnen: await oeffnungsHindernisse(tx, row), stornieren: await stornoHindernisse(tx, 'vorgang', row) };
}

export async function readKette(tx: ReadTx, row: VorgangRow): Promise<Stufenwerte[]> {
  const { aktenplaneinheit_id } = await db.read(tx).selectFrom('schriftgut.akte').select('aktenplaneinheit_id').where('id', '=', row.akte_id).executeTakeFirstOrThrow();
  return vererbungOf(tx, { akteId: row.akte_id, einheitId: aktenplaneinheit_id, vorgangId: row.id });
}

export async function schliessHindernisse(tx: ReadTx, row: VorgangRow, readKette: () => Promise<readonly Stufenwerte[]>): Promise<Hindernis[]> {
  const status = statusHindernis(row, 'zda');
  if (status.length) return status;
  const offen = db.read(tx).selectFrom('schriftgut.vorgang').where('parent_id', '=', row.id).where('status', '=', 'in_bearbeitung').where('storniert_am', 'is', null);
  const { anzahl } = await offen.select(sql<number>`count(*)`.as('anzahl')).executeTakeFirstOrThrow();
  const genannt = anzahl === 0 ? [] : await offen.select(await vorgangPolicy.spalten(tx, ['id', 'schutz_id', 'kennzeichen', 'betreff'])).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).orderBy('nummer').limit(10).execute();
  await vorgangPolicy.noteGezeigt(tx, genannt);
  return [
    ...(anzahl === 0 ? [] : [hindernis('offene_teilvorgaenge', anzahl === 1 ? 'Ein Teilvorgang ist noch nicht z. d. A.' : `${anzahl} Teilvorgänge sind noch nicht z. d. A.`,
      genannt.map((r) => ({ typ: 'vorgang', id: r.id, bezeichnung: `${r.kennzeichen} ${r.betreff}` })))]),
    ...await pflichtHindernisse(tx, 'vorgang', row, readKette), ...(await fremdeHindernisse(tx, 'vorgang', [row.id])).get(row.id) ?? [],
  ];
}

export async function oeffnungsHindernisse(tx: ReadTx, row: VorgangRow): Promise<Hindernis[]> {
  const status = statusHindernis(row, 'in_bearbeitung');
  const akte = await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'status', 'aktenzeichen']).where('id', '=', row.akte_id).executeTakeFirstOrThrow();
  const oben = row.parent_id === null ? undefined : await db.read(tx).selectFrom('schriftgut.vorgang').select(['id', 'status', 'kennzeichen']).where('id', '=', row.parent_id).executeTakeFirst();
  return [
    ...status,
    ...(akte.status === 'in_bearbeitung' ? [] : [hindernis('akte_geschlossen', 'Die Akte ist geschlossen und muss zuerst wiedereröffnet werden', [{ typ: 'akte', id: akte.id, bezeichnung: `Akte ${akte.aktenzeichen}` }])]),
    ...(!oben || oben.status === 'in_bearbeitung' ? [] : [hindernis('vorgang_geschlossen', 'Der übergeordnete Vorgang ist geschlossen und muss zuerst wiedereröffnet werden', [{ typ: 'vorgang', id: oben.id, bezeichnung: `Vorgang ${oben.kennzeichen}` }])]),
  ];
}
