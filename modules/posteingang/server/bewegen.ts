import { sql } from 'kysely';
import { urheber } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Eingangsstatus } from '../contract.ts';
import { isOffen } from './eingang.ts';
import { getKorb } from './korb.ts';
import { eingangPolicy, type EingangRecht } from './policy.ts';
import type { EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { hindernis, hindernisBearbeiter } from './zustand.ts';

const db = tables<PosteingangTables>();
export type Schrittart = PosteingangTables['posteingang.station']['schritt'];

/** The row for a change: authorised, and locked so that of two at once the second sees what the first did. */
export async function lockEingang(tx: WriteTx, recht: EingangRecht, id: string): Promise<EingangRow> {
  await eingangPolicy.authorize(tx, recht, id);
  const row = await db.write(tx).selectFrom('posteingang.eingang').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Eingang');
  return row;
}

/** The step is possible, and nobody else has the Eingang in hand. */
export async function requireSchritt(tx: WriteTx, row: EingangRow, nach: Eingangsstatus) {
  const grund = hindernis(row, nach) ?? (await hindernisBearbeiter(tx, [row])).get(row.id);
  if (grund) throw grund;
}

export type Schritt = {
  schritt: Schrittart; status: Eingangsstatus;
  /** Into this basket; without it where it is. */
  organisationseinheitId?: string; bearbeiterId?: string;
  /** By when somebody should have taken it from where it then rests (`ruhe`). */
  faellig?: Date; grund?: string | null | undefined;
  /** What else of the row belongs to the state. */
  felder?: Partial<Pick<EingangRow, 'akte_id' | 'vorgang_id' | 'dokument_id' | 'zurueckweisungsgrund' | 'empfaenger' | 'versandweg' | 'weiterleitungsgrund' | 'vernichtet_aus'>>;
};

/**
 * The one way from state to state: locked rows take the same step, and their trail grows by it in the same statement. The caller has asked
 * `requireSchritt` and records what happened.
 */
export async function moveEingaenge(tx: WriteTx, rows: readonly EingangRow[], { schritt, status, organisationseinheitId: oe, bearbeiterId, faellig, grund, felder = {} }: Schritt): Promise<void> {
  if (!rows.length) return;
  const erledigt = !isOffen(status);
  const schutz = oe === undefined ? undefined : await getKorb(tx, oe);
  const jetzt = sql<Date>`now()`;
  await db.write(tx)
    .with('neu', (q) => q.updateTable('posteingang.eingang').set((eb) => ({
      ...felder, status, bearbeiter_id: bearbeiterId ?? null, ...(oe !== undefined && { organisationseinheit_id: oe, schutz_id: schutz! }),
      ...(status !== 'vernichtet' && { erledigt: erledigt ? jetzt : null, erledigt_von: erledigt ? urheber(tx.ctx) : null }), ...(status === 'vernichtet' && { vernichtet: jetzt }),
      station: eb('station', '+', 1), seit: jetzt, gemeldet: null, faellig: faellig ?? null, ...(!erledigt && { vernichtung_id: null }), version: eb('version', '+', 1),
    })).where('id', 'in', rows.map((r) => r.id)).returning(['id', 'station', 'status', 'organisationseinheit_id', 'bearbeiter_id']))
    .with('alt', (q) => q.selectFrom(sql<{ id: string; vorher: string }>`unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.status)}::text[])`.as<'a'>(sql`a(id, vorher)`)).selectAll())
    .insertInto('posteingang.station').columns(['mandant_id', 'eingang_id', 'nummer', 'status', 'organisationseinheit_id', 'benutzer_id', 'schritt', 'grund', 'urheber_id', 'vorige', 'vorher'] as never)
    .expression((q: any) => q.selectFrom('neu').innerJoin('alt', 'alt.id', 'neu.id').select([
      sql`${tx.ctx.mandantId}::uuid`.as('m'), 'neu.id as e', 'neu.station as n', 'neu.status as s', 'neu.organisationseinheit_id as o', 'neu.bearbeiter_id as b', sql`${schritt}`.as('schritt'), sql`${grund ?? null}::text`.as('grund'), sql`${urheber(tx.ctx)}::uuid`.as('u'),
      sql`neu.station - 1`.as('vorige'), 'alt.vorher as vorher',
    ])).execute();
  failpoint('eingang.bewegt');
  if (oe !== undefined) for (const geaendert of tx.extensions('schutzGeaendert')) await geaendert(tx, { typ: 'eingang', ids: rows.map((r) => r.id) });
}
