import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Vorgabe } from './rolle.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();
const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
const unique = (ids: Iterable<string>) => [...new Set(ids)];

type Name = { titel: string; vorname: string; nachname: string };
export const fullName = ({ titel, vorname, nachname }: Name) => [titel, vorname, nachname].filter(Boolean).join(' ');
/** »K. Böttcher«: by code point and combining marks, so that no letter of DIN 91379 is cut in two. */
export const shortName = ({ vorname, nachname }: Name) => {
  const [first] = new Intl.Segmenter('de').segment(vorname);
  return first ? `${first.segment}. ${nachname}` : nachname;
};

/**
 * People as other objects name them; the locked and departed are named as well, guests with where they come from, and who acted in a Vertretung (by its
 * id) with the person it was for.
 */
export async function getBenutzerKurz(tx: ReadTx, ids: Iterable<string>): Promise<Map<string, { id: string; name: string; kurz: string }>> {
  const wanted = unique(ids);
  if (!wanted.length) return new Map();
  const person = sql<string | null>`null`;
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'titel', 'vorname', 'nachname', sql<string>`''`.as('heimat_name'), person.as('vt'), person.as('vv'), person.as('vn')]).where('id', 'in', wanted)
    .unionAll(db.read(tx).selectFrom('organisation.gast').select(['id', 'titel', 'vorname', 'nachname', 'heimat_name', person.as('vt'), person.as('vv'), person.as('vn')]).where('id', 'in', wanted))
    .unionAll(db.read(tx).selectFrom('organisation.vertretung as v').innerJoin('organisation.benutzer as b', 'b.id', 'v.vertreter_id').innerJoin('organisation.benutzer as a', 'a.id', 'v.benutzer_id')
      .select(['v.id', 'b.titel', 'b.vorname', 'b.nachname', sql<string>`''`.as('heimat_name'), 'a.titel as vt', 'a.vorname as vv', 'a.nachname as vn']).where('v.id', 'in', wanted)).execute();
  return byId(rows.map(({ vt, vv, vn, heimat_name, ...row }) => {
    const fuer = vn === null ? undefined : { titel: vt ?? '', vorname: vv ?? '', nachname: vn };
    return { id: row.id, name: `${fullName(row)}${heimat_name && ` (${heimat_name})`}${fuer ? ` (i. V. ${fullName(fuer)})` : ''}`, kurz: `${shortName(row)}${fuer ? ` (i. V. ${shortName(fuer)})` : ''}` };
  }));
}

/** Which of these ids are people of this Mandant: whom one can give something. */
export async function findBenutzer(tx: ReadTx, ids: readonly string[]): Promise<Set<string>> {
  return new Set(ids.length ? (await db.read(tx).selectFrom('organisation.benutzer').select('id').where('id', 'in', unique(ids)).execute()).map((r) => r.id) : []);
}

export async function getOrganisationseinheitenKurz(tx: ReadTx, ids: Iterable<string>): Promise<Map<string, { id: string; kennzeichen: string; bezeichnung: string; kuerzel: string }>> {
  const wanted = unique(ids);
  if (!wanted.length) return new Map();
  return byId(await db.read(tx).selectFrom('organisation.organisationseinheit').select(['id', 'kennzeichen', 'bezeichnung', 'kuerzel']).where('id', 'in', wanted).execute());
}

export async function getRollenKurz(tx: ReadTx, ids: Iterable<string>): Promise<Map<string, { id: string; bezeichnung: string }>> {
  const wanted = unique(ids);
  if (!wanted.length) return new Map();
  return byId(await db.read(tx).selectFrom('organisation.rolle').select(['id', 'bezeichnung']).where('id', 'in', wanted).execute());
}

/** The Mandant's Rolle that stands for a default of the Verbund; undefined where the Mandant is not set up yet. */
export async function getRolleDerVorgabe(tx: ReadTx, schluessel: Vorgabe): Promise<string | undefined> {
  return (await db.read(tx).selectFrom('organisation.rolle').select('id').where('schluessel', '=', schluessel).executeTakeFirst())?.id;
}
