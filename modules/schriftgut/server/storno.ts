import { urheber } from '#platform/server/context.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { stornoHindernisse } from './abschluss.ts';
import { AkteErrors, VorgangErrors } from './errors.ts';
import { holdOffen, lock } from './ort.ts';
import { aktePolicy, vorgangPolicy } from './policy.ts';
import { announceSchutz } from './schutz.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
type Typ = 'akte' | 'vorgang';
const errors = { akte: AkteErrors, vorgang: VorgangErrors };

const authorize = (tx: WriteTx, typ: Typ, id: string) => (typ === 'akte' ? aktePolicy.authorize(tx, 'akte.stornieren', id) : vorgangPolicy.authorize(tx, 'vorgang.stornieren', id));
const objekte = (typ: Typ, row: { id: string; akte_id?: string }) => ({ [typ]: row.id, ...(row.akte_id !== undefined && { akte: row.akte_id }) });
const baum = (typ: Typ, id: string) => ({ akten: typ === 'akte' ? [id] : [], vorgaenge: typ === 'vorgang' ? [id] : [], dokumente: [] });

/** ST-08 for an Akte or Vorgang made by mistake: only while nothing lies in it. */
export async function cancelContainer(tx: WriteTx, typ: Typ, id: string, ifMatch: number, grund: string) {
  await authorize(tx, typ, id);
  await lock(tx, typ, id);
  const row = await authorize(tx, typ, id);
  requireVersion(row, ifMatch);
  const hindernisse = await stornoHindernisse(tx, typ, row);
  if (hindernisse.length) throw errors[typ].nicht_stornierbar({ hindernisse });
  await db.write(tx).updateTable(`schriftgut.${typ}`).set({ storniert_am: new Date(), storniert_von: urheber(tx.ctx), storno_grund: grund, version: ifMatch + 1, geaendert_am: new Date() }).where('id', '=', id).execute();
  await announceSchutz(tx, baum(typ, id));
  await tx.record({ art: `${typ}.storniert`, objekte: objekte(typ, row), daten: { grund } });
}

export async function uncancelContainer(tx: WriteTx, typ: Typ, id: string) {
  await authorize(tx, typ, id);
  await lock(tx, typ, id);
  const row = await authorize(tx, typ, id) as { id: string; storniert_am: string | null; parent_id: string | null; akte_id?: string };
  if (row.storniert_am === null) throw errors[typ].nicht_storniert();
  if (row.akte_id !== undefined) await holdOffen(tx, 'akte', row.akte_id);
  if (row.parent_id !== null) {
    const oben = await db.write(tx).selectFrom(`schriftgut.${typ}`).select('storniert_am').where('id', '=', row.parent_id).executeTakeFirstOrThrow();
    if (oben.storniert_am !== null) throw errors[typ].oben_storniert();
  }
  await db.write(tx).updateTable(`schriftgut.${typ}`).set((eb) => ({ storniert_am: null, storniert_von: null, storno_grund: null, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await announceSchutz(tx, baum(typ, id));
  await tx.record({ art: `${typ}.storno_zurueckgenommen`, objekte: objekte(typ, row) });
}
