import type { z } from 'zod';
import { wirksameWerte } from '#modules/aktenplan/server/index.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { Akte, Schliessen } from '../../contract.ts';
import { fremdeHindernisse, pflichtHindernisse, statusHindernis } from '../abschluss.ts';
import { vererbungOf } from '../auskunft.ts';
import { AkteErrors } from '../errors.ts';
import type { AkteRow } from '../metadaten.ts';
import { lock } from '../ort.ts';
import { aktePolicy, vorgangPolicy } from '../policy.ts';
import { aufbewahrungsende } from '../status.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { readKette } from '../vorgang/abschluss.ts';
import { oeffnungsHindernisse, schliessHindernisse } from './abschluss.ts';
import { getAkte } from './queries.ts';

const db = tables<SchriftgutTables>();

/** z. d. A.: refused with all its Hindernisse; the Frist starts (ST-06, AU-01). */
export async function closeAkte(tx: WriteTx, id: string, { zdaAm = heute(), mitVorgaengen }: z.output<typeof Schliessen>): Promise<Akte> {
  await aktePolicy.authorize(tx, 'akte.abschliessen', id);
  await lock(tx, 'akte', id); // whoever puts something in at this moment waits, and then finds it closed
  const akte = await aktePolicy.authorize(tx, 'akte.abschliessen', id);
  const mitgeschlossen = mitVorgaengen && !statusHindernis(akte, 'zda').length ? await closeVorgaengeIn(tx, akte, zdaAm) : [];
  const hindernisse = await schliessHindernisse(tx, akte);
  if (hindernisse.length) throw AkteErrors.nicht_abschliessbar({ hindernisse });
  const wirksam = wirksameWerte(await vererbungOf(tx, { akteId: id, einheitId: akte.aktenplaneinheit_id }));
  const dauer = wirksam.aufbewahrungsdauer.wert;
  const ende = aufbewahrungsende(zdaAm, typeof dauer === 'number' ? dauer : null, dauer === 'unbefristet');
  await db.write(tx).updateTable('schriftgut.akte').set((eb) => ({ status: 'zda', zda_am: zdaAm, aufbewahrungsende: ende, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await tx.record({
    art: 'akte.geschlossen', objekte: { akte: id, ...(mitgeschlossen.length && { vorgang: mitgeschlossen }) },
    daten: { zdaAm, aufbewahrungsende: ende, aussonderungsart: wirksam.aussonderungsart.wert, ...(mitgeschlossen.length && { mitVorgaengen: mitgeschlossen.length }) },
  });
  return getAkte(tx, id);
}

/** Open Vorgänge of the Akte that nothing stands against and that the Akteur may close; in few statements, however many there are. */
async function closeVorgaengeIn(tx: WriteTx, akte: AkteRow, zdaAm: string): Promise<string[]> {
  const offen = await db.write(tx).selectFrom('schriftgut.vorgang').selectAll().where('akte_id', '=', akte.id).where('status', '=', 'in_bearbeitung').where('storniert_am', 'is', null)
    .where(await vorgangPolicy.visible(tx, 'vorgang.abschliessen')).forUpdate().execute();
  const fremd = await fremdeHindernisse(tx, 'vorgang', offen.map((v) => v.id));
  const frei = [];
  for (const v of offen) if (!fremd.get(v.id)?.length && !(await pflichtHindernisse(tx, 'vorgang', v, () => readKette(tx, v))).length) frei.push(v.id);
  if (frei.length) {
    await db.write(tx).updateTable('schriftgut.vorgang').set((eb) => ({ status: 'zda', zda_am: zdaAm, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', 'in', frei).execute();
  }
  return frei;
}

/** Reopened with a reason: the Frist is stopped. */
export async function reopenAkte(tx: WriteTx, id: string, grund: string): Promise<Akte> {
  await aktePolicy.authorize(tx, 'akte.wiedereroeffnen', id);
  await lock(tx, 'akte', id);
  const akte = await aktePolicy.authorize(tx, 'akte.wiedereroeffnen', id);
  const hindernisse = await oeffnungsHindernisse(tx, akte);
  if (hindernisse.length) throw AkteErrors.nicht_wiedereroeffenbar({ hindernisse });
  await db.write(tx).updateTable('schriftgut.akte').set((eb) => ({ status: 'in_bearbeitung', zda_am: null, aufbewahrungsende: null, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await tx.record({ art: 'akte.wiedereroeffnet', objekte: { akte: id }, daten: { grund, zdaAm: akte.zda_am, aufbewahrungsende: akte.aufbewahrungsende } });
  return getAkte(tx, id);
}
