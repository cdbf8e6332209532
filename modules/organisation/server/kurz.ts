import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Vorgabe } from './rolle.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();
const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
const unique = (ids: Iterable<string>) => [...new Set(ids)];

type Name = { titel: string; vorname: string; nachname: string };
export const fullName = ({ titel, vorname, nachname }: Name) => [titel, vorname, nachname].filter(Boolean).join(' ');
const graphemes = new Intl.Segmenter('de'); // made once: it costs more than the statement that reads the names
/** »K. Böttcher«: by code point and combining marks, so that no letter of DIN 91379 is cut in two. */
export const shortName = ({ vorname, nachname }: Name) => {
  const [first] = graphemes.segment(vorname);
  return first ? `${first.segment}. ${nachname}` : nachname;
};

/**
 * People as other objects name them; the locked and departed are named as well, guests with where they come from, and who acted in a Vertretung (by its
 * id) with the person it was for. Nearly all are people of this Mandant: the others are asked for only when there are some.
 */
export async function getBenutzerKurz(tx: ReadTx, ids: Iterable<string>): Promise<Map<string, { id: string; name: string; kurz: string }>> {
  const wanted = unique(ids);
  if (!wanted.length) return new Map();
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'titel', 'vorname', 'nachname']).where('id', 'in', wanted).execute();
  const namen = byId(rows.map((r) => ({ id: r.id, name: fullName(r), kurz: shortName(r) })));
  const uebrige = wanted.filter((id) => !namen.has(id));
  for (const n of uebrige.length ? await readUebrige(tx, uebrige) : []) namen.set(n.id, n);
  return namen;
}
async function readUebrige(tx: ReadTx, ids: readonly string[]) {
  const gaeste = await db.read(tx).selectFrom('organisation.gast').select(['id', 'titel', 'vorname', 'nachname', 'heimat_name']).where('id', 'in', [...ids]).execute();
  const vertretungen = await db.read(tx).selectFrom('organisation.vertretung as v').innerJoin('organisation.benutzer as b', 'b.id', 'v.vertreter_id').innerJoin('organisation.benutzer as a', 'a.id', 'v.benutzer_id')
    .select(['v.id', 'b.titel', 'b.vorname', 'b.nachname', 'a.titel as fuer_titel', 'a.vorname as fuer_vorname', 'a.nachname as fuer_nachname']).where('v.id', 'in', [...ids]).execute();
  return [
    ...gaeste.map((g) => ({ id: g.id, name: `${fullName(g)} (${g.heimat_name})`, kurz: shortName(g) })),
    ...vertretungen.map((v) => {
      const fuer = { titel: v.fuer_titel, vorname: v.fuer_vorname, nachname: v.fuer_nachname };
      return { id: v.id, name: `${fullName(v)} (i. V. ${fullName(fuer)})`, kurz: `${shortName(v)} (i. V. ${shortName(fuer)})` };
    }),
  ];
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
