import { tables, type WriteTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { Vorgang } from '../../contract.ts';
import { VorgangErrors } from '../errors.ts';
import { lock } from '../ort.ts';
import { vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { oeffnungsHindernisse, readKette, schliessHindernisse } from './abschluss.ts';
import { getVorgang } from './queries.ts';

const db = tables<SchriftgutTables>();

/** z. d. A. of a Vorgang. The Frist runs with its Akte, which is closed as a whole. */
export async function closeVorgang(tx: WriteTx, id: string, zdaAm = heute()): Promise<Vorgang> {
  await vorgangPolicy.authorize(tx, 'vorgang.abschliessen', id);
  await lock(tx, 'vorgang', id);
  const vorgang = await vorgangPolicy.authorize(tx, 'vorgang.abschliessen', id);
  const hindernisse = await schliessHindernisse(tx, vorgang, () => readKette(tx, vorgang));
  if (hindernisse.length) throw VorgangErrors.nicht_abschliessbar({ hindernisse });
  await db.write(tx).updateTable('schriftgut.vorgang').set((eb) => ({ status: 'zda', zda_am: zdaAm, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await tx.record({ art: 'vorgang.geschlossen', objekte: { vorgang: id, akte: vorgang.akte_id }, daten: { zdaAm } });
  return getVorgang(tx, id);
}

export async function reopenVorgang(tx: WriteTx, id: string, grund: string): Promise<Vorgang> {
  const seen = await vorgangPolicy.authorize(tx, 'vorgang.wiedereroeffnen', id);
  await lock(tx, 'akte', seen.akte_id); // it must not be closed while one of its Vorgänge is opened
  await lock(tx, 'vorgang', id);
  const vorgang = await vorgangPolicy.authorize(tx, 'vorgang.wiedereroeffnen', id);
  const hindernisse = await oeffnungsHindernisse(tx, vorgang);
  if (hindernisse.length) throw VorgangErrors.nicht_wiedereroeffenbar({ hindernisse });
  await db.write(tx).updateTable('schriftgut.vorgang').set((eb) => ({ status: 'in_bearbeitung', zda_am: null, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await tx.record({ art: 'vorgang.wiedereroeffnet', objekte: { vorgang: id, akte: vorgang.akte_id }, daten: { grund, zdaAm: vorgang.zda_am } });
  return getVorgang(tx, id);
}
