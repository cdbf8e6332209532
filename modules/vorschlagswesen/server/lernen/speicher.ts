import { sql } from 'kysely';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { VorschlagswesenTables } from '../tables.gen.ts';
import { abstandVon, bewerte, type Stand, type Wertung } from './modell.ts';

const db = tables<VorschlagswesenTables>();
export const gelernteFelder = ['organisationseinheit', 'aktenplaneinheit', 'dokumenttyp'] as const;
export type GelerntesFeld = (typeof gelernteFelder)[number];

/** Before so many examples of at least two classes nobody but the rules speaks. */
const MIN_BEISPIELE = 8;
export type Gelernt = { feld: GelerntesFeld; schluessel: string; abstand: number; /** Examples of this class. */ beispiele: number; gruende: Wertung['gruende']; };

/** What the Mandant's filed letters say of a text, by field: three statements, whatever has been learned. */
export async function proposeGelernt(tx: ReadTx, nummern: Int32Array): Promise<Gelernt[]> {
  if (!nummern.length) return [];
  const klassen = await db.read(tx).selectFrom('vorschlagswesen.klasse').select(['feld', 'nr', 'schluessel', 'beispiele', 'worte']).where('beispiele', '>', 0).execute();
  const felder = gelernteFelder.filter((f) => { const k = klassen.filter((z) => z.feld === f); return k.length >= 2 && k.reduce((n, z) => n + z.beispiele, 0) >= MIN_BEISPIELE; });
  if (!felder.length) return [];
  const worte = await db.read(tx).selectFrom('vorschlagswesen.wort').select(['feld', 'merkmal', 'anzahlen']).where('feld', 'in', felder).where('merkmal', '=', sql<number>`any(${[...nummern]}::int[])`).execute();
  return felder.flatMap((feld) => {
    const eigene = klassen.filter((k) => k.feld === feld);
    const stand: Stand = {
      beispiele: eigene.reduce((n, k) => n + k.beispiele, 0), klassen: new Map(eigene.map((k) => [k.nr, { beispiele: k.beispiele, worte: k.worte }])),
      worte: new Map(worte.filter((w) => w.feld === feld).map((w) => [w.merkmal, Object.entries(w.anzahlen as Record<string, number>).map(([nr, n]) => [Number(nr), n] as const)])),
    };
    const wertungen = bewerte(nummern, stand);
    const [beste] = wertungen;
    const klasse = beste && eigene.find((k) => k.nr === beste.klasse);
    return klasse ? [{ feld, schluessel: klasse.schluessel, beispiele: klasse.beispiele, abstand: abstandVon(wertungen, stand.worte.size), gruende: beste.gruende }] : [];
  });
}

export type Ziel = { organisationseinheit: string; aktenplaneinheit: string | null; akte: string | null; vorgang: string | null; dokumenttyp: string | null };
export type NeuesBeispiel = { objektId: string; merkmale: Int32Array; absender: number | null; ziel: Ziel };

/** One after the other in a Mandant: each changes the counts of the same words. */
const lockMandant = (tx: WriteTx) => db.write(tx).selectFrom(sql<object>`pg_advisory_xact_lock(hashtextextended(${`vorschlagswesen ${tx.ctx.mandantId}`}, 0)) /* mandant_id */`.as('sperre')).select(sql`1`.as('eins')).execute();

/** Learns where something was filed; the same again changes nothing, and filed elsewhere it counts there alone. */
export async function addBeispiel(tx: WriteTx, { objektId, merkmale, absender, ziel }: NeuesBeispiel): Promise<void> {
  await lockMandant(tx);
  await removeBeispiele(tx, [objektId]);
  const row = { merkmale: [...merkmale], absender, organisationseinheit_id: ziel.organisationseinheit, aktenplaneinheit_id: ziel.aktenplaneinheit, akte_id: ziel.akte, vorgang_id: ziel.vorgang, dokumenttyp: ziel.dokumenttyp };
  await db.write(tx).insertInto('vorschlagswesen.beispiel').values({ objekt_id: objektId, ...row }).execute();
  await countWorte(tx, row, 1);
}
/** Takes examples back with all they have taught: content that is gone or protected. Answers how many there were. */
export async function forgetBeispiele(tx: WriteTx, objektIds: readonly string[]): Promise<number> {
  if (!objektIds.length) return 0;
  await lockMandant(tx);
  return removeBeispiele(tx, objektIds);
}
async function removeBeispiele(tx: WriteTx, objektIds: readonly string[]): Promise<number> {
  const rows = await db.write(tx).deleteFrom('vorschlagswesen.beispiel').where('objekt_id', 'in', [...objektIds]).returningAll().execute();
  for (const row of rows) await countWorte(tx, row, -1);
  return rows.length;
}

type Zeile = { merkmale: readonly number[]; organisationseinheit_id: string; aktenplaneinheit_id: string | null; dokumenttyp: string | null };
async function countWorte(tx: WriteTx, row: Zeile, n: 1 | -1): Promise<void> {
  const klassen = { organisationseinheit: row.organisationseinheit_id, aktenplaneinheit: row.aktenplaneinheit_id, dokumenttyp: row.dokumenttyp } satisfies Record<GelerntesFeld, string | null>;
  for (const feld of gelernteFelder) {
    const schluessel = klassen[feld];
    if (schluessel === null) continue;
    const nr = await countKlasse(tx, feld, schluessel, n, row.merkmale.length);
    if (n === 1) await addWorte(tx, feld, nr, row.merkmale);
    else await removeWorte(tx, feld, nr, row.merkmale);
  }
}
async function countKlasse(tx: WriteTx, feld: GelerntesFeld, schluessel: string, n: 1 | -1, worte: number): Promise<number> {
  const known = await db.write(tx).updateTable('vorschlagswesen.klasse').set((eb) => ({ beispiele: eb('beispiele', '+', n), worte: eb('worte', '+', n * worte) })).where('feld', '=', feld).where('schluessel', '=', schluessel).returning('nr').executeTakeFirst();
  if (known) return known.nr;
  const { nr } = await db.write(tx).selectFrom('vorschlagswesen.klasse').select(sql<number>`coalesce(max(nr) + 1, 0)`.as('nr')).where('feld', '=', feld).executeTakeFirstOrThrow();
  await db.write(tx).insertInto('vorschlagswesen.klasse').values({ feld, nr, schluessel, beispiele: n, worte: n * worte }).execute();
  return nr;
}
async function addWorte(tx: WriteTx, feld: GelerntesFeld, nr: number, merkmale: readonly number[]): Promise<void> {
  if (!merkmale.length) return;
  const neu = JSON.stringify({ [nr]: 1 }), key = String(nr);
  await db.write(tx).insertInto('vorschlagswesen.wort').values(merkmale.toSorted((a, b) => a - b).map((merkmal) => ({ feld, merkmal, anzahlen: neu })))
    .onConflict((c) => c.columns(['mandant_id', 'feld', 'merkmal']).doUpdateSet({ anzahlen: sql`wort.anzahlen || jsonb_build_object(${key}::text, coalesce((wort.anzahlen ->> ${key})::int, 0) + 1)` })).execute();
}
async function removeWorte(tx: WriteTx, feld: GelerntesFeld, nr: number, merkmale: readonly number[]): Promise<void> {
  if (!merkmale.length) return;
  const key = String(nr), eigene = sql<number>`any(${[...merkmale]}::int[])`;
  await db.write(tx).updateTable('vorschlagswesen.wort').set({ anzahlen: sql`case when coalesce((anzahlen ->> ${key})::int, 0) <= 1 then anzahlen - ${key}::text else anzahlen || jsonb_build_object(${key}::text, (anzahlen ->> ${key})::int - 1) end` })
    .where('feld', '=', feld).where('merkmal', '=', eigene).execute();
  await db.write(tx).deleteFrom('vorschlagswesen.wort').where('feld', '=', feld).where('merkmal', '=', eigene).where('anzahlen', '=', sql<string>`'{}'::jsonb`).execute();
}

export type Absenderort = { akteId: string; vorgangId: string | null; anzahl: number; von: number };
/** Where letters of this sender were filed, the most frequent first, and into whose baskets they came. */
export async function readAbsenderhistorie(tx: ReadTx, absender: number): Promise<{ orte: Absenderort[]; oes: { id: string; anzahl: number; von: number }[] }> {
  const rows = await db.read(tx).selectFrom('vorschlagswesen.beispiel').select(['akte_id', 'vorgang_id', 'organisationseinheit_id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('absender', '=', absender).groupBy(['akte_id', 'vorgang_id', 'organisationseinheit_id']).limit(1000).execute();
  const von = rows.reduce((n, r) => n + Number(r.n), 0);
  const summe = (schluessel: (r: (typeof rows)[number]) => string | null) => [...Map.groupBy(rows.filter((r) => schluessel(r) !== null), (r) => schluessel(r)!)].map(([id, list]) => ({ id, anzahl: list.reduce((n, r) => n + Number(r.n), 0), von, list })).toSorted((a, b) => b.anzahl - a.anzahl);
  return {
    oes: summe((r) => r.organisationseinheit_id).map(({ list: _, ...o }) => o),
    orte: summe((r) => r.akte_id).map(({ id, anzahl, list }) => {
      const [vorgang] = summe((r) => r.vorgang_id).filter((v) => list.some((r) => r.vorgang_id === v.id));
      return { akteId: id, vorgangId: vorgang && vorgang.anzahl >= anzahl * 0.6 ? vorgang.id : null, anzahl, von };
    }),
  };
}
