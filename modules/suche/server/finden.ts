import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Tsanfrage } from './analyse/anfrage.ts';
import type { Sicht } from './sicht.ts';
import type { SucheTables } from './tables.gen.ts';

const db = tables<SucheTables>();

/** A question for rows that may be read, and the same for rows that may only be seen; of these, protected ones answer to their `kennzeichen` alone. */
export type Doppelanfrage = { readonly voll: Tsanfrage; readonly meta: Tsanfrage; readonly kennzeichen: string | null };
export type Filter = {
  typ?: readonly string[]; art?: readonly string[]; status?: readonly string[]; aktenplaneinheit?: readonly string[]; organisationseinheit?: readonly string[];
  von?: string; bis?: string; akte?: string;
};
export type Fund = { id: string; wert: number; datum: string };
export type Seite = { sort: '-datum' | 'relevanz'; nach: { datum: string; id: string } | null; versatz: number; grenze: number; ausser: readonly string[] };

const tsquery = (text: string | null | undefined) => sql`${text ?? null}::tsquery`;
const uuids = (ids: readonly string[] | null) => sql`${ids && `{${ids.join(',')}}`}::uuid[]`;
const texte = (namen: readonly string[] | null) => sql`${namen && [...namen]}::text[]`;
const seinerSicht = (s: Sicht) => sql`row(${texte(s.typenLesen)}, ${s.lesen}::bytea, ${texte(s.typenSehen)}, ${s.sehen}::bytea, ${s.geschuetzt}::bytea,
  ${uuids(s.objekteLesen && s.objekteLesen.objekte)}, ${uuids(s.objekteLesen && s.objekteLesen.schutz)}, ${uuids(s.objekteSehen && s.objekteSehen.objekte)}, ${uuids(s.objekteSehen && s.objekteSehen.schutz)})::suche.sicht`;
/** Which functions these are, and that they take mandant_id from the setting, stands in the migration. */
const MANDANT = sql`/* mandant_id: from the setting */`;

/** One page of ids. `frage` undefined: everything that passes the filters, the newest first. */
export async function finde(tx: ReadTx, frage: Doppelanfrage | undefined, sicht: Sicht, filter: Filter, seite: Seite): Promise<Fund[]> {
  if (!sicht.typenLesen.length && !sicht.typenSehen?.length) return [];
  const { voll, meta, kennzeichen } = frage ?? {};
  return db.read(tx).selectFrom(sql<Fund>`suche.finde(${tsquery(voll?.text)}, ${tsquery(meta?.text)}, ${tsquery(voll?.grob)}, ${tsquery(meta?.grob)}, ${tsquery(voll?.rang)}, ${tsquery(kennzeichen)}, ${seinerSicht(sicht)},
      ${JSON.stringify(filter)}::jsonb, ${uuids(seite.ausser.length ? seite.ausser : null)}, ${seite.sort === 'relevanz' ? 'relevanz' : 'datum'}, ${seite.nach?.datum ?? null}::date, ${seite.nach?.id ?? null}::uuid,
      ${seite.versatz}::int, ${seite.grenze}::int) ${MANDANT}`.as('f')).select(['id', 'wert', 'datum']).execute();
}

export type Zahl = { facette: number; wert: string | null; fehlt: number; anzahl: number };
export async function zaehle(tx: ReadTx, frage: Doppelanfrage | undefined, sicht: Sicht, filter: Filter, heute: string): Promise<Zahl[]> {
  if (!sicht.typenLesen.length && !sicht.typenSehen?.length) return [];
  return db.read(tx).selectFrom(sql<Zahl>`suche.zaehle(${tsquery(frage?.voll.text)}, ${tsquery(frage?.meta.text)}, ${tsquery(frage?.kennzeichen)}, ${seinerSicht(sicht)}, ${JSON.stringify(filter)}::jsonb, ${heute}::date) ${MANDANT}`.as('z'))
    .select(['facette', 'wert', 'fehlt', 'anzahl']).execute();
}

/** Words of the Mandant's texts that are spelled like this one, the most alike first. */
export async function findeAehnliche(tx: ReadTx, wort: string): Promise<string[]> {
  const rows = await db.read(tx).selectFrom(sql<{ wort: string }>`suche.aehnliche_woerter(${wort}, 40) ${MANDANT}`.as('w')).select('wort').execute();
  return rows.map((r) => r.wort);
}
