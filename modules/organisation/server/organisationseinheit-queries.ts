import { sql } from 'kysely';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import { heldRechte } from './rechte.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

const select = (tx: ReadTx) => db.read(tx).selectFrom('organisation.organisationseinheit as o')
  .select((eb) => ['o.id', 'o.parent_id', 'o.kennzeichen', 'o.bezeichnung', 'o.kuerzel', 'o.ordnung', 'o.gueltig_ab', 'o.gueltig_bis', 'o.adressierbar', 'o.version',
    eb.selectFrom('organisation.zuordnung as z').select((e) => e.fn.countAll<number>().as('anzahl')).whereRef('z.organisationseinheit_id', '=', 'o.id').as('anzahl_benutzer')]);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const isValid = (row: Pick<Row, 'gueltig_ab' | 'gueltig_bis'>, day: string) => (row.gueltig_ab ?? day) <= day && day <= (row.gueltig_bis ?? day);
const present = (tx: ReadTx, { parent_id, gueltig_ab, gueltig_bis, anzahl_benutzer, ...row }: Row) => ({
  ...row, parentId: parent_id, gueltigAb: gueltig_ab, gueltigBis: gueltig_bis, gueltig: isValid({ gueltig_ab, gueltig_bis }, heute()), anzahlBenutzer: Number(anzahl_benutzer),
  rechte: heldRechte(tx, ['organisationseinheit.verwalten']),
});

type Filter = { limit: number; cursor?: string | undefined; sort: string; q?: string | undefined; parentId?: readonly string[] | undefined; gueltig?: boolean | undefined };
export async function listOrganisationseinheiten(tx: ReadTx, { q, parentId, gueltig, ...page }: Filter) {
  let query = select(tx);
  for (const word of (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 8)) query = query.where(sql<boolean>`strpos(lower(concat_ws(' ', o.kennzeichen, o.bezeichnung, o.kuerzel)), ${word.normalize('NFC').toLowerCase()}) > 0`);
  if (parentId?.length) query = query.where('o.parent_id', 'in', [...parentId]);
  const valid = sql<boolean>`(coalesce(o.gueltig_ab, current_date) <= current_date and coalesce(o.gueltig_bis, current_date) >= current_date)`;
  if (gueltig !== undefined) query = query.where(gueltig ? valid : sql<boolean>`not ${valid}`);
  const { rows, ...rest } = await paginate(query, { sort: { kennzeichen: 'o.kennzeichen', bezeichnung: 'o.bezeichnung' }, id: 'o.id' }, page);
  return { eintraege: rows.map((row) => present(tx, row)), ...rest };
}

export async function getOrganisationseinheit(tx: ReadTx, id: string) {
  const row = await select(tx).where('o.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Organisationseinheit');
  return present(tx, row);
}
