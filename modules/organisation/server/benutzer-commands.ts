import { sql } from 'kysely';
import { istBeteiligt } from '#platform/server/context.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { requireAdministration, isAdministration } from './administration.ts';
import { BenutzerErrors, loginKey } from './benutzer.ts';
import { readKonten } from './konten.ts';
import { getOrganisationseinheitenKurz, getRollenKurz } from './kurz.ts';
import type { OrganisationTables } from './tables.gen.ts';
import { keepSecret } from './token.ts';
import { rowsOf, valueOf } from './verbund.ts';

const db = tables<OrganisationTables>();

export type Zuordnung = { organisationseinheitId: string; leitung: boolean };
export type BenutzerAngaben = {
  titel?: string | undefined; vorname?: string | undefined; nachname: string; funktion?: string | undefined; email?: string | null | undefined; telefon?: string | null | undefined;
};
/** A Konto of its own, or one that exists already in this Verbund. */
export type KontoAngaben = { anmeldename: string; passwortHash: string; mussAendern: boolean } | { kontoId: string };

/** A person of this Mandant. Its caller authorises. */
export async function createBenutzer(tx: WriteTx, angaben: BenutzerAngaben & { id?: string; konto: KontoAngaben; rollen?: readonly string[]; zuordnungen?: readonly Zuordnung[] }): Promise<string> {
  const { id = newId(), konto, rollen = [], zuordnungen = [], ...person } = angaben;
  const kontoId = 'kontoId' in konto ? konto.kontoId : newId();
  if (!('kontoId' in konto)) await createKonto(tx, { id: kontoId, ...konto }, tx.ctx.mandantId);
  await db.write(tx).insertInto('organisation.benutzer').values({
    id, konto_id: kontoId, titel: person.titel ?? '', vorname: person.vorname ?? '', nachname: person.nachname, funktion: person.funktion ?? '', email: person.email ?? null, telefon: person.telefon ?? null,
  }).execute();
  await followBenutzer(tx, id);
  if (rollen.length) await db.write(tx).insertInto('organisation.benutzer_rolle').values(rollen.map((rolle_id) => ({ benutzer_id: id, rolle_id }))).execute();
  if (zuordnungen.length) {
    await db.write(tx).insertInto('organisation.zuordnung').values(zuordnungen.map((z) => ({ benutzer_id: id, organisationseinheit_id: z.organisationseinheitId, leitung: z.leitung }))).execute();
  }
  await tx.record({ art: 'benutzer.angelegt', objekte: { benutzer: id }, daten: { nachname: person.nachname, rollen, zuordnungen } });
  return id;
}

/** What the Verbund knows of a Benutzer (his Zugang, whether he is locked) follows his row. */
const followBenutzer = (tx: WriteTx, id: string) => valueOf(tx, sql`organisation.follow_benutzer(${id})`);

export type BenutzerAnlegen = BenutzerAngaben & { anmeldename: string; bestehendesKonto: boolean; rollen: readonly string[]; organisationseinheiten: readonly Zuordnung[] };
type Einmal = { kennwort: string; hash: string };

/** By an administrator: with a password for one login, or for a person who has a Konto in this Verbund already. */
export async function addBenutzer(tx: WriteTx, { anmeldename, bestehendesKonto, organisationseinheiten: zuordnungen, ...angaben }: BenutzerAnlegen, einmal: Einmal): Promise<string> {
  if (!bestehendesKonto) {
    const id = await createBenutzer(tx, { ...angaben, zuordnungen, konto: { anmeldename, passwortHash: einmal.hash, mussAendern: true } });
    keepSecret(tx, einmal.kennwort);
    return id;
  }
  const kontoId = await valueOf<string | null>(tx, sql`organisation.find_konto(${loginKey(anmeldename)})`);
  if (!kontoId) throw BenutzerErrors.konto_unbekannt();
  return createBenutzer(tx, { ...angaben, zuordnungen, konto: { kontoId } });
}

// With the names of the day: the history tells them so, whatever they are called later.
const rollenOf = async (tx: ReadTx, ids: readonly string[]) => [...(await getRollenKurz(tx, ids)).values()];
const einheitenOf = async (tx: ReadTx, ids: readonly string[]) => [...(await getOrganisationseinheitenKurz(tx, ids)).values()].map(({ id, kennzeichen, bezeichnung }) => ({ id, kennzeichen, bezeichnung }));

async function lockBenutzer(tx: ReadTx, id: string) {
  const row = await db.read(tx).selectFrom('organisation.benutzer').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Benutzer');
  return row;
}

/** Changes what is given; locking ends the sessions, and a locked person is named everywhere as before. */
export async function updateBenutzer(tx: WriteTx, id: string, neu: { [K in keyof BenutzerAngaben]?: BenutzerAngaben[K] | undefined } & { gesperrt?: boolean | undefined }, version: number): Promise<void> {
  const alt = await lockBenutzer(tx, id);
  requireVersion(alt, version);
  const sperrt = neu.gesperrt === true && !alt.gesperrt;
  if (sperrt && istBeteiligt(tx.ctx.akteur, id)) throw BenutzerErrors.selbst();
  const administriert = sperrt && (await isAdministration(tx, id));
  const felder = Object.fromEntries(Object.entries(neu).filter(([, wert]) => wert !== undefined)) as Partial<BenutzerAngaben>;
  await db.write(tx).updateTable('organisation.benutzer').set({ ...felder as object, version: alt.version + 1 }).where('id', '=', id).execute();
  if (neu.gesperrt !== undefined && neu.gesperrt !== alt.gesperrt) await followBenutzer(tx, id);
  if (administriert) await requireAdministration(tx);
  const art = neu.gesperrt === undefined || neu.gesperrt === alt.gesperrt ? 'benutzer.geaendert' : neu.gesperrt ? 'benutzer.gesperrt' : 'benutzer.entsperrt';
  await tx.record({ art, objekte: { benutzer: id }, daten: { aenderungen: diff(alt, felder as object, ['titel', 'vorname', 'nachname', 'funktion', 'email', 'telefon', 'gesperrt'] as never[]) } });
}

/** A password for one login. Only where the Konto is at home: it opens every Mandant of this person. */
export async function resetPasswort(tx: WriteTx, id: string, einmal: Einmal): Promise<void> {
  const { konto_id } = await lockBenutzer(tx, id);
  if (istBeteiligt(tx.ctx.akteur, id)) throw BenutzerErrors.selbst();
  const [konto] = await readKonten(tx, [konto_id]);
  if (konto?.heimat_id !== tx.ctx.mandantId) throw BenutzerErrors.fremdes_konto();
  await valueOf(tx, sql`organisation.set_passwort(${konto_id}, ${einmal.hash}, true, null)`);
  await tx.record({ art: 'benutzer.passwort_zurueckgesetzt', objekte: { benutzer: id, konto: konto_id } });
  keepSecret(tx, einmal.kennwort);
}

/** A device was lost, somebody else has sat down at it: whoever is logged in must log in again. Tokens of programs go on. */
export async function revokeSitzungen(tx: WriteTx, id: string) {
  const { konto_id } = await lockBenutzer(tx, id);
  if (istBeteiligt(tx.ctx.akteur, id)) throw BenutzerErrors.selbst();
  const beendet = await valueOf<number>(tx, sql`organisation.end_sitzungen(${konto_id})`);
  if (beendet) await tx.record({ art: 'sitzung.beendet', objekte: { benutzer: id }, daten: { anzahl: beendet } });
  return { beendet };
}

/** Exactly these Rollen from now on. */
export async function assignRollen(tx: WriteTx, id: string, rollen: readonly string[], version: number): Promise<void> {
  requireVersion(await lockBenutzer(tx, id), version);
  const bisher = (await db.read(tx).selectFrom('organisation.benutzer_rolle').select('rolle_id').where('benutzer_id', '=', id).execute()).map((r) => r.rolle_id);
  const [weg, dazu] = [bisher.filter((r) => !rollen.includes(r)), [...new Set(rollen)].filter((r) => !bisher.includes(r))];
  if (!weg.length && !dazu.length) return;
  const administriert = await isAdministration(tx, id);
  if (weg.length) await db.write(tx).deleteFrom('organisation.benutzer_rolle').where('benutzer_id', '=', id).where('rolle_id', 'in', weg).execute();
  if (dazu.length) await db.write(tx).insertInto('organisation.benutzer_rolle').values(dazu.map((rolle_id) => ({ benutzer_id: id, rolle_id }))).execute();
  await db.write(tx).updateTable('organisation.benutzer').set({ version: version + 1 }).where('id', '=', id).execute();
  if (administriert) await requireAdministration(tx);
  await tx.record({ art: 'benutzer.rollen_zugewiesen', objekte: { benutzer: id, rolle: [...weg, ...dazu] }, daten: { dazu: await rollenOf(tx, dazu), weg: await rollenOf(tx, weg) } });
}

/** Exactly these OEs from now on, with or without leading them. */
export async function assignOrganisationseinheiten(tx: WriteTx, id: string, neu: readonly Zuordnung[], version: number): Promise<void> {
  requireVersion(await lockBenutzer(tx, id), version);
  const bisher = await db.read(tx).selectFrom('organisation.zuordnung').select(['organisationseinheit_id', 'leitung']).where('benutzer_id', '=', id).execute();
  const soll = new Map(neu.map((z) => [z.organisationseinheitId, z.leitung]));
  const weg = bisher.filter((z) => !soll.has(z.organisationseinheit_id)).map((z) => z.organisationseinheit_id);
  const dazu = [...soll].filter(([oe, leitung]) => !bisher.some((z) => z.organisationseinheit_id === oe && z.leitung === leitung));
  if (!weg.length && !dazu.length) return;
  if (weg.length) await db.write(tx).deleteFrom('organisation.zuordnung').where('benutzer_id', '=', id).where('organisationseinheit_id', 'in', weg).execute();
  if (dazu.length) {
    await db.write(tx).insertInto('organisation.zuordnung').values(dazu.map(([organisationseinheit_id, leitung]) => ({ benutzer_id: id, organisationseinheit_id, leitung })))
      .onConflict((c) => c.columns(['mandant_id', 'benutzer_id', 'organisationseinheit_id']).doUpdateSet((eb) => ({ leitung: eb.ref('excluded.leitung') }))).execute();
  }
  await db.write(tx).updateTable('organisation.benutzer').set({ version: version + 1 }).where('id', '=', id).execute();
  await tx.record({
    art: 'benutzer.zugeordnet', objekte: { benutzer: id, organisationseinheit: [...weg, ...dazu.map(([oe]) => oe)] },
    daten: { dazu: (await einheitenOf(tx, dazu.map(([oe]) => oe))).map((e) => ({ ...e, leitung: soll.get(e.id) })), weg: await einheitenOf(tx, weg) },
  });
}

/** Credentials; their home alone may reset them. */
export async function createKonto(tx: WriteTx, konto: { id: string; anmeldename: string; passwortHash: string; mussAendern: boolean }, heimatId: string) {
  await rowsOf(tx, sql`organisation.create_konto(${konto.id}, ${konto.anmeldename.trim()}, ${loginKey(konto.anmeldename)}, ${konto.passwortHash}, ${konto.mussAendern}, ${heimatId})`);
}
