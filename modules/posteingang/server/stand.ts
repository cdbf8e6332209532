import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Eingangsstatus } from '../contract.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

export type Eingangsstand = { id: string; nummer: string; eingegangen: string; status: Eingangsstatus; organisationseinheitId: string; akteId: string | null; vorgangId: string | null; /** Where the Dokument stands it has become. */ ablageSchutzId: string | null; zurueckweisungsgrund: string | null; /** Only its OE may open it. */ verschlossen: string | null };
/** What has become of Eingänge, whoever may see them: for the channels they came by, which tell it to their sender. */
export async function getEingangsstaende(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Eingangsstand>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'nummer', 'eingegangen', 'status', 'organisationseinheit_id', 'akte_id', 'vorgang_id', 'ablage_schutz_id', 'zurueckweisungsgrund', 'verschlossen']).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map(({ organisationseinheit_id, akte_id, vorgang_id, ablage_schutz_id, ...r }) => [r.id, { ...r, organisationseinheitId: organisationseinheit_id, akteId: akte_id, vorgangId: vorgang_id, ablageSchutzId: ablage_schutz_id }]));
}
