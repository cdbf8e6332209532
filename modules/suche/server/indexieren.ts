import { sql } from 'kysely';
import type { SchutzAenderung, Suchobjekt, Suchobjektart } from '#platform/server/extension.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { nummeriere } from './schutz.ts';
import { baueEintrag, LEER, MAX_TEXT, type Eintrag } from './eintrag.ts';
import type { SucheTables } from './tables.gen.ts';
import { ladeWortschatz, lerneWoerter, type Wortschatz } from './wortschatz.ts';

declare module '#platform/server/tx.ts' {
  interface Erweiterungen {
    /** The text that has been read out of stored content; a content without text is missing in the answer. */
    inhaltstext: (tx: ReadTx, inhaltIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  }
}

const db = tables<SucheTables>();
/** Objects one job analyses; more go into further jobs. */
export const JE_AUFTRAG = 100;

/** `erzwungen`: analyse also what has not changed, because the analysis or the vocabulary has. */
export type Auftrag = { readonly typ: string; readonly ids: readonly string[]; readonly erzwungen?: boolean | undefined };
type Geladen = { typ: string; ids: string[]; objekte: Suchobjekt[]; texte: Map<string, string>; bisher: Map<string, string> };
export type Ladung = { wortschatz: Wortschatz; geladen: Geladen[]; rest: Auftrag[] };
export type Ergebnis = { eintraege: { typ: string; ids: string[]; eintraege: Eintrag[] }[]; wortschatz: Wortschatz; rest: Auftrag[] };

export const artVon = (tx: ReadTx, typ: string): Suchobjektart | undefined => tx.extensions('suchobjekt').find((a) => a.typ === typ);

/** The objects and texts of a job; what goes beyond one job is left as `rest`. */
export async function ladeObjekte(tx: ReadTx, auftraege: readonly Auftrag[]): Promise<Ladung> {
  let platz = JE_AUFTRAG;
  const geladen: Geladen[] = [];
  const rest: Auftrag[] = [];
  for (const { typ, ids, erzwungen = false } of auftraege) {
    const art = artVon(tx, typ);
    const all = [...new Set(ids)].sort();
    const jetzt = all.slice(0, platz);
    platz -= jetzt.length;
    for (let i = jetzt.length; i < all.length; i += JE_AUFTRAG) rest.push({ typ, ids: all.slice(i, i + JE_AUFTRAG), erzwungen });
    if (!art || !jetzt.length) continue;
    const objekte = await art.load(tx, jetzt);
    const bisher = erzwungen ? [] : await db.read(tx).selectFrom('suche.anzeige').select(['id', 'pruefsumme']).where('id', 'in', jetzt).execute();
    geladen.push({ typ, ids: jetzt, objekte, texte: await ladeTexte(tx, objekte.flatMap((o) => o.inhaltIds)), bisher: new Map(bisher.map((b) => [b.id, b.pruefsumme])) });
  }
  return { wortschatz: await ladeWortschatz(tx), geladen, rest };
}

/** A few at a time, and of each no more than is analysed: a single content may be a book. */
async function ladeTexte(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, string>> {
  const texte = new Map<string, string>();
  const ids = [...new Set(inhaltIds)];
  for (let i = 0; i < ids.length; i += 25) {
    for (const lade of tx.extensions('inhaltstext')) for (const [id, text] of await lade(tx, ids.slice(i, i + 25))) texte.set(id, text.slice(0, MAX_TEXT));
  }
  return texte;
}

/** The analysis, outside every transaction. */
export async function analysiereObjekte({ wortschatz, geladen, rest }: Ladung): Promise<Ergebnis> {
  const eintraege: Ergebnis['eintraege'] = [];
  for (const { typ, ids, objekte, texte, bisher } of geladen) {
    const fertig: Eintrag[] = [];
    for (const objekt of objekte) fertig.push(await baueEintrag(objekt, objekt.inhaltIds.map((id) => texte.get(id) ?? ''), bisher.get(objekt.id), wortschatz));
    eintraege.push({ typ, ids, eintraege: fertig });
  }
  return { eintraege, wortschatz, rest };
}

/**
 * Stores what was analysed. First the rows are locked, then the rights are read: a change of rights that runs at the same time either has
 * committed by then and is read, or waits for this transaction in `folgeSchutz` and overwrites it.
 */
export async function speichereEintraege(tx: WriteTx, { eintraege, wortschatz }: Ergebnis): Promise<void> {
  const woerter = new Map<string, number>();
  for (const { typ, ids, eintraege: liste } of eintraege) {
    const art = artVon(tx, typ);
    if (!art || !ids.length) continue;
    await sperre(tx, typ, ids);
    const jetzt = new Map((await art.load(tx, ids)).map((o) => [o.id, o]));
    const gibtEs = liste.filter((e) => jetzt.has(e.objekt.id));
    const fehlt = ids.filter((id) => !jetzt.has(id));
    if (fehlt.length) await db.write(tx).deleteFrom('suche.eintrag').where('id', 'in', fehlt).execute();
    await schreibe(tx, gibtEs.map((e) => ({ ...e, objekt: jetzt.get(e.objekt.id)! })));
    for (const { neu } of gibtEs) for (const [wort, n] of neu?.woerter ?? []) woerter.set(wort, (woerter.get(wort) ?? 0) + n);
  }
  if (woerter.size) await lerneWoerter(tx, woerter, wortschatz.eigene);
}

/** Locks the rows of these objects, in one order; those that do not exist yet are made, hidden and without text. */
async function sperre(tx: WriteTx, typ: string, ids: readonly string[]): Promise<void> {
  const sorted = [...ids].sort();
  for (let i = 0; i < sorted.length; i += 2000) {
    const part = sorted.slice(i, i + 2000);
    await db.write(tx).insertInto('suche.eintrag')
      .values(part.map((id) => ({ id, typ, schutz_id: id, schutz_nr: OHNE_NUMMER, datum: '1900-01-01', storniert: true, vektor: LEER })))
      .onConflict((c) => c.columns(['mandant_id', 'id']).doNothing()).execute();
    await db.write(tx).selectFrom('suche.eintrag').select('id').where('id', 'in', part).orderBy('id').forUpdate().execute();
  }
}

/** Of a row whose rights are not known yet: nobody has this bit. */
const OHNE_NUMMER = -1;
type Nummern = ReadonlyMap<string, number>;
const spalten = (o: Suchobjekt, nummern: Nummern) => ({
  typ: o.typ, schutz_id: o.schutzId, schutz_nr: nummern.get(o.schutzId) ?? OHNE_NUMMER, datum: o.datum, art: o.art, status: o.status, aktenplaneinheit_id: o.aktenplaneinheitId, organisationseinheit_id: o.organisationseinheitId,
  akte_id: o.akteId, vorgang_id: o.vorgangId, storniert: o.storniert,
});
const SPALTEN = ['typ', 'schutz_id', 'schutz_nr', 'datum', 'art', 'status', 'aktenplaneinheit_id', 'organisationseinheit_id', 'akte_id', 'vorgang_id', 'storniert'] as const;
const uebernimm = <K extends string>(namen: readonly K[]) => Object.fromEntries(namen.map((n) => [n, sql.ref(`excluded.${n}`)])) as Record<K, never>;

async function schreibe(tx: WriteTx, zeilen: readonly Eintrag[]): Promise<void> {
  const nummern = await nummeriere(tx, zeilen.map((z) => z.objekt.schutzId));
  const neue = zeilen.flatMap((z) => (z.neu ? [{ ...z, neu: z.neu }] : []));
  // The vector is named only where it is another one: otherwise the text index need not be touched.
  if (neue.length) {
    await db.write(tx).insertInto('suche.eintrag').values(neue.map((z) => ({ id: z.objekt.id, ...spalten(z.objekt, nummern), vektor: z.neu.vektor })))
      .onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet(uebernimm([...SPALTEN, 'vektor']))).execute();
    await db.write(tx).insertInto('suche.anzeige')
      .values(neue.map(({ objekt: o, neu, pruefsumme }) => ({ id: o.id, titel: o.titel, kennzeichen: o.kennzeichen, fruehere: [...(o.fruehereKennzeichen ?? [])], zusatz: neu.zusatz, inhalt: neu.inhalt, gekuerzt: neu.gekuerzt, pruefsumme })))
      .onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet(uebernimm(['titel', 'kennzeichen', 'fruehere', 'zusatz', 'inhalt', 'gekuerzt', 'pruefsumme']))).execute();
  }
  const gleiche = zeilen.filter((z) => !z.neu);
  if (gleiche.length) {
    await db.write(tx).insertInto('suche.eintrag').values(gleiche.map((z) => ({ id: z.objekt.id, ...spalten(z.objekt, nummern), vektor: LEER })))
      .onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet(uebernimm(SPALTEN))).execute();
  }
}

/** `schutzGeaendert`: the rights columns follow within the same transaction; text stays as it is. */
export async function folgeSchutz(tx: WriteTx, { typ, ids, schutzId, storniert }: SchutzAenderung): Promise<void> {
  const art = artVon(tx, typ);
  if (!art) return;
  const sorted = ids.toSorted();
  for (let i = 0; i < sorted.length; i += 5000) {
    const part = sorted.slice(i, i + 5000);
    await sperre(tx, typ, part);
    if (schutzId !== undefined && storniert === undefined) { await setze(tx, part, schutzId); continue; }
    const objekte = await art.load(tx, part);
    for (const [key, gleiche] of Map.groupBy(objekte, (o) => `${o.schutzId} ${o.storniert}`)) {
      const [schutz_id = '', hidden] = key.split(' ');
      await setze(tx, gleiche.map((o) => o.id), schutz_id, hidden === 'true');
    }
  }
}
/** A row whose text is not there yet has nothing to show, and stays hidden. */
const OHNE_TEXT = sql<boolean>`not exists (select from suche.anzeige a where a.mandant_id = eintrag.mandant_id and a.id = eintrag.id)`;
async function setze(tx: WriteTx, ids: readonly string[], schutz_id: string, storniert?: boolean) {
  const schutz_nr = (await nummeriere(tx, [schutz_id])).get(schutz_id)!;
  await db.write(tx).updateTable('suche.eintrag').set({ schutz_id, schutz_nr, ...(storniert !== undefined && { storniert: sql<boolean>`${storniert} or ${OHNE_TEXT}` }) }).where('id', 'in', [...ids]).execute();
}
