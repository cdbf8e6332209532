import { sql } from 'kysely';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Postfach } from '../contract.ts';
import { fehlertext } from './postfach.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
export type PostfachRow = Awaited<ReturnType<typeof findPostfach>>;

export async function findPostfach(tx: ReadTx, id: string) {
  const row = await db.read(tx).selectFrom('postfach.postfach').selectAll().where('id', '=', id).where('entfernt', 'is', null).executeTakeFirst();
  if (!row) throw NotFound('Postfach');
  return row;
}

async function read(tx: ReadTx, id?: string) {
  const rows = await db.read(tx).selectFrom('postfach.postfach as p').innerJoin('postfach.stand as s', 's.postfach_id', 'p.id').selectAll('p')
    .select(['s.laeuft_bis', 's.naechster', 's.letzter_lauf', 's.letzter_erfolg', 's.wartend', 's.fehler', 's.fehler_seit', sql<boolean>`coalesce(s.laeuft_bis > now(), false)`.as('laeuft')])
    .where('p.entfernt', 'is', null).$if(id !== undefined, (q) => q.where('p.id', '=', id!)).orderBy('p.bezeichnung').orderBy('p.id').execute();
  const zahlen = await db.read(tx).selectFrom('postfach.nachricht').select(['postfach_id', (eb) => eb.fn.countAll<number>().as('alle'), sql<number>`count(*) filter (where erfasst::date = current_date)`.as('heute'), sql<number>`count(*) filter (where zustand <> 'ganz')`.as('unvollstaendig')])
    .where('postfach_id', 'in', [...rows.map((r) => r.id), '00000000-0000-0000-0000-000000000000']).groupBy('postfach_id').execute();
  const oes = await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id));
  return rows.map((r): Postfach => {
    const z = zahlen.find((n) => n.postfach_id === r.id);
    return {
      id: r.id, version: r.version, bezeichnung: r.bezeichnung, organisationseinheit: oes.get(r.organisationseinheit_id), host: r.host, port: r.port, sicherheit: r.sicherheit, benutzername: r.benutzername,
      ordnerEingang: r.ordner_eingang, ordnerVerarbeitet: r.ordner_verarbeitet, ordnerFehler: r.ordner_fehler, pausiert: r.pausiert,
      stand: {
        laeuft: r.laeuft && !r.pausiert, letzterLauf: r.letzter_lauf, letzterErfolg: r.letzter_erfolg, naechster: r.naechster, wartend: r.wartend,
        fehler: r.fehler === null || r.fehler_seit === null ? null : { code: r.fehler, text: fehlertext(r.fehler), seit: r.fehler_seit },
        erfasst: Number(z?.alle ?? 0), heute: Number(z?.heute ?? 0), unvollstaendig: Number(z?.unvollstaendig ?? 0),
      },
      rechte: ['postfach.verwalten'],
    } as unknown as Postfach;
  });
}

export async function listPostfaecher(tx: ReadTx) {
  const eintraege = await read(tx);
  return { eintraege, gesamt: eintraege.length };
}
export async function getPostfach(tx: ReadTx, id: string): Promise<Postfach> {
  const [row] = await read(tx, id);
  if (!row) throw NotFound('Postfach');
  return row;
}

/** What an operator watches: mailboxes that have not been fetched for a while though nobody stopped them. */
export async function countGestoerte(tx: ReadTx): Promise<number> {
  const { n } = await db.read(tx).selectFrom('postfach.stand as s').innerJoin('postfach.postfach as p', 'p.id', 's.postfach_id').select((eb) => eb.fn.countAll<number>().as('n'))
    .where('p.entfernt', 'is', null).where('p.pausiert', '=', false).where(sql<boolean>`s.fehler_seit < now() - interval '15 minutes'`).executeTakeFirstOrThrow();
  return Number(n);
}
