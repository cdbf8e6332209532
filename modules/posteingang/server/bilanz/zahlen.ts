import { sql, type RawBuilder } from 'kysely';
import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { api, Kanal } from '../../contract.ts';
import { eingangPolicy } from '../policy.ts';
import type { PosteingangTables } from '../tables.gen.ts';
import { readBilanzpruefung } from './pruefung.ts';

const db = tables<PosteingangTables>();
type Zeitraum = z.output<typeof api.getPosteingangBilanz.query>;
const E = 'posteingang.eingang';
const tag = sql<string>`posteingang.eingang.eingegangen::date`;
/** Whole days by the legal clock, so that the index by time serves. */
const imZeitraum = ({ von, bis }: Zeitraum) => sql<boolean>`posteingang.eingang.eingegangen >= ${von}::date::timestamptz and posteingang.eingang.eingegangen < (${bis}::date + 1)::timestamptz`;
const zaehle = (bedingung: RawBuilder<unknown>) => sql<number>`(count(*) filter (where ${bedingung}))::int`;
const stand = sql`case when posteingang.eingang.status = 'vernichtet' then posteingang.eingang.vernichtet_aus else posteingang.eingang.status end`;
type Zeile = { tag: string | null; kanal: Kanal | null; oe: string | null; ebene: number; eingegangen: number; abgelegt: number; zurueckgewiesen: number; weitergeleitet: number; offen: number };

/** received = filed + rejected + sent on + open, of what the Akteur may see: by day, channel and basket in one scan. */
export async function getBilanz(tx: ReadTx, zeitraum: Zeitraum) {
  const rows = await db.read(tx).selectFrom(E).select([
    tag.as('tag'), 'kanal', 'organisationseinheit_id as oe', sql<number>`grouping(${tag}, kanal, organisationseinheit_id)`.as('ebene'),
    sql<number>`count(*)::int`.as('eingegangen'), zaehle(sql`${stand} = 'zugeordnet'`).as('abgelegt'), zaehle(sql`${stand} = 'zurueckgewiesen'`).as('zurueckgewiesen'), zaehle(sql`${stand} = 'weitergeleitet'`).as('weitergeleitet'),
    zaehle(sql`${stand} in ('erfasst', 'verteilt', 'in_bearbeitung')`).as('offen'),
  ]).where(imZeitraum(zeitraum)).where(await eingangPolicy.visible(tx, 'eingang.sehen')).groupBy(sql`grouping sets ((${tag}), (kanal), (organisationseinheit_id), ())`).execute() as Zeile[];
  const oes = await getOrganisationseinheitenKurz(tx, rows.flatMap((r) => (r.ebene === 0b110 && r.oe !== null ? [r.oe] : [])));
  const zahlen = ({ eingegangen, abgelegt, zurueckgewiesen, weitergeleitet, offen }: Omit<Zeile, 'tag' | 'kanal' | 'oe' | 'ebene'>) => ({ eingegangen, abgelegt, zurueckgewiesen, weitergeleitet, offen });
  const leer = { eingegangen: 0, abgelegt: 0, zurueckgewiesen: 0, weitergeleitet: 0, offen: 0 };
  return {
    gesamt: zahlen(rows.find((r) => r.ebene === 0b111) ?? leer),
    jeTag: rows.filter((r) => r.ebene === 0b011).toSorted((a, b) => b.tag!.localeCompare(a.tag!)).map((r) => ({ tag: r.tag!, ...zahlen(r) })),
    jeKanal: rows.filter((r) => r.ebene === 0b101).toSorted((a, b) => b.eingegangen - a.eingegangen).map((r) => ({ kanal: r.kanal!, ...zahlen(r) })),
    jeKorb: rows.filter((r) => r.ebene === 0b110).flatMap((r) => { const o = oes.get(r.oe!); return o ? [{ organisationseinheit: o as never, ...zahlen(r) }] : []; })
      .toSorted((a: any, b: any) => a.organisationseinheit.kennzeichen.localeCompare(b.organisationseinheit.kennzeichen, 'de', { numeric: true })),
    pruefung: tx.ctx.akteur.rechte.has('posteingang.pruefen') ? await readBilanzpruefung(tx) : null,
  };
}

const STUFEN = [1, 3, 7, 14] as const;
/** How fast, and how old: by channel and basket, never by person. Times in hours. */
export async function getStatistik(tx: ReadTx, zeitraum: Zeitraum) {
  const sichtbar = await eingangPolicy.visible(tx, 'eingang.sehen');
  const verteilt = await db.read(tx).selectFrom(E)
    .innerJoinLateral((eb) => eb.selectFrom('posteingang.station as s').select([sql<Date>`min(s.von)`.as('beginn'), sql<Date>`min(s.von) filter (where s.status <> 'erfasst')`.as('verteilt')]).whereRef('s.eingang_id', '=', `${E}.id`).whereRef('s.mandant_id', '=', `${E}.mandant_id`).as('w'), (j) => j.onTrue())
    .select(['kanal', sql<number>`count(w.verteilt)::int`.as('anzahl'), sql<number>`(count(*) - count(w.verteilt))::int`.as('wartend'), quantil(0.5).as('median'), quantil(0.9).as('p90')])
    .where(imZeitraum(zeitraum)).where(sichtbar).groupBy(sql`grouping sets ((kanal), ())`).execute();
  const alter = sql<number>`extract(epoch from now() - posteingang.eingang.eingegangen) / 86400`;
  const offen = await db.read(tx).selectFrom(E).select(['organisationseinheit_id as oe', sql<number>`count(*)::int`.as('anzahl'), sql<number>`percentile_cont(0.5) within group (order by ${alter})`.as('median'), sql<number>`max(${alter})`.as('aeltester'),
    sql<number[]>`array[${sql.join([...STUFEN.map((bis, i) => zaehle(sql`${alter} < ${bis} and ${alter} >= ${STUFEN[i - 1] ?? -1}`)), zaehle(sql`${alter} >= ${STUFEN.at(-1)}`)])}]`.as('stufen')])
    .where(sql<boolean>`posteingang.eingang.status in ('erfasst', 'verteilt', 'in_bearbeitung')`).where(sichtbar).groupBy('organisationseinheit_id').execute();
  const oes = await getOrganisationseinheitenKurz(tx, offen.map((r) => r.oe));
  return {
    verteilung: verteilt.map((r) => ({ kanal: r.kanal, anzahl: r.anzahl, wartend: r.wartend, medianStunden: r.median === null ? null : Number(r.median), p90Stunden: r.p90 === null ? null : Number(r.p90) })).toSorted((a, b) => Number(b.kanal === null) - Number(a.kanal === null) || b.anzahl - a.anzahl),
    alterDerOffenen: offen.flatMap((r) => { const o = oes.get(r.oe); return o ? [{ organisationseinheit: o as never, anzahl: r.anzahl, medianTage: Number(r.median), aeltesterTage: Number(r.aeltester), stufen: r.stufen }] : []; }).toSorted((a, b) => b.aeltesterTage - a.aeltesterTage),
    stufenTage: [...STUFEN],
  };
}
const quantil = (q: number) => sql<number | null>`percentile_cont(${q}) within group (order by extract(epoch from w.verteilt - w.beginn) / 3600) filter (where w.verteilt is not null)`;
