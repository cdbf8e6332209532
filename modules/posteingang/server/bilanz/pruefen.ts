import { sql } from 'kysely';
import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Differenz } from '../../contract.ts';
import type { PosteingangTables } from '../tables.gen.ts';

const db = tables<PosteingangTables & EreignisTables>();
const MAX_GENANNT = 50;
const nenne = (art: Differenz['art'], rows: readonly { nummer: string | null }[], jahr: number | null = null): Differenz[] =>
  rows.length ? [{ art, jahr, anzahl: rows.length, nummern: rows.slice(0, MAX_GENANNT).map((r) => r.nummer ?? '?') }] : [];

/**
 * Whether nothing is lost, from three witnesses that are written apart from each other: the counter of numbers, the Ereignisse of the protocol, and the rows
 * with their states. Number n was issued ⇔ there is a row with it ⇔ there is one Ereignis that says so; and the last Ereignis of each row says the state it is in.
 * `seit`: of what came in since then; the numbers are always looked at from the first.
 */
export async function pruefeBilanz(tx: ReadTx, seit: Date | null): Promise<{ eingaenge: number; differenzen: Differenz[] }> {
  const { eingaenge, luecken } = await pruefeNummern(tx);
  return { eingaenge, differenzen: [...luecken, ...await pruefeEreignisse(tx, seit), ...await pruefeStaende(tx, seit)] };
}

async function pruefeNummern(tx: ReadTx) {
  const jahre = await db.read(tx).selectFrom('posteingang.eingang as e').fullJoin('posteingang.zaehler as z', (j) => j.onRef('z.jahr', '=', 'e.jahr').onRef('z.mandant_id', '=', 'e.mandant_id'))
    .select([sql<number>`coalesce(z.jahr, e.jahr)`.as('jahr'), sql<number>`coalesce(max(z.stand), 0)`.as('stand'), sql<number>`count(e.id)`.as('zeilen'), sql<number>`coalesce(max(e.lfd_nr), 0)`.as('hoechste'), sql<number>`coalesce(min(e.lfd_nr), 1)`.as('niedrigste')])
    .groupBy(sql`1`).execute();
  const luecken: Differenz[] = [];
  for (const { jahr, stand, zeilen, hoechste, niedrigste } of jahre) {
    if (zeilen === stand && hoechste === stand && niedrigste === 1) continue;
    luecken.push(...nenne('nummer_ohne_eingang', await fehlende(tx, jahr, stand), jahr), ...nenne('eingang_ohne_nummer', await ueberzaehlige(tx, jahr, stand), jahr));
  }
  return { eingaenge: jahre.reduce((n, j) => n + Number(j.zeilen), 0), luecken };
}
const fehlende = (tx: ReadTx, jahr: number, stand: number) => db.read(tx).selectFrom(sql<{ n: number }>`generate_series(1, ${stand}::int)`.as<'g'>(sql`g(n)`)).select(sql<string>`'PE ' || ${jahr}::text || '-' || lpad(g.n::text, 6, '0')`.as('nummer'))
  .where((eb) => eb.not(eb.exists(eb.selectFrom('posteingang.eingang as e').select('e.id').where('e.jahr', '=', jahr).where('e.lfd_nr', '=', sql<number>`g.n`)))).execute();
const ueberzaehlige = (tx: ReadTx, jahr: number, stand: number) => db.read(tx).selectFrom('posteingang.eingang').select('nummer').where('jahr', '=', jahr).where((eb) => eb.or([eb('lfd_nr', '>', stand), eb('lfd_nr', '<', 1)])).execute();

/** Row and Ereignis were written in one transaction, so they bear the same time. */
async function pruefeEreignisse(tx: ReadTx, seit: Date | null): Promise<Differenz[]> {
  const ab = seit ?? new Date(0);
  const rows = await db.read(tx)
    .with('gesagt', (q) => q.selectFrom('platform.ereignis as v').innerJoin('platform.ereignis_objekt as o', (j) => j.onRef('o.ereignis_id', '=', 'v.id').onRef('o.mandant_id', '=', 'v.mandant_id'))
      .select(['o.objekt_id', sql<number>`count(*)`.as('anzahl')]).where('v.zeit', '>=', sql<string>`${ab}`).where('v.art', '=', 'eingang.angelegt').where('o.objekt', '=', 'eingang').groupBy('o.objekt_id'))
    .with('da', (q) => q.selectFrom('posteingang.station as s').innerJoin('posteingang.eingang as e', (j) => j.onRef('e.id', '=', 's.eingang_id').onRef('e.mandant_id', '=', 's.mandant_id')).select(['e.id', 'e.nummer']).where('s.nummer', '=', 1).where('s.von', '>=', sql<string>`${ab}`))
    .selectFrom('gesagt').fullJoin('da', 'da.id', 'gesagt.objekt_id').select(['da.nummer as nummer', 'da.id as id', 'gesagt.objekt_id as ereignis', 'gesagt.anzahl as anzahl'])
    .where((eb) => eb.or([eb('da.id', 'is', null), eb('gesagt.objekt_id', 'is', null), eb('gesagt.anzahl', '<>', 1)])).execute();
  return [
    ...nenne('eingang_ohne_ereignis', rows.filter((r) => r.ereignis === null)),
    ...nenne('ereignis_ohne_eingang', rows.filter((r) => r.id === null)),
    ...nenne('ereignis_mehrfach', rows.filter((r) => r.id !== null && r.ereignis !== null)),
  ];
}

/** Of each Eingang the state its row says, and the one the last Ereignis says that ended or reopened it. */
async function pruefeStaende(tx: ReadTx, seit: Date | null): Promise<Differenz[]> {
  const rows = await db.read(tx).selectFrom('posteingang.station as s').innerJoin('posteingang.eingang as e', (j) => j.onRef('e.id', '=', 's.eingang_id').onRef('e.mandant_id', '=', 's.mandant_id'))
    .leftJoinLateral((eb) => eb.selectFrom('platform.ereignis_objekt as o').innerJoin('platform.ereignis as v', (j) => j.onRef('v.id', '=', 'o.ereignis_id').onRef('v.mandant_id', '=', 'o.mandant_id'))
      .select('v.art').whereRef('o.objekt_id', '=', 'e.id').whereRef('o.mandant_id', '=', 'e.mandant_id')
      .where('v.art', 'in', ['eingang.angelegt', 'eingang.abgelegt', 'eingang.zurueckgewiesen', 'eingang.abgegeben', 'eingang.wieder_aufgenommen']).orderBy('v.id', 'desc').limit(1).as('l'), (j) => j.onTrue())
    .select('e.nummer').where('s.nummer', '=', 1).$if(seit !== null, (q) => q.where('s.von', '>=', sql<string>`${seit}`))
    .where(sql<boolean>`case l.art when 'eingang.abgelegt' then 'zugeordnet' when 'eingang.zurueckgewiesen' then 'zurueckgewiesen' when 'eingang.abgegeben' then 'weitergeleitet' else 'offen' end
      is distinct from case when e.status in ('erfasst', 'verteilt', 'in_bearbeitung') then 'offen' when e.status = 'vernichtet' then e.vernichtet_aus else e.status end`)
    .execute();
  return nenne('stand_weicht_ab', rows);
}
