import { sql } from 'kysely';
import { AppError } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Status } from '../contract.ts';
import { AkteErrors, DokumentErrors, VorgangErrors } from './errors.ts';
import { getEinstellungen } from './mandant/einstellungen.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

/** The next NummerImUebergeordnetenContainer (and the `anzahl - 1` after it). The counter's row is locked until COMMIT. */
export async function nextNummer(tx: WriteTx, containerId: string, anzahl = 1): Promise<number> {
  const { stand } = await db.write(tx).insertInto('schriftgut.zaehler').values({ container_id: containerId, stand: anzahl })
    .onConflict((c) => c.columns(['mandant_id', 'container_id']).doUpdateSet({ stand: sql`zaehler.stand + ${anzahl}` }))
    .returning('stand').executeTakeFirstOrThrow();
  return stand - anzahl + 1;
}

/** Depth counts Akte, Teilakte, Vorgang, Teilvorgang on one path; Aktenplan, Dokument and Anlage do not count (ST-01). */
export function requireTiefe(tiefe: number, erlaubt: number) {
  if (tiefe > erlaubt) {
    throw new AppError('schriftgut.zu_tief', 409, `Die Gliederung würde ${tiefe} Ebenen tief; erlaubt sind ${erlaubt}. Es zählen Akte, Teilakte, Vorgang und Teilvorgang`, { tiefe, erlaubt });
  }
}
export const requireErlaubteTiefe = async (tx: ReadTx, tiefe: number) => requireTiefe(tiefe, (await getEinstellungen(tx)).maxTiefe);

type Container = { id: string; status: Status; storniert_am: string | null };
export function requireOffen(art: 'akte' | 'vorgang', { status, storniert_am }: Pick<Container, 'status' | 'storniert_am'>) {
  const errors = art === 'akte' ? AkteErrors : VorgangErrors;
  if (storniert_am !== null) throw errors.storniert();
  if (status !== 'in_bearbeitung') throw errors.geschlossen({ status });
}

/**
 * Holds the container open until COMMIT: whoever closes it waits, and then sees what was put in. (A foreign key alone takes a lock that closing does not conflict with.)
 * Read anew under the lock, for it may have been closed since it was authorised.
 */
export async function holdOffen(tx: WriteTx, art: 'akte' | 'vorgang', id: string): Promise<void> {
  const row = await db.write(tx).selectFrom(`schriftgut.${art}`).select(['id', 'status', 'storniert_am']).where('id', '=', id).forShare().executeTakeFirstOrThrow();
  requireOffen(art, row);
}
/** For closing, moving, cancelling: nobody puts anything in meanwhile. */
export async function lock(tx: WriteTx, art: 'akte' | 'vorgang' | 'dokument', id: string): Promise<void> {
  await db.write(tx).selectFrom(`schriftgut.${art}`).select('id').where('id', '=', id).forUpdate().execute();
}
export function requireNichtStorniert(row: { storniert_am: string | null }) {
  if (row.storniert_am !== null) throw DokumentErrors.storniert();
}

export type Teilbaum = { akten: string[]; vorgaenge: string[]; dokumente: string[] };
/** All ids below (and with) an Akte, Vorgang or Dokument. `nurErbende`: stops where an object has a Schutzbereich of its own. */
export async function readTeilbaum(tx: ReadTx, art: 'akte' | 'vorgang' | 'dokument', id: string, nurErbende = false): Promise<Teilbaum> {
  const m = tx.ctx.mandantId;
  const erbt = (alias: string) => (nurErbende ? sql`and not ${sql.ref(`${alias}.schutz_eigen`)}` : sql``);
  const start = (typ: string) => (typ === art ? sql<{ id: string }>`select ${id}::uuid` : sql<{ id: string }>`select null::uuid where false`);
  const rows = await db.read(tx)
    .withRecursive('akten(id)', () => sql<{ id: string }>`(${start('akte')} union
      select a.id from akten join schriftgut.akte a on a.mandant_id = ${m} and a.parent_id = akten.id ${erbt('a')})`)
    .withRecursive('vorgaenge(id)', () => sql<{ id: string }>`((${start('vorgang')} union
      select v.id from akten join schriftgut.vorgang v on v.mandant_id = ${m} and v.akte_id = akten.id and v.parent_id is null ${erbt('v')}) union
      select v.id from vorgaenge join schriftgut.vorgang v on v.mandant_id = ${m} and v.parent_id = vorgaenge.id ${erbt('v')})`)
    .withRecursive('dokumente(id)', () => sql<{ id: string }>`((${start('dokument')} union
      select d.id from akten join schriftgut.dokument d on d.mandant_id = ${m} and d.akte_id = akten.id and d.vorgang_id is null and d.parent_id is null ${erbt('d')} union
      select d.id from vorgaenge join schriftgut.dokument d on d.mandant_id = ${m} and d.vorgang_id = vorgaenge.id and d.parent_id is null ${erbt('d')}) union
      select d.id from dokumente join schriftgut.dokument d on d.mandant_id = ${m} and d.parent_id = dokumente.id ${erbt('d')})`)
    .selectFrom('akten').select(['id', sql<string>`'akten'`.as('typ')])
    .unionAll((q) => q.selectFrom('vorgaenge').select(['id', sql<string>`'vorgaenge'`.as('typ')]))
    .unionAll((q) => q.selectFrom('dokumente').select(['id', sql<string>`'dokumente'`.as('typ')])).execute();
  const of = (typ: keyof Teilbaum) => rows.filter((r) => r.typ === typ).map((r) => r.id);
  return { akten: of('akten'), vorgaenge: of('vorgaenge'), dokumente: of('dokumente') };
}
