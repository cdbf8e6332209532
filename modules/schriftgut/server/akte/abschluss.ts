import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Hindernis } from '../../contract.ts';
import { fremdeHindernisse, hindernis, pflichtHindernisse, statusHindernis, stornoHindernisse } from '../abschluss.ts';
import { vererbungOf } from '../auskunft.ts';
import type { AkteRow } from '../metadaten.ts';
import { aktePolicy, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';

const db = tables<SchriftgutTables>();
const GENANNT = 10;

/** What is still open in it. Those the Akteur may not see are counted, not named. */
async function offeneTeile(tx: ReadTx, id: string): Promise<Hindernis[]> {
  const v = db.read(tx).selectFrom('schriftgut.vorgang').where('akte_id', '=', id).where('status', '=', 'in_bearbeitung').where('storniert_am', 'is', null);
  const { anzahl } = await v.select(sql<number>`count(*)`.as('anzahl')).executeTakeFirstOrThrow();
  const genannt = anzahl === 0 ? [] : await v.select(await vorgangPolicy.spalten(tx, ['id', 'schutz_id', 'kennzeichen', 'betreff'])).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).orderBy('nummer').limit(GENANNT).execute();
  const a = db.read(tx).selectFrom('schriftgut.akte').where('parent_id', '=', id).where('status', '=', 'in_bearbeitung').where('storniert_am', 'is', null);
  const teilakten = await a.select(sql<number>`count(*)`.as('anzahl')).executeTakeFirstOrThrow();
  const genannteAkten = teilakten.anzahl === 0 ? [] : await a.select(await aktePolicy.spalten(tx, ['id', 'schutz_id', 'aktenzeichen', 'betreff'])).where(await aktePolicy.visible(tx, 'akte.sehen')).orderBy('nummer').limit(GENANNT).execute();
  await Promise.all([vorgangPolicy.noteGezeigt(tx, genannt), aktePolicy.noteGezeigt(tx, genannteAkten)]);
  return [
    ...(anzahl === 0 ? [] : [hindernis('offene_vorgaenge', anzahl === 1 ? 'Ein Vorgang ist noch nicht z. d. A.' : `${anzahl} Vorgänge sind noch nicht z. d. A.`,
      genannt.map((r) => ({ typ: 'vorgang', id: r.id, bezeichnung: `${r.kennzeichen} ${r.betreff}` })))]),
    ...(teilakten.anzahl === 0 ? [] : [hindernis('offene_teilakten', teilakten.anzahl === 1 ? 'Eine Teilakte ist noch nicht z. d. A.' : `${teilakten.anzahl} Teilakten sind noch nicht z. d. A.`,
      genannteAkten.map((r) => ({ typ: 'akte', id: r.id, bezeichnung: `${r.aktenzeichen} ${r.betreff}` })))]),
  ];
}

/** Why it cannot be closed, reopened, cancelled: all reasons, so that the page can show them before the click (ST-06). */
export async function akteHindernisse(tx: ReadTx, akte: AkteRow): Promise<{ schliessen: Hindernis[]; wiedereroeffnen: Hindernis[]; stornieren: Hindernis[] }> {
  return { schliessen: await schliessHindernisse(tx, akte), wiedereroeffnen: await oeffnungsHindernisse(tx, akte), stornieren: await stornoHindernisse(tx, 'akte', akte) };
}

export async function schliessHindernisse(tx: ReadTx, akte: AkteRow): Promise<Hindernis[]> {
  const status = statusHindernis(akte, 'zda');
  if (status.length) return status;
  return [
    ...await offeneTeile(tx, akte.id), ...await pflichtHindernisse(tx, 'akte', akte, () => vererbungOf(tx, { akteId: akte.id, einheitId: akte.aktenplaneinheit_id })),
    ...(await fremdeHindernisse(tx, 'akte', [akte.id])).get(akte.id) ?? [],
  ];
}

export async function oeffnungsHindernisse(tx: ReadTx, akte: AkteRow): Promise<Hindernis[]> {
  const oben = akte.parent_id === null ? undefined : await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'status', 'aktenzeichen']).where('id', '=', akte.parent_id).executeTakeFirst();
  return [
    ...statusHindernis(akte, 'in_bearbeitung'),
    ...(oben && oben.status !== 'in_bearbeitung' ? [hindernis('akte_geschlossen', 'Die übergeordnete Akte ist geschlossen und muss zuerst wiedereröffnet werden', [{ typ: 'akte', id: oben.id, bezeichnung: `Akte ${oben.aktenzeichen}` }])] : []),
  ];
}
