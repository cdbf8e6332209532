import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import { fullName, shortName } from './kurz.ts';
import { effectiveRechte } from './rolle.ts';
import { isEffective } from './rechte.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

/** How somebody comes to what is given to an OE: assigned to it, to one below it, or leading one above it. To a Rolle: by holding it. */
export type Zugehoerigkeit = 'rolle' | 'mitglied' | 'unter' | 'leitung';
export type Mitglied = { subjektArt: 'oe' | 'rolle'; subjekt: string; benutzerId: string; wie: Zugehoerigkeit };

/**
 * Who has what is given to these Rollen and OEs; without them: of all. `benutzerIds`: only these people. The same rule by which `organisation.akteur` resolves one
 * person at the login, asked the other way round; the locked are nobody. In SQL, as a list of (subjekt_art, subjekt, benutzer_id, wie).
 */
export function mitgliederSql(tx: ReadTx, { rollen, oes, benutzerIds }: { rollen?: readonly string[] | undefined; oes?: readonly string[] | undefined; benutzerIds?: readonly string[] | undefined }) {
  const m = tx.ctx.mandantId;
  const nur = benutzerIds ? sql`and b.id = any(${benutzerIds}::uuid[])` : sql``;
  return sql`(
    with recursive ziel as (select o.id from organisation.organisationseinheit o where o.mandant_id = ${m} ${oes ? sql`and o.id = any(${oes}::uuid[])` : sql``}),
    unter as (select id as start, id from ziel union select u.start, o.id from unter u join organisation.organisationseinheit o on o.mandant_id = ${m} and o.parent_id = u.id),
    ueber as (select id as start, id from ziel union select u.start, o.parent_id from ueber u join organisation.organisationseinheit o on o.mandant_id = ${m} and o.id = u.id where o.parent_id is not null),
    hier as (select z.benutzer_id, z.organisationseinheit_id as id, z.leitung from organisation.zuordnung z
      join organisation.organisationseinheit o on o.mandant_id = ${m} and o.id = z.organisationseinheit_id and (o.gueltig_bis is null or o.gueltig_bis >= ${heute()}::date)
      join organisation.benutzer b on b.mandant_id = ${m} and b.id = z.benutzer_id and not b.gesperrt ${nur} where z.mandant_id = ${m})
    select 'oe'::text as subjekt_art, start as subjekt, benutzer_id, (array['mitglied', 'unter', 'leitung'])[min(wie)] as wie from (
      select u.start, h.benutzer_id, case when u.start = h.id then 1 else 2 end as wie from unter u join hier h on h.id = u.id
      union all select u.start, h.benutzer_id, 3 from ueber u join hier h on h.id = u.id and h.leitung and h.id <> u.start
    ) alle group by start, benutzer_id
    union all select 'rolle', br.rolle_id, br.benutzer_id, 'rolle' from organisation.benutzer_rolle br join organisation.benutzer b on b.mandant_id = ${m} and b.id = br.benutzer_id and not b.gesperrt ${nur}
      where br.mandant_id = ${m} ${rollen ? sql`and br.rolle_id = any(${rollen}::uuid[])` : sql``})`;
}

export async function listMitglieder(tx: ReadTx, welche: Parameters<typeof mitgliederSql>[1]): Promise<Mitglied[]> {
  const rows = await db.read(tx).selectFrom(mitgliederSql(tx, welche).as('m') as never).selectAll().execute() as { subjekt_art: 'oe' | 'rolle'; subjekt: string; benutzer_id: string; wie: Zugehoerigkeit }[];
  return rows.map((r) => ({ subjektArt: r.subjekt_art, subjekt: r.subjekt, benutzerId: r.benutzer_id, wie: r.wie }));
}

export type PersonZeile = { id: string; name: string; kurz: string; funktion: string; gesperrt: boolean };
/** People for a list of many: those of these ids, or all. */
export async function readPersonen(tx: ReadTx, ids?: readonly string[]): Promise<Map<string, PersonZeile>> {
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'titel', 'vorname', 'nachname', 'funktion', 'gesperrt']).$if(ids !== undefined, (q) => q.where(sql<boolean>`id = any(${ids}::uuid[])`)).orderBy('sortiername').orderBy('id').execute();
  return new Map(rows.map((r) => [r.id, { id: r.id, name: fullName(r), kurz: shortName(r), funktion: r.funktion, gesperrt: r.gesperrt }]));
}

export type RolleMitRechten = { id: string; bezeichnung: string; rechte: ReadonlySet<string> };
/** Every Rolle of the Mandant with the Rechte it gives today. */
export async function readRollenMitRechten(tx: ReadTx): Promise<Map<string, RolleMitRechten>> {
  const rows = await db.read(tx).selectFrom('organisation.rolle').select(['id', 'schluessel', 'bezeichnung', 'rechte']).orderBy('bezeichnung').execute();
  return new Map(rows.map((r) => [r.id, { id: r.id, bezeichnung: r.bezeichnung, rechte: new Set(effectiveRechte(tx.rechte, r).filter((recht) => isEffective(tx, recht))) }]));
}
/** The Rollen of each of these people; who has none is missing. */
export async function readRollenVon(tx: ReadTx, benutzerIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.read(tx).selectFrom('organisation.benutzer_rolle').select(['benutzer_id', 'rolle_id']).where(sql<boolean>`benutzer_id = any(${benutzerIds}::uuid[])`).orderBy('rolle_id').execute();
  return new Map([...Map.groupBy(rows, (r) => r.benutzer_id)].map(([id, list]) => [id, list.map((r) => r.rolle_id)]));
}
