import { sql } from 'kysely';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { loginKey } from './benutzer.ts';
import type { OrganisationTables } from './tables.ts';
import { rowsOf } from './verbund.ts';

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
  if (rollen.length) await db.write(tx).insertInto('organisation.benutzer_rolle').values(rollen.map((rolle_id) => ({ benutzer_id: id, rolle_id }))).execute();
  if (zuordnungen.length) {
    await db.write(tx).insertInto('organisation.zuordnung').values(zuordnungen.map((z) => ({ benutzer_id: id, organisationseinheit_id: z.organisationseinheitId, leitung: z.leitung }))).execute();
  }
  await tx.record({ art: 'benutzer.angelegt', objekte: { benutzer: id }, daten: { nachname: person.nachname, rollen, zuordnungen } });
  return id;
}

/** Credentials; their home alone may reset them. */
export async function createKonto(tx: WriteTx, konto: { id: string; anmeldename: string; passwortHash: string; mussAendern: boolean }, heimatId: string) {
  await rowsOf(tx, sql`organisation.create_konto(${konto.id}, ${konto.anmeldename.trim()}, ${loginKey(konto.anmeldename)}, ${konto.passwortHash}, ${konto.mussAendern}, ${heimatId})`);
}
