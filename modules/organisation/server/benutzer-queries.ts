import { sql } from 'kysely';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { readKonten } from './konten.ts';
import { fullName, shortName } from './kurz.ts';
import { heldRechte } from './rechte.ts';
import type { OrganisationTables } from './tables.gen.ts';
import { ANORDNEN, unterstellteSql, VERWALTEN } from './vertretung/befugnis.ts';

const db = tables<OrganisationTables>();

function groupBy<Row, Value>(rows: readonly Row[], key: (row: Row) => string, value: (row: Row) => Value): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), value(row)]);
  return groups;
}

export async function readRollenOf(tx: ReadTx, benutzerIds: readonly string[]) {
  if (!benutzerIds.length) return new Map<string, { id: string; bezeichnung: string }[]>();
  const rows = await db.read(tx).selectFrom('organisation.benutzer_rolle as br').innerJoin('organisation.rolle as r', 'r.id', 'br.rolle_id')
    .select(['br.benutzer_id', 'r.id', 'r.bezeichnung']).where('br.benutzer_id', 'in', [...benutzerIds]).orderBy('r.bezeichnung').execute();
  return groupBy(rows, (r) => r.benutzer_id, ({ id, bezeichnung }) => ({ id, bezeichnung }));
}

export async function readOrganisationseinheitenOf(tx: ReadTx, benutzerIds: readonly string[]) {
  if (!benutzerIds.length) return new Map<string, { id: string; kennzeichen: string; bezeichnung: string; kuerzel: string; leitung: boolean }[]>();
  const rows = await db.read(tx).selectFrom('organisation.zuordnung as z').innerJoin('organisation.organisationseinheit as o', 'o.id', 'z.organisationseinheit_id')
    .select(['z.benutzer_id', 'z.leitung', 'o.id', 'o.kennzeichen', 'o.bezeichnung', 'o.kuerzel']).where('z.benutzer_id', 'in', [...benutzerIds]).orderBy('o.kennzeichen').execute();
  return groupBy(rows, (r) => r.benutzer_id, ({ benutzer_id: _, ...einheit }) => einheit);
}

type Row = { id: string; konto_id: string; titel: string; vorname: string; nachname: string; funktion: string; email: string | null; telefon: string | null; gesperrt: boolean; version: number };

/** People with their Rollen and OEs; who administers also sees by which name they log in. */
async function present(tx: ReadTx, rows: readonly Row[]) {
  const ids = rows.map((r) => r.id);
  const [rollen, einheiten] = [await readRollenOf(tx, ids), await readOrganisationseinheitenOf(tx, ids)];
  const rechte = heldRechte(tx, ['benutzer.sehen', 'benutzer.verwalten']);
  const konten = rechte.includes('benutzer.verwalten') ? new Map((await readKonten(tx, rows.map((r) => r.konto_id))).map((k) => [k.id, k])) : undefined;
  return rows.map((row) => {
    const { konto_id, id, titel, vorname, nachname, funktion, email, telefon, gesperrt, version } = row;
    const konto = konten?.get(konto_id);
    return {
      id, titel, vorname, nachname, funktion, email, telefon, gesperrt, version, name: fullName(row), kurz: shortName(row), rollen: rollen.get(id) ?? [], organisationseinheiten: einheiten.get(id) ?? [], rechte,
      konto: konto ? { anmeldename: konto.anmeldename, fremd: konto.heimat_id !== tx.ctx.mandantId, passwortAendern: konto.muss_aendern } : null,
    };
  });
}

export type BenutzerFilter = {
  limit: number; cursor?: string | undefined; sort: string; q?: string | undefined; organisationseinheitId?: readonly string[] | undefined; rolleId?: readonly string[] | undefined; gesperrt?: boolean | undefined; vertretbar?: boolean | undefined;
};
export async function listBenutzer(tx: ReadTx, { q, organisationseinheitId, rolleId, gesperrt, vertretbar, ...page }: BenutzerFilter) {
  let query = db.read(tx).selectFrom('organisation.benutzer as b').select(['b.id', 'b.konto_id', 'b.titel', 'b.vorname', 'b.nachname', 'b.funktion', 'b.email', 'b.telefon', 'b.gesperrt', 'b.version']);
  for (const word of (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 8)) query = query.where(sql<boolean>`strpos(lower(concat_ws(' ', b.titel, b.vorname, b.nachname, b.funktion, b.email)), ${word.normalize('NFC').toLowerCase()}) > 0`);
  if (gesperrt !== undefined) query = query.where('b.gesperrt', '=', gesperrt);
  if (organisationseinheitId?.length) query = query.where('b.id', 'in', (eb) => eb.selectFrom('organisation.zuordnung as z').select('z.benutzer_id').where('z.organisationseinheit_id', 'in', [...organisationseinheitId]));
  if (rolleId?.length) query = query.where('b.id', 'in', (eb) => eb.selectFrom('organisation.benutzer_rolle as br').select('br.benutzer_id').where('br.rolle_id', 'in', [...rolleId]));
  if (vertretbar && !tx.ctx.akteur.rechte.has(VERWALTEN)) query = query.where(tx.ctx.akteur.rechte.has(ANORDNEN) ? sql<boolean>`b.id in ${unterstellteSql(tx, tx.ctx.akteur.id)}` : sql<boolean>`false`);
  const { rows, ...rest } = await paginate(query, { sort: { name: 'b.sortiername' }, id: 'b.id' }, page);
  return { eintraege: await present(tx, rows), ...rest };
}

export async function getBenutzer(tx: ReadTx, id: string) {
  const row = await db.read(tx).selectFrom('organisation.benutzer').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Benutzer');
  return (await present(tx, [row]))[0]!;
}
