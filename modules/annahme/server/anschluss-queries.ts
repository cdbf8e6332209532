import { sql } from 'kysely';
import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { getEingangsstaende } from '#modules/posteingang/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Anschluss, AnschlussId, api, SendungId } from '../contract.ts';
import { VERWALTEN, type Abweichung } from './anschluss.ts';
import type { AnschlussRow } from './sendung-queries.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();
const seit = sql<string>`now() - interval '30 days'`;

export async function presentAnschluesse(tx: ReadTx, rows: readonly AnschlussRow[]): Promise<Anschluss[]> {
  const ids = rows.map((r) => r.id);
  if (!ids.length) return [];
  const oes = await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id));
  const nutzung = new Map((await db.read(tx).selectFrom('annahme.nutzung').selectAll().where('anschluss_id', 'in', ids).execute()).map((n) => [n.anschluss_id, n.zuletzt]));
  const sendungen = await db.read(tx).selectFrom('annahme.sendung').select(['anschluss_id', 'zustand', (eb) => eb.fn.countAll<number>().as('n')]).where('anschluss_id', 'in', ids)
    .where((eb) => eb.or([eb('zustand', '<>', 'angenommen'), eb('eroeffnet', '>=', seit)])).groupBy(['anschluss_id', 'zustand']).execute();
  const abgewiesen = new Map((await db.read(tx).selectFrom('annahme.abweisung').select(['anschluss_id', (eb) => eb.fn.countAll<number>().as('n')]).where('anschluss_id', 'in', ids).where('zeit', '>=', seit).groupBy('anschluss_id').execute()).map((a) => [a.anschluss_id, Number(a.n)]));
  const anzahl = (id: string, zustand: string) => Number(sendungen.find((s) => s.anschluss_id === id && s.zustand === zustand)?.n ?? 0);
  return rows.map((r) => ({
    id: r.id as AnschlussId, version: r.version, name: r.name, kanal: r.kanal, organisationseinheit: oes.get(r.organisationseinheit_id) as Anschluss['organisationseinheit'], ablage: r.ablage,
    erstellt: r.erstellt, tokenErstellt: r.token_erstellt, zuletzt: nutzung.get(r.id) ?? null, widerrufen: r.widerrufen,
    angenommen: anzahl(r.id, 'angenommen'), offen: anzahl(r.id, 'offen'), verfallen: anzahl(r.id, 'verfallen'), abgewiesen: abgewiesen.get(r.id) ?? 0, rechte: tx.ctx.akteur.rechte.has(VERWALTEN) ? [VERWALTEN] : [],
  }));
}

export const listAnschluesse = async (tx: ReadTx) =>
  ({ eintraege: await presentAnschluesse(tx, await db.read(tx).selectFrom('annahme.anschluss').selectAll().orderBy(sql`widerrufen is not null`).orderBy('name').execute()) });

async function requireRow(tx: ReadTx, id: string): Promise<AnschlussRow> {
  const row = await db.read(tx).selectFrom('annahme.anschluss').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Anschluss');
  return row;
}
export const getAnschluss = async (tx: ReadTx, id: string): Promise<Anschluss> => (await presentAnschluesse(tx, [await requireRow(tx, id)]))[0]!;

export async function listSendungen(tx: ReadTx, id: string, query: z.output<typeof api.listSendungen.query>) {
  await requireRow(tx, id);
  const found = db.read(tx).selectFrom('annahme.sendung').select(['id', 'externe_id', 'zustand', 'eroeffnet', 'angenommen', 'eingang_id', 'ablagehindernis']).where('anschluss_id', '=', id).$if(query.zustand !== undefined, (q) => q.where('zustand', '=', query.zustand!));
  const { rows, ...page } = await paginate(found, { sort: { eroeffnet: 'annahme.sendung.eroeffnet' }, id: 'annahme.sendung.id' }, query);
  const staende = await getEingangsstaende(tx, rows.flatMap((r) => r.eingang_id ?? []));
  const zahlen = rows.length ? await db.read(tx).selectFrom('annahme.datei').select(['sendung_id', (eb) => eb.fn.countAll<number>().as('alle'), (eb) => eb.fn.count<number>('upload_id').as('da')]).where('sendung_id', 'in', rows.map((r) => r.id)).groupBy('sendung_id').execute() : [];
  return {
    ...page,
    eintraege: rows.map((r) => {
      const z = zahlen.find((n) => n.sendung_id === r.id);
      return { id: r.id as SendungId, externeId: r.externe_id, zustand: r.zustand, eroeffnet: r.eroeffnet, angenommen: r.angenommen, nummer: r.eingang_id === null ? null : staende.get(r.eingang_id)?.nummer ?? null, dateien: Number(z?.alle ?? 0), erhalten: Number(z?.da ?? 0), hinweis: r.ablagehindernis };
    }),
  };
}

export async function listAbweisungen(tx: ReadTx, id: string, query: z.output<typeof api.listAbweisungen.query>) {
  await requireRow(tx, id);
  const found = db.read(tx).selectFrom('annahme.abweisung').select(['id', 'zeit', 'externe_id', 'code', 'titel', 'details']).where('anschluss_id', '=', id);
  const { rows, ...page } = await paginate(found, { sort: { zeit: 'annahme.abweisung.zeit' }, id: 'annahme.abweisung.id' }, query);
  return { ...page, eintraege: rows.map((r) => ({ id: r.id, zeit: r.zeit, externeId: r.externe_id, code: r.code, titel: r.titel, details: (r.details as Abweichung[]).map((d) => (d.pfad ? `${d.pfad}: ${d.text}` : d.text)) })) };
}
