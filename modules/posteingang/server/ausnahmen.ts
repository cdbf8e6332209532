import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { foldText } from '#modules/aktenplan/contract.ts';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Ausnahme, AusnahmeEingabe } from '../contract.ts';
import { PosteingangErrors } from './eingang.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
type Row = Selectable<PosteingangTables['posteingang.ausnahme']>;
type Eingabe = z.output<typeof AusnahmeEingabe>;

async function present(tx: ReadTx, rows: readonly Row[]): Promise<z.input<typeof Ausnahme>[]> {
  const oes = await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id));
  return rows.map((r) => ({ id: r.id, bezeichnung: r.bezeichnung, organisationseinheit: (oes.get(r.organisationseinheit_id) ?? null) as never, merkmale: r.merkmale, version: r.version }));
}
const all = (tx: ReadTx) => db.read(tx).selectFrom('posteingang.ausnahme').selectAll().orderBy('bezeichnung').execute();
export const listAusnahmen = async (tx: ReadTx) => ({ eintraege: await present(tx, await all(tx)) });

const words = (text: string) => ` ${foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}`;
/** The Ausnahme that these words name: »An den Personalrat – persönlich«. By the beginnings of words, so that also »des Personalrats« is found. */
export async function findAusnahme(tx: ReadTx, texte: readonly (string | null | undefined)[]): Promise<Row | undefined> {
  const text = words(texte.filter(Boolean).join(' '));
  return (await all(tx)).find((a) => a.merkmale.some((m) => text.includes(words(m))));
}
export async function requireAusnahme(tx: ReadTx, id: string): Promise<Row> {
  const row = await db.read(tx).selectFrom('posteingang.ausnahme').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw PosteingangErrors.ausnahme_unbekannt();
  return row;
}

const columns = ({ bezeichnung, organisationseinheitId, merkmale }: Eingabe) => ({ bezeichnung, organisationseinheit_id: organisationseinheitId, merkmale });
async function requireOe(tx: WriteTx, id: string) { if (!(await getOrganisationseinheitenKurz(tx, [id])).size) throw NotFound('Organisationseinheit'); }

export async function createAusnahme(tx: WriteTx, eingabe: Eingabe) {
  await requireOe(tx, eingabe.organisationseinheitId);
  const row = await db.write(tx).insertInto('posteingang.ausnahme').values({ id: newId(), ...columns(eingabe) }).returningAll().executeTakeFirstOrThrow();
  await tx.record({ art: 'posteingangsausnahme.angelegt', objekte: { ausnahme: row.id, organisationseinheit: row.organisationseinheit_id }, daten: { bezeichnung: row.bezeichnung, merkmale: row.merkmale } });
  return (await present(tx, [row]))[0]!;
}
export async function updateAusnahme(tx: WriteTx, id: string, ifMatch: number, eingabe: Eingabe) {
  const alt = await db.write(tx).selectFrom('posteingang.ausnahme').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!alt) throw NotFound('Ausnahme');
  requireVersion(alt, ifMatch);
  await requireOe(tx, eingabe.organisationseinheitId);
  const row = await db.write(tx).updateTable('posteingang.ausnahme').set((eb) => ({ ...columns(eingabe), version: eb('version', '+', 1) })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
  const felder = (r: Row) => ({ bezeichnung: r.bezeichnung, organisationseinheitId: r.organisationseinheit_id, merkmale: r.merkmale.join(', ') });
  await tx.record({ art: 'posteingangsausnahme.geaendert', objekte: { ausnahme: id }, daten: { bezeichnung: row.bezeichnung, aenderungen: diff(felder(alt), felder(row), ['bezeichnung', 'organisationseinheitId', 'merkmale']) } });
  return (await present(tx, [row]))[0]!;
}
/** What came under it stays closed: each Eingang keeps its own mark. */
export async function deleteAusnahme(tx: WriteTx, id: string) {
  const row = await db.write(tx).deleteFrom('posteingang.ausnahme').where('id', '=', id).returning('bezeichnung').executeTakeFirst();
  if (!row) throw NotFound('Ausnahme');
  await tx.record({ art: 'posteingangsausnahme.geloescht', objekte: { ausnahme: id }, daten: { bezeichnung: row.bezeichnung } });
  return {};
}
