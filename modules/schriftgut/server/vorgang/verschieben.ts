import { sql } from 'kysely';
import type { z } from 'zod';
import { requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Vorgang, VorgangVerschieben } from '../../contract.ts';
import { nameContainer } from '../dokument/verschieben.ts';
import { VorgangErrors } from '../errors.ts';
import { kennzeichenVon } from '../kennzeichen.ts';
import { holdOffen, lock, nextNummer, readTeilbaum, requireErlaubteTiefe } from '../ort.ts';
import { vorgangPolicy } from '../policy.ts';
import { objekteOf, placeSchutz } from '../schutz.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { renameTeilbaum } from '../umbenennen.ts';
import { openContainer } from './commands.ts';
import { getVorgang } from './queries.ts';

const db = tables<SchriftgutTables>();
const CHUNK = 5000;

/** ST-07: with all its Teilvorgänge and Dokumente to another Akte, or below another Vorgang. */
export async function moveVorgang(tx: WriteTx, id: string, ifMatch: number, { grund, ...ziel }: z.output<typeof VorgangVerschieben>): Promise<Vorgang> {
  const seen = await vorgangPolicy.authorize(tx, 'vorgang.verschieben', id);
  await holdOffen(tx, 'akte', seen.akte_id);
  const ort = await openContainer(tx, ziel);
  await lock(tx, 'vorgang', id);
  const row = await vorgangPolicy.authorize(tx, 'vorgang.verschieben', id);
  requireVersion(row, ifMatch);
  if (row.storniert_am !== null) throw VorgangErrors.storniert();
  if (ort.id === (row.parent_id ?? row.akte_id)) throw VorgangErrors.ort_unveraendert();
  const baum = await readTeilbaum(tx, 'vorgang', id);
  if (baum.vorgaenge.includes(ort.id)) throw VorgangErrors.in_sich();
  const { tiefste } = await db.write(tx).selectFrom('schriftgut.vorgang').select((eb) => eb.fn.max('tiefe').as('tiefste')).where('id', 'in', baum.vorgaenge).executeTakeFirstOrThrow();
  await requireErlaubteTiefe(tx, ort.tiefe + tiefste - row.tiefe);

  const von = await nameContainer(tx, { akte_id: row.akte_id, vorgang_id: row.parent_id });
  const nummer = await nextNummer(tx, ort.id);
  const kennzeichen = kennzeichenVon.vorgang(ort.kennzeichen, nummer);
  // Place and number in one statement: the old number may be taken in the new place.
  await db.write(tx).updateTable('schriftgut.vorgang').set((eb) => ({ akte_id: ort.akte_id, parent_id: ort.parent_id, nummer, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await db.write(tx).updateTable('schriftgut.vorgang').set({ akte_id: ort.akte_id, tiefe: sql`tiefe + ${ort.tiefe - row.tiefe}` }).where('id', 'in', baum.vorgaenge).execute();
  for (let i = 0; i < baum.dokumente.length; i += CHUNK) await db.write(tx).updateTable('schriftgut.dokument').set({ akte_id: ort.akte_id }).where('id', 'in', baum.dokumente.slice(i, i + CHUNK)).execute();
  await renameTeilbaum(tx, baum, row.kennzeichen, kennzeichen, grund);
  await placeSchutz(tx, 'vorgang', row, ort.schutz_id, baum);
  await tx.record({
    art: 'vorgang.verschoben', objekte: { ...objekteOf(baum), vorgang: [...new Set([...baum.vorgaenge, ...[row.parent_id, ort.parent_id].filter((v) => v !== null)])], akte: [...new Set([row.akte_id, ort.akte_id])] },
    daten: { von, nach: await nameContainer(tx, { akte_id: ort.akte_id, vorgang_id: ort.parent_id }), kennzeichen: { alt: row.kennzeichen, neu: kennzeichen }, grund },
  });
  return getVorgang(tx, id);
}
