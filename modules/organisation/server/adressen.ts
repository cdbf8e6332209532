import { sql, type ExpressionBuilder } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { Akteur } from '#platform/server/context.ts';
import { fullName } from './kurz.ts';
import { isEffective } from './rechte.ts';
import { effectiveRechte } from './rolle.ts';
import type { OrganisationTables } from './tables.gen.ts';
import { rowsOf, valueOf } from './verbund.ts';

const db = tables<OrganisationTables>();

/** E-mail addresses of those who have one and may still log in. */
export async function getBenutzerAdressen(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'email']).where('id', 'in', [...new Set(ids)]).where('email', 'is not', null).where('gesperrt', '=', false).execute();
  return new Map(rows.flatMap((r) => (r.email ? [[r.id, r.email] as const] : [])));
}

/** The OEs of today a person belongs to, not those above or below; the one they lead first. */
export async function listEigeneOes(tx: ReadTx, benutzerId: string): Promise<string[]> {
  const rows = await db.read(tx).selectFrom('organisation.zuordnung as z').innerJoin('organisation.organisationseinheit as o', 'o.id', 'z.organisationseinheit_id').select('o.id').where('z.benutzer_id', '=', benutzerId)
    .where((eb) => eb.or([eb('o.gueltig_bis', 'is', null), eb('o.gueltig_bis', '>=', heute())])).orderBy('z.leitung', 'desc').orderBy('o.kennzeichen').execute();
  return rows.map((r) => r.id);
}

/** Of a Rolle `r`: its own Rechte, or those of its default. */
const haelt = (eb: ExpressionBuilder<any, any>, tx: ReadTx, recht: string) => eb.or([sql<boolean>`${recht} = any(r.rechte)`, eb.and([eb('r.rechte', 'is', null), sql<boolean>`r.schluessel = any(${tx.rechte[recht] ?? []}::text[])`])]);

/** Who works in each OE itself, not above or below it; with `recht` only those who hold it and are not locked. An OE of nobody is missing. */
export async function listBenutzerDerOes(tx: ReadTx, organisationseinheitIds: readonly string[], recht?: string): Promise<Map<string, string[]>> {
  if (!organisationseinheitIds.length) return new Map();
  const rows = await db.read(tx).selectFrom('organisation.zuordnung as z').innerJoin('organisation.benutzer as b', 'b.id', 'z.benutzer_id').select(['z.organisationseinheit_id', 'z.benutzer_id']).distinct().where('z.organisationseinheit_id', 'in', [...new Set(organisationseinheitIds)])
    .$if(recht !== undefined, (q) => q.innerJoin('organisation.benutzer_rolle as br', 'br.benutzer_id', 'b.id').innerJoin('organisation.rolle as r', 'r.id', 'br.rolle_id').where('b.gesperrt', '=', false)
      .where((eb) => haelt(eb, tx, recht!))).execute();
  return new Map([...Map.groupBy(rows, (r) => r.organisationseinheit_id)].map(([oe, list]) => [oe, list.map((r) => r.benutzer_id)]));
}

export type Adressierbar = { id: string; kennzeichen: string; bezeichnung: string; personen: { id: string; name: string; funktion: string }[] };
/** The OEs of another Mandant that it has put on its list, and who works there; empty for one that is not there or not active. */
export async function listAdressierbare(tx: ReadTx, mandantId: string): Promise<Adressierbar[]> {
  type Row = { organisationseinheit_id: string; kennzeichen: string; bezeichnung: string; benutzer_id: string | null; titel: string; vorname: string; nachname: string; funktion: string };
  const rows = await rowsOf<Row>(tx, sql`organisation.list_adressierbare(${mandantId})`);
  return [...Map.groupBy(rows, (r) => r.organisationseinheit_id)].map(([id, list]) => ({
    id, kennzeichen: list[0]!.kennzeichen, bezeichnung: list[0]!.bezeichnung,
    personen: list.flatMap((r) => (r.benutzer_id === null ? [] : [{ id: r.benutzer_id, name: fullName(r), funktion: r.funktion }])),
  }));
}

/** Who alone has this e-mail address and may log in, as the Akteur of today: what they could do if they sat here. */
export async function findAkteurVon(tx: ReadTx, email: string): Promise<Akteur | undefined> {
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select('id').where(sql`lower(email)`, '=', email.toLowerCase()).where('gesperrt', '=', false).limit(2).execute();
  if (rows.length !== 1) return undefined;
  const person = await valueOf<{ rollen: { id: string; schluessel: string | null; rechte: string[] | null }[]; organisationseinheiten: string[] } | null>(tx, sql`organisation.resolve_vertretene(${rows[0]!.id}, ${null}::uuid[])`);
  return person === null ? undefined : {
    art: 'person', id: rows[0]!.id, rollen: person.rollen.map((r) => r.id), organisationseinheiten: person.organisationseinheiten,
    rechte: new Set(person.rollen.flatMap((rolle) => effectiveRechte(tx.rechte, rolle)).filter((recht) => isEffective(tx, recht))),
  };
}

/** Everybody of this Mandant who holds the Recht and is not locked. */
export async function listBenutzerMitRecht(tx: ReadTx, recht: string): Promise<string[]> {
  const rows = await db.read(tx).selectFrom('organisation.benutzer as b').innerJoin('organisation.benutzer_rolle as br', 'br.benutzer_id', 'b.id').innerJoin('organisation.rolle as r', 'r.id', 'br.rolle_id').select('b.id').distinct()
    .where('b.gesperrt', '=', false).where((eb) => haelt(eb, tx, recht)).execute();
  return rows.map((r) => r.id);
}

/** Who leads each of these OEs: itself or, where nobody does, the nearest one above. The locked lead nothing; an OE without any is missing. */
export async function listLeitungenDerOes(tx: ReadTx, organisationseinheitIds: readonly string[]): Promise<Map<string, string[]>> {
  if (!organisationseinheitIds.length) return new Map();
  const m = tx.ctx.mandantId;
  const rows = await db.read(tx).selectFrom(sql<{ start: string; benutzer_id: string; rang: number }>`(
    with recursive kette as (select o.id as start, o.id, o.parent_id, 0 as tiefe from organisation.organisationseinheit o where o.mandant_id = ${m} and o.id = any(${organisationseinheitIds}::uuid[])
      union all select k.start, o.id, o.parent_id, k.tiefe + 1 from kette k join organisation.organisationseinheit o on o.mandant_id = ${m} and o.id = k.parent_id)
    select k.start, z.benutzer_id, rank() over (partition by k.start order by k.tiefe) as rang from kette k join organisation.zuordnung z on z.mandant_id = ${m} and z.organisationseinheit_id = k.id and z.leitung
      join organisation.benutzer b on b.mandant_id = ${m} and b.id = z.benutzer_id and not b.gesperrt)`.as('l')).select(['start', 'benutzer_id']).where('rang', '=', 1).execute();
  return new Map([...Map.groupBy(rows, (r) => r.start)].map(([oe, list]) => [oe, list.map((r) => r.benutzer_id)]));
}
