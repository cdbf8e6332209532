import type { z } from 'zod';
import { createToken, getOrganisationseinheitenKurz, hashToken, keepSecret } from '#modules/organisation/server/index.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { AnschlussAendern, AnschlussAnlegen } from '../contract.ts';
import { AnnahmeErrors, tokenPraefix } from './anschluss.ts';
import { getAnschluss } from './anschluss-queries.ts';
import type { AnschlussRow } from './sendung-queries.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();

async function requireOe(tx: WriteTx, id: string | undefined) {
  if (id !== undefined && !(await getOrganisationseinheitenKurz(tx, [id])).size) throw NotFound('Organisationseinheit');
}
async function lockAnschluss(tx: WriteTx, id: string): Promise<AnschlussRow> {
  const row = await db.write(tx).selectFrom('annahme.anschluss').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Anschluss');
  if (row.widerrufen !== null) throw AnnahmeErrors.widerrufen();
  return row;
}

export async function createAnschluss(tx: WriteTx, { name, kanal, organisationseinheitId, ablage }: z.output<typeof AnschlussAnlegen>) {
  await requireOe(tx, organisationseinheitId);
  const [id, token] = [newId(), createToken(tokenPraefix(tx.ctx.mandantId))];
  await db.write(tx).insertInto('annahme.anschluss').values({ id, name, kanal, organisationseinheit_id: organisationseinheitId, ablage, token_hash: hashToken(token) }).execute();
  await tx.record({ art: 'anschluss.angelegt', objekte: { anschluss: id, organisationseinheit: organisationseinheitId }, daten: { name, kanal, ablage } });
  keepSecret(tx, token);
  return getAnschluss(tx, id);
}

export async function updateAnschluss(tx: WriteTx, id: string, ifMatch: number, input: z.output<typeof AnschlussAendern>) {
  const alt = await lockAnschluss(tx, id);
  requireVersion(alt, ifMatch);
  await requireOe(tx, input.organisationseinheitId);
  const vorher = { name: alt.name, organisationseinheitId: alt.organisationseinheit_id, ablage: alt.ablage };
  const neu = { ...vorher, ...Object.fromEntries(Object.entries(input).filter(([, v]) => v !== undefined)) } as typeof vorher;
  await db.write(tx).updateTable('annahme.anschluss').set({ name: neu.name, organisationseinheit_id: neu.organisationseinheitId, ablage: neu.ablage, version: ifMatch + 1 }).where('id', '=', id).execute();
  await tx.record({ art: 'anschluss.geaendert', objekte: { anschluss: id }, daten: { name: neu.name, aenderungen: diff(vorher, neu, ['name', 'organisationseinheitId', 'ablage']) } });
  return getAnschluss(tx, id);
}

/** The old one ends at once: whoever renews it because it became known cannot wait. */
export async function resetAnschluss(tx: WriteTx, id: string) {
  const { name, version } = await lockAnschluss(tx, id);
  const token = createToken(tokenPraefix(tx.ctx.mandantId));
  await db.write(tx).updateTable('annahme.anschluss').set({ token_hash: hashToken(token), token_erstellt: new Date(), version: version + 1 }).where('id', '=', id).execute();
  await tx.record({ art: 'anschluss.token_erneuert', objekte: { anschluss: id }, daten: { name } });
  keepSecret(tx, token);
  return getAnschluss(tx, id);
}

export async function revokeAnschluss(tx: WriteTx, id: string) {
  const { name, version } = await lockAnschluss(tx, id);
  await db.write(tx).updateTable('annahme.anschluss').set({ widerrufen: new Date(), version: version + 1 }).where('id', '=', id).execute();
  await tx.record({ art: 'anschluss.widerrufen', objekte: { anschluss: id }, daten: { name } });
  return getAnschluss(tx, id);
}
