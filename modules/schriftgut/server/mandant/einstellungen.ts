import { sql } from 'kysely';
import { diff } from '#platform/server/aenderungen.ts';
import { Outdated, requireVersion } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { z } from 'zod';
import type { Einstellungen, EinstellungenAendern, Pflichtfeld } from '../../contract.ts';
import { SchriftgutErrors } from '../errors.ts';
import { pflichtfaehig } from '../pflicht.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { listErweiterungsfelder } from './felder.ts';

const db = tables<SchriftgutTables>();

/** Depth of the specification, and what the Frist needs before it can run (MD-06). */
const VORGABE: z.output<typeof Einstellungen> = {
  maxTiefe: 5,
  pflichtfelder: [
    { objekttyp: 'akte', status: 'zda', feld: 'aussonderung.art' },
    { objekttyp: 'akte', status: 'zda', feld: 'aussonderung.aufbewahrung' },
  ],
  version: 0,
};

const known = new WeakMap<ReadTx, Promise<z.output<typeof Einstellungen>>>();
export function getEinstellungen(tx: ReadTx): Promise<z.output<typeof Einstellungen>> {
  const read = known.get(tx) ?? db.read(tx).selectFrom('schriftgut.einstellung').selectAll().executeTakeFirst()
    .then((row) => (row ? { maxTiefe: row.max_tiefe, pflichtfelder: row.pflichtfelder as Pflichtfeld[], version: row.version } : VORGABE));
  known.set(tx, read);
  return read;
}

const gibtEs = async (tx: ReadTx, objekttyp: 'akte' | 'vorgang', feld: string) =>
  feld in pflichtfaehig || (feld.startsWith('felder.') && (await listErweiterungsfelder(tx, objekttyp)).some((f) => `felder.${f.schluessel}` === feld));

export async function updateEinstellungen(tx: WriteTx, ifMatch: number, input: z.output<typeof EinstellungenAendern>) {
  const alt = await getEinstellungen(tx);
  requireVersion(alt, ifMatch);
  for (const { feld, objekttyp } of input.pflichtfelder ?? []) if (!await gibtEs(tx, objekttyp, feld)) throw SchriftgutErrors.feld_unbekannt({ feld });
  const neu = { ...alt, ...(input.maxTiefe !== undefined && { maxTiefe: input.maxTiefe }), ...(input.pflichtfelder && { pflichtfelder: input.pflichtfelder }), version: alt.version + 1 };
  const id = tx.ctx.mandantId;
  const row = { max_tiefe: neu.maxTiefe, pflichtfelder: JSON.stringify(neu.pflichtfelder), version: neu.version };
  const saved = await db.write(tx).insertInto('schriftgut.einstellung').values({ id, ...row })
    .onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet(row).where(sql<boolean>`einstellung.version = ${alt.version}`)).returning('id').executeTakeFirst();
  if (!saved) throw Outdated();
  await tx.record({ art: 'schriftgut.einstellungen_geaendert', objekte: { mandant: id }, daten: { aenderungen: diff(alt, neu, ['maxTiefe', 'pflichtfelder']) } });
  known.delete(tx);
  return neu;
}
