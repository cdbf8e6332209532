import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { Profileinstellungen, type Profil, type ProfilAendern, type ProfilAnlegen } from '../../contract.ts';
import type { ScanstelleTables } from '../tables.gen.ts';

const db = tables<ScanstelleTables>();

export async function listProfile(tx: ReadTx): Promise<{ eintraege: Profil[] }> {
  const rows = await db.read(tx).selectFrom('scanstelle.profil').selectAll().orderBy('bezeichnung').execute();
  const oes = await getOrganisationseinheitenKurz(tx, rows.flatMap((r) => r.organisationseinheit_id ?? []));
  return { eintraege: rows.map((r) => ({
    id: r.id, version: r.version, bezeichnung: r.bezeichnung, ordner: r.ordner, organisationseinheit: r.organisationseinheit_id === null ? null : oes.get(r.organisationseinheit_id) ?? null,
    einstellungen: Profileinstellungen.parse(r.einstellungen), aktiv: r.aktiv, rechte: ['scanstapel.sehen', 'scanstelle.verwalten'].filter((x) => tx.ctx.akteur.rechte.has(x)),
  } as Profil)) };
}
const find = async (tx: ReadTx, id: string) => (await listProfile(tx)).eintraege.find((p) => p.id === id) ?? (() => { throw NotFound('Scanprofil'); })();

export async function createProfil(tx: WriteTx, { bezeichnung, ordner, organisationseinheitId, einstellungen }: z.output<typeof ProfilAnlegen>): Promise<Profil> {
  await requireEinheit(tx, organisationseinheitId);
  const id = newId();
  await db.write(tx).insertInto('scanstelle.profil').values({ id, bezeichnung, ordner, organisationseinheit_id: organisationseinheitId, einstellungen: JSON.stringify(einstellungen) }).execute();
  await tx.record({ art: 'scanprofil.angelegt', objekte: { scanprofil: id }, daten: { bezeichnung, ordner, einstellungen } });
  return find(tx, id);
}

export async function updateProfil(tx: WriteTx, id: string, ifMatch: number, input: z.output<typeof ProfilAendern>): Promise<Profil> {
  const row = await db.write(tx).selectFrom('scanstelle.profil').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Scanprofil');
  requireVersion(row, ifMatch);
  await requireEinheit(tx, input.organisationseinheitId ?? null);
  const alt = { bezeichnung: row.bezeichnung, ordner: row.ordner, organisationseinheitId: row.organisationseinheit_id, aktiv: row.aktiv, einstellungen: Profileinstellungen.parse(row.einstellungen) };
  const neu = { ...alt, ...Object.fromEntries(Object.entries(input).filter(([, v]) => v !== undefined)) } as typeof alt;
  await db.write(tx).updateTable('scanstelle.profil').set({ bezeichnung: neu.bezeichnung, ordner: neu.ordner, organisationseinheit_id: neu.organisationseinheitId, aktiv: neu.aktiv, einstellungen: JSON.stringify(neu.einstellungen), version: row.version + 1 }).where('id', '=', id).execute();
  await tx.record({ art: 'scanprofil.geaendert', objekte: { scanprofil: id }, daten: { bezeichnung: neu.bezeichnung, aenderungen: diff(alt, neu, ['bezeichnung', 'ordner', 'organisationseinheitId', 'aktiv', 'einstellungen']) } });
  return find(tx, id);
}
async function requireEinheit(tx: ReadTx, id: string | null) {
  if (id !== null && !(await getOrganisationseinheitenKurz(tx, [id])).size) throw NotFound('Organisationseinheit');
}
