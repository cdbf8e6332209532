import { getBenutzerKurz, getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Station } from '../contract.ts';
import { eingangPolicy } from './policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

/** Who had it, from when to when, how it came there and why: for everybody who sees the Eingang. In a protected basket reasons are as hidden as the Betreff. */
export async function listStationen(tx: ReadTx, id: string): Promise<{ eintraege: Station[] }> {
  const eingang = await eingangPolicy.authorize(tx, 'eingang.sehen', id);
  const rows = await db.read(tx).selectFrom('posteingang.station').selectAll().where('eingang_id', '=', id).orderBy('nummer').execute();
  const oes = await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id));
  const personen = await getBenutzerKurz(tx, [...new Set(rows.flatMap((r) => [r.benutzer_id, r.urheber_id]).filter((p) => p !== null))]);
  const person = (p: string | null) => (p === null ? null : personen.get(p) ?? null) as Station['durch'];
  return { eintraege: rows.map((r, i) => ({
    nummer: r.nummer, schritt: r.schritt, status: r.status, organisationseinheit: (oes.get(r.organisationseinheit_id) ?? null) as Station['organisationseinheit'], bearbeiter: person(r.benutzer_id),
    von: r.von, bis: rows[i + 1]?.von ?? null, grund: eingang.geschuetzt ? null : r.grund, durch: person(r.urheber_id),
  })) };
}
