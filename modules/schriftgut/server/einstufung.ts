import { getKlassen, isVsNfdAktiv } from '#modules/zugriff/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { SchriftgutErrors } from './errors.ts';
import type { Teilbaum } from './ort.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
const CHUNK = 5000;
type Tabelle = 'schriftgut.akte' | 'schriftgut.vorgang' | 'schriftgut.dokument';

/** What is VS-NfD stands in a Schutzbereich of that class, which exists only where the Mandant may keep it. */
export async function requireEinstufung(tx: ReadTx, { geheimhaltungsgrad, schutz_id }: { geheimhaltungsgrad: string; schutz_id: string }): Promise<void> {
  if (geheimhaltungsgrad === 'vs_nfd' && (await getKlassen(tx, [schutz_id])).get(schutz_id) !== 'vs_nfd') throw SchriftgutErrors.einstufung_ohne_schutz();
}

/** The same for a whole subtree that has come to stand in another Schutzbereich. */
export async function requireEinstufungen(tx: ReadTx, { akten, vorgaenge, dokumente }: Teilbaum, schutzId: string): Promise<void> {
  if (!(await isVsNfdAktiv(tx)) || (await getKlassen(tx, [schutzId])).get(schutzId) === 'vs_nfd') return;
  for (const [table, ids] of [['schriftgut.akte', akten], ['schriftgut.vorgang', vorgaenge], ['schriftgut.dokument', dokumente]] as const) {
    for (let i = 0; i < ids.length; i += CHUNK) {
      if (await db.read(tx).selectFrom(table).select('id').where('id', 'in', ids.slice(i, i + CHUNK)).where('geheimhaltungsgrad', '=', 'vs_nfd').limit(1).executeTakeFirst()) throw SchriftgutErrors.einstufung_ohne_schutz();
    }
  }
}

/** For zugriff, before a Schutzbereich loses its class. */
export async function isEtwasEingestuft(tx: ReadTx, table: Tabelle, schutzIds: readonly string[]): Promise<boolean> {
  return (await db.read(tx).selectFrom(table).select('id').where('schutz_id', 'in', [...schutzIds]).where('geheimhaltungsgrad', '=', 'vs_nfd').limit(1).executeTakeFirst()) !== undefined;
}
