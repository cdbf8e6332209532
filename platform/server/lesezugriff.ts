import { sql } from 'kysely';
import type { Operation } from '../contract.ts';
import { systemContext, type Akteur, type RequestContext } from './context.ts';
import { NotRecorded } from './errors.ts';
import { tables, type Database, type Gelesen, type Json, type MandantId, type WriteTx, type Zeitpunkt, type Generated } from './tx.ts';

export type LesezugriffTables = {
  'platform.lesezugriff': {
    mandant_id: MandantId; id: Generated<number>; xid: Generated<string>; zeit: Generated<Zeitpunkt>; monat: Generated<string>; akteur_art: 'person' | 'maschine' | 'gast'; akteur_id: string; vertreten_id: string | null;
    herkunft_id: string | null; bei_id: string | null; salz: Generated<string>; operation: string; weg: 'web' | 'api'; korrelation_id: string; objekte: Json;
  };
  'platform.lesezugriff_objekt': { mandant_id: MandantId; objekt_id: string; lesezugriff_id: number; typ: string; art: 'gesehen' | 'gelesen' };
};
declare module './tx.ts' {
  interface Erweiterungen {
    /** Hears of what a guest changes, in the transaction that changes it, and tells his own Mandant. */
    gastzugriff: (tx: WriteTx, zugriff: Gastzugriff) => Promise<void>;
  }
}
/** What a guest has done, as his own Mandant is told of it. */
export type Gastzugriff = { heimatId: string; operation: string; akteurId: string; weg: 'web' | 'api'; korrelationId: string; objekte: readonly Gelesen[] };

const db = tables<LesezugriffTables>();

/** Range requests, pages and pictures of one content that one person reads within this time are one read. */
const EIN_LESEN = 15 * 60_000;
const CAPACITY = 20_000;

/**
 * Writes what an answer shows of objects whose reads are recorded, after the transaction and before its first byte; it is awaited, and throws when
 * nothing could be written. A guest's read is written at the owner's and at home; his changes: `saveGastaenderung`.
 */
export function createLeseprotokoll(database: Database) {
  /** `person object` → when it was last written as read. Only what has been written stands here, so that it saves the asking and never the record. */
  const written = new Map<string, number>();
  return async function record(ctx: RequestContext, op: Pick<Operation, 'einLesen'> & { operationId: string }, gelesen: readonly Gelesen[]): Promise<void> {
    const wer = [ctx.mandantId, ctx.akteur.id, ctx.akteur.vertretenId ?? ''].join(' ');
    const key = (g: Gelesen) => `${wer} ${g.id}`;
    const now = Date.now();
    const neu = op.einLesen ? gelesen.filter((g) => now - (written.get(key(g)) ?? 0) > EIN_LESEN) : gelesen;
    if (!neu.length) return;
    const { herkunft } = ctx.akteur;
    const saved = await database.write(ctx, async (tx) => {
      const rows = await saveLesezugriff(tx, op.operationId, neu, { einLesen: op.einLesen ?? false });
      return herkunft && rows.length ? withKennzeichen(tx, rows) : rows;
    });
    if (herkunft && saved.length) {
      const home = systemContext(herkunft.mandantId, ctx.verbundId, 'leseprotokoll', [], ctx.korrelationId);
      await database.write(home, async (tx) => { tx.last(() => insertLesezugriff(tx, { ...ctx, akteur: { ...ctx.akteur, art: 'person' } }, op.operationId, saved, ctx.mandantId)); });
    }
    for (const g of neu.filter((n) => n.art === 'gelesen')) { written.delete(key(g)); written.set(key(g), now); }
    for (const oldest of written.keys()) { if (written.size <= CAPACITY) break; written.delete(oldest); }
  };
}

/** At home the object is known by the Kennzeichen alone that it has at the owner's: it can be asked for nowhere else. */
async function withKennzeichen(tx: WriteTx, gelesen: readonly Gelesen[]): Promise<(Gelesen & { kennzeichen: string | null })[]> {
  const kennzeichen = new Map<string, string | null>();
  for (const { typ, kurz } of tx.extensions('schutzobjekt')) {
    const ids = gelesen.filter((g) => g.typ === typ).map((g) => g.id);
    if (ids.length) for (const [id, k] of await kurz(tx, ids)) kennzeichen.set(id, k.kennzeichen);
  }
  return gelesen.map((g) => ({ ...g, kennzeichen: kennzeichen.get(g.id) ?? null }));
}

async function saveLesezugriff(tx: WriteTx, operation: string, gelesen: readonly Gelesen[], { einLesen }: { einLesen: boolean }): Promise<readonly Gelesen[]> {
  const neu = einLesen ? await withoutRecent(tx, gelesen) : gelesen;
  if (neu.length) tx.last(() => insertLesezugriff(tx, tx.ctx, operation, neu, null)); // sent with COMMIT
  return neu;
}

/**
 * What a guest changes is recorded in the transaction that changes it, so that neither is without the other; his own Mandant is told by what that
 * transaction enqueues.
 */
export async function saveGastaenderung(tx: WriteTx, operation: string, objekte: readonly Gelesen[]): Promise<void> {
  const { akteur, weg, korrelationId } = tx.ctx;
  if (akteur.art !== 'gast' || !objekte.length) return;
  await insertLesezugriff(tx, tx.ctx, operation, objekte, null).catch(() => { throw NotRecorded(); });
  for (const tell of tx.extensions('gastzugriff')) await tell(tx, { heimatId: akteur.herkunft!.mandantId, operation, akteurId: akteur.id, weg: weg as 'web', korrelationId, objekte });
}
/** At home, in a job: what one of one's own people has changed at another Mandant's. A repetition writes nothing. */
export async function saveFremdaenderung(tx: WriteTx, beiId: string, { operation, akteurId, weg, korrelationId, objekte }: Omit<Gastzugriff, 'heimatId'>): Promise<void> {
  const before = await db.write(tx).selectFrom('platform.lesezugriff').select('id').where('akteur_id', '=', akteurId).where('bei_id', '=', beiId).where('korrelation_id', '=', korrelationId).where('operation', '=', operation).executeTakeFirst();
  if (!before) await insertLesezugriff(tx, { akteur: { art: 'person', id: akteurId }, weg, korrelationId }, operation, objekte, beiId);
}

/** Another process, or a request at the same time, may have written it: asked under a lock of this person. */
async function withoutRecent(tx: WriteTx, gelesen: readonly Gelesen[]): Promise<readonly Gelesen[]> {
  const { id, vertretenId = null } = tx.ctx.akteur;
  await db.write(tx).selectFrom(sql`pg_advisory_xact_lock(hashtextextended(${`lesezugriff ${tx.ctx.mandantId} ${id}`}, 0))`.as('l') as never).selectAll().execute();
  const rows = await db.write(tx).selectFrom('platform.lesezugriff as l').innerJoin('platform.lesezugriff_objekt as o', 'o.lesezugriff_id', 'l.id').select('o.objekt_id').where('l.akteur_id', '=', id).where(sql<boolean>`l.vertreten_id is not distinct from ${vertretenId}`)
    .where('l.zeit', '>', new Date(Date.now() - EIN_LESEN).toISOString()).where('o.art', '=', 'gelesen').where('o.objekt_id', 'in', gelesen.map((g) => g.id)).execute();
  const recent = new Set(rows.map((r) => r.objekt_id));
  return gelesen.filter((g) => !recent.has(g.id));
}

type Wer = { akteur: Pick<Akteur, 'art' | 'id' | 'vertretenId' | 'herkunft'> } & Pick<RequestContext, 'weg' | 'korrelationId'>;
/** One statement. The objects as one text: an export may show more than a statement may have parameters. */
async function insertLesezugriff(tx: WriteTx, { akteur, weg, korrelationId }: Wer, operation: string, gelesen: readonly Gelesen[], beiId: string | null): Promise<void> {
  const objekte = JSON.stringify(gelesen);
  const insert = db.write(tx).with('l', (q) => q.insertInto('platform.lesezugriff').values({
    akteur_art: akteur.art as 'person', akteur_id: akteur.id, vertreten_id: akteur.vertretenId ?? null, herkunft_id: beiId === null ? akteur.herkunft?.mandantId ?? null : null, bei_id: beiId,
    operation, weg: weg as 'web', korrelation_id: korrelationId, objekte,
  }).returning('id')).insertInto('platform.lesezugriff_objekt').columns(['mandant_id', 'objekt_id', 'lesezugriff_id', 'typ', 'art'])
    .expression(sql`select ${tx.ctx.mandantId}::uuid, o.id, l.id, o.typ, o.art from l, json_to_recordset(${objekte}::json) as o (id uuid, typ text, art text)` as never);
  await insert.execute();
}
