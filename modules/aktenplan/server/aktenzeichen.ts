import { sql } from 'kysely';
import { AppError, Forbidden, NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { normalizeAktenzeichen, strictAktenzeichen, type Musterteil } from '../contract.ts';
import { AktenplanErrors } from './einheit.ts';
import { fehlendeBestandteile, formatAktenzeichen, STANDARDMUSTER, zaehlerschluessel } from './regel.ts';
import { getOeKuerzel } from './oe.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();

export type AktenzeichenVergabe = {
  aktenplaneinheitId: string; organisationseinheitId: string;
  /** The Akte, so that it is found by this Aktenzeichen for good. */
  objektId?: string | undefined;
  zusatz?: string | undefined; laenderkennzeichen?: string | undefined;
  /** Instead of the next one by the rule; needs the Recht aktenzeichen.manuell and is recorded (AZ-06). */
  manuell?: { aktenzeichen: string; grund: string } | undefined;
};
export type VergebenesAktenzeichen = { id: string; aktenzeichen: string; lfdNr: number | null; jahr: number };

/** The rule for a unit: its own, or that of the nearest unit above, or the Mandant's, or the default. */
export async function getMuster(tx: ReadTx, pfad: readonly string[]): Promise<readonly Musterteil[]> {
  const rows = await db.read(tx).selectFrom('aktenplan.aktenzeichenregel').select(['aktenplaneinheit_id', 'muster'])
    .where((eb) => eb.or([eb('aktenplaneinheit_id', 'is', null), ...(pfad.length ? [eb('aktenplaneinheit_id', 'in', [...pfad])] : [])])).execute();
  const rang = (id: string | null) => (id === null ? -1 : pfad.indexOf(id));
  return rows.toSorted((a, b) => rang(b.aktenplaneinheit_id) - rang(a.aktenplaneinheit_id))[0]?.muster ?? STANDARDMUSTER;
}

/** Issues an Aktenzeichen in this transaction; the counter's row is locked until COMMIT, so that a rolled back creation leaves no gap. The caller authorises. */
export async function assignAktenzeichen(tx: WriteTx, vergabe: AktenzeichenVergabe): Promise<VergebenesAktenzeichen> {
  const einheit = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select(['id', 'kennzeichen', 'pfad'])
    .select(sql<number>`extract(year from current_date)::int`.as('jahr')).where('id', '=', vergabe.aktenplaneinheitId).executeTakeFirst();
  if (!einheit) throw NotFound('Aktenplaneinheit');
  return vergabe.manuell ? assignManuell(tx, vergabe, vergabe.manuell, einheit.jahr) : assignNext(tx, vergabe, einheit);
}

async function assignNext(tx: WriteTx, { organisationseinheitId, objektId, zusatz, laenderkennzeichen }: AktenzeichenVergabe, einheit: { id: string; kennzeichen: string; pfad: string[]; jahr: number }) {
  const muster = await getMuster(tx, einheit.pfad);
  const { jahr } = einheit;
  const oeKuerzel = muster.some((t) => t.art === 'oe_kuerzel') ? await getOeKuerzel(tx, organisationseinheitId) : undefined;
  const teile = { kennzeichen: einheit.kennzeichen, jahr, oeKuerzel, zusatz, laenderkennzeichen };
  const fehlt = fehlendeBestandteile(muster, teile);
  if (fehlt.length) throw AktenplanErrors.bestandteil_fehlt({ fehlt });
  const schluessel = zaehlerschluessel(muster, { einheitId: einheit.id, oeId: organisationseinheitId, jahr });
  for (let versuch = 0; versuch < 10_000; versuch++) {
    const { stand } = await db.write(tx).insertInto('aktenplan.aktenzeichenzaehler').values({ id: newId(), schluessel, stand: 1 })
      .onConflict((c) => c.columns(['mandant_id', 'schluessel']).doUpdateSet({ stand: sql`aktenzeichenzaehler.stand + 1` })).returning('stand').executeTakeFirstOrThrow();
    const aktenzeichen = formatAktenzeichen(muster, { ...teile, lfdNr: stand });
    const id = await register(tx, { aktenzeichen, art: 'automatisch', einheitId: einheit.id, objektId, lfdNr: stand, jahr });
    if (id) return { id, aktenzeichen, lfdNr: stand, jahr }; // else it was issued by hand or taken over from elsewhere: the next number
  }
  throw new AppError('aktenplan.zaehler_steht', 409, 'Es findet sich keine freie laufende Nummer; bitte den Zählerstand prüfen');
}

async function assignManuell(tx: WriteTx, { aktenplaneinheitId, objektId }: AktenzeichenVergabe, { aktenzeichen, grund }: { aktenzeichen: string; grund: string }, jahr: number) {
  if (!tx.ctx.akteur.rechte.has('aktenzeichen.manuell')) throw Forbidden('aktenzeichen.manuell');
  const text = aktenzeichen.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (!strictAktenzeichen(text)) throw AktenplanErrors.aktenzeichen_leer();
  const id = await register(tx, { aktenzeichen: text, art: 'manuell', einheitId: aktenplaneinheitId, objektId, lfdNr: null, jahr });
  if (!id) throw AktenplanErrors.aktenzeichen_vergeben({ aktenzeichen: text });
  await tx.record({ art: 'aktenzeichen.manuell_vergeben', objekte: { aktenzeichen: id, aktenplaneinheit: aktenplaneinheitId, ...(objektId && { akte: objektId }) }, daten: { aktenzeichen: text, grund } });
  return { id, aktenzeichen: text, lfdNr: null, jahr };
}

/** Undefined: it stands in the register already, from whatever time. */
async function register(tx: WriteTx, a: { aktenzeichen: string; art: 'automatisch' | 'manuell'; einheitId: string; objektId: string | undefined; lfdNr: number | null; jahr: number }) {
  const id = newId();
  const schluessel = strictAktenzeichen(a.aktenzeichen);
  const old = await db.write(tx).selectFrom('aktenplan.aktenzeichen').select('id').where('norm', '=', normalizeAktenzeichen(a.aktenzeichen)).where('schluessel', '=', schluessel).limit(1).executeTakeFirst();
  if (old) return undefined;
  const made = await db.write(tx).insertInto('aktenplan.aktenzeichen')
    .values({ id, aktenzeichen: a.aktenzeichen, schluessel, norm: normalizeAktenzeichen(a.aktenzeichen), art: a.art, aktenplaneinheit_id: a.einheitId, objekt_id: a.objektId ?? null, lfd_nr: a.lfdNr, jahr: a.jahr })
    .onConflict((c) => c.columns(['mandant_id', 'schluessel']).where('art', '<>', 'alt').doNothing()).returning('id').executeTakeFirst();
  return made?.id;
}

/** An Aktenzeichen the object had before (migration, Umschreiben, merger of municipalities): it finds the object and is printed, and is never issued again (AZ-05). */
export async function addAltesAktenzeichen(tx: WriteTx, { objektId, aktenzeichen, aktenplaneinheitId }: { objektId: string; aktenzeichen: string; aktenplaneinheitId?: string }) {
  const text = aktenzeichen.normalize('NFC').trim();
  const id = newId();
  await db.write(tx).insertInto('aktenplan.aktenzeichen').values({
    id, aktenzeichen: text, schluessel: strictAktenzeichen(text), norm: normalizeAktenzeichen(text), art: 'alt', aktenplaneinheit_id: aktenplaneinheitId ?? null, objekt_id: objektId, lfd_nr: null, jahr: null,
  }).execute();
  await tx.record({ art: 'aktenzeichen.uebernommen', objekte: { aktenzeichen: id, akte: objektId }, daten: { aktenzeichen: text } });
  return id;
}

/** Every Aktenzeichen each object ever had, newest first. */
export async function getAktenzeichen(tx: ReadTx, objektIds: readonly string[]): Promise<Map<string, { aktenzeichen: string; art: string; vergebenAm: string }[]>> {
  const all = new Map<string, { aktenzeichen: string; art: string; vergebenAm: string }[]>();
  if (!objektIds.length) return all;
  const rows = await db.read(tx).selectFrom('aktenplan.aktenzeichen').select(['objekt_id', 'aktenzeichen', 'art', 'vergeben_am']).where('objekt_id', 'in', [...objektIds]).orderBy('id', 'desc').execute();
  for (const { objekt_id, aktenzeichen, art, vergeben_am } of rows) all.set(objekt_id!, [...(all.get(objekt_id!) ?? []), { aktenzeichen, art, vergebenAm: vergeben_am }]);
  return all;
}

/** Objects that have or had these Aktenzeichen, by their normalised spelling; the caller shows only what the Akteur may see. */
export async function findByAktenzeichenNorm(tx: ReadTx, norms: readonly string[]): Promise<{ norm: string; objektId: string; aktenzeichen: string; art: string }[]> {
  const wanted = [...new Set(norms)].filter(Boolean);
  if (!wanted.length) return [];
  const rows = await db.read(tx).selectFrom('aktenplan.aktenzeichen').select(['norm', 'objekt_id', 'aktenzeichen', 'art']).where('norm', '=', sql<string>`any(${wanted}::text[])`).where('objekt_id', 'is not', null).limit(500).execute();
  return rows.map((r) => ({ norm: r.norm, objektId: r.objekt_id!, aktenzeichen: r.aktenzeichen, art: r.art }));
}
export const findByAktenzeichen = (tx: ReadTx, text: string) => findByAktenzeichenNorm(tx, [normalizeAktenzeichen(text)]);
