import { sql } from 'kysely';
import { z } from 'zod';
import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import type { Siegel } from '#platform/server/siegel.ts';
import { tables, type JobRef, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Protokollpruefung } from '../contract.ts';
import { readAbschnitt } from './abschnitt.ts';
import { nameOfAkteur, namesOf, type Wer } from './namen.ts';
import { anfang, recompute, type Befund, type Stand } from './nachrechnen.ts';
import type { ProtokollTables } from './tables.gen.ts';
import { lastSiegel } from './versiegeln.ts';

const db = tables<ProtokollTables & EreignisTables>();
export const pruefen = { name: 'protokoll.pruefen', payload: z.object({ pruefungId: z.string() }), queue: 'protokoll.pruefen', priority: -5 } satisfies JobRef;
const STEP = 1000;
/** A small protocol is verified while one waits; the rest of a large one by jobs. */
const IN_REQUEST_MS = 1500;

async function createPruefung(tx: WriteTx) {
  const last = await lastSiegel(tx);
  const { groesse, nr } = last ?? { groesse: 0, nr: 0 };
  const before = await db.write(tx).selectFrom('protokoll.pruefung').select(['gesamt', 'begonnen']).orderBy('gesamt', 'desc').limit(1).executeTakeFirst();
  // What was sealed at an earlier verification cannot be gone: the tail was cut off together with its checkpoints.
  const cut: Befund | undefined = before && before.gesamt > groesse
    ? { art: 'eintrag_fehlt', eintrag: groesse + 1, ereignisId: null, siegel: nr + 1, text: `Der Eintrag ${groesse + 1} und alle danach fehlen: Bei der Prüfung vom ${before.begonnen.slice(0, 10)} hatte das Protokoll ${before.gesamt} Einträge` } : undefined;
  const { art, id: akteurId } = tx.ctx.akteur;
  const id = newId();
  await db.write(tx).insertInto('protokoll.pruefung').values({ id, gesamt: groesse, siegel: nr, stand: JSON.stringify(anfang), akteur_art: art, akteur_id: akteurId }).execute();
  if (cut) await storeStep(tx, id, { stand: anfang, befund: cut });
  return id;
}

type Step = { id: string; stand: Stand; gesamt: number; siegel: number };
export async function loadStep(tx: ReadTx, id: string) {
  const step = await db.read(tx).selectFrom('protokoll.pruefung').select(['id', 'stand', 'gesamt', 'siegel']).where('id', '=', id).where('beendet', 'is', null).executeTakeFirst() as Step | undefined;
  return step && { ...step, abschnitt: await readAbschnitt(tx, step.stand, Math.min(step.gesamt, step.stand.folge + STEP), step.siegel) };
}
export type LoadedStep = NonNullable<Awaited<ReturnType<typeof loadStep>>>;

export function recomputeStep({ stand, gesamt, siegel: bisSiegel, abschnitt }: LoadedStep, siegel: Siegel) {
  const result = recompute(stand, abschnitt, siegel);
  if (!result.befund && result.stand.folge === gesamt && result.stand.siegelNr !== bisSiegel) {
    const nr = result.stand.siegelNr + 1;
    return { ...result, befund: { art: 'siegel_fehlt' as const, eintrag: null, ereignisId: null, siegel: nr, text: `Das Siegel ${nr} fehlt oder wurde verändert` } };
  }
  return result;
}

/** True when the verification has ended. Idempotent: a step that was stored already finds the verification further on. */
export async function storeStep(tx: WriteTx, id: string, { stand, befund }: { stand: Stand; befund?: Befund | undefined }): Promise<boolean> {
  const row = await db.write(tx).selectFrom('protokoll.pruefung').select(['gesamt', 'geprueft', 'beendet']).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
  if (row.beendet !== null || (row.geprueft >= stand.folge && stand.folge > 0 && !befund)) return row.beendet !== null;
  const ended = befund !== undefined || stand.folge >= row.gesamt;
  await db.write(tx).updateTable('protokoll.pruefung').set({
    stand: JSON.stringify(stand), geprueft: stand.folge, ...(befund && { befund: JSON.stringify(befund) }), ...(ended && { beendet: sql<string>`now()` }),
  }).where('id', '=', id).execute();
  if (ended) {
    await tx.record({ art: befund ? 'protokoll.veraenderung_gefunden' : 'protokoll.geprueft', objekte: { protokollpruefung: id }, daten: { geprueft: stand.folge, ...(befund && { befund: befund.text }) } });
  }
  return ended;
}

/** Verifies as much as fits into a request, and leaves the rest to jobs. */
export async function verifyProtokoll(tx: WriteTx, siegel: Siegel) {
  const id = await createPruefung(tx);
  const begin = performance.now();
  for (let step = await loadStep(tx, id); step; step = await loadStep(tx, id)) {
    if (await storeStep(tx, id, recomputeStep(step, siegel))) break;
    if (performance.now() - begin > IN_REQUEST_MS) { await tx.enqueue(pruefen, { pruefungId: id }); break; }
  }
  return getPruefung(tx, id);
}
export const startPruefung = async (tx: WriteTx) => tx.enqueue(pruefen, { pruefungId: await createPruefung(tx) });

const selectPruefungen = (tx: ReadTx) => db.read(tx).selectFrom('protokoll.pruefung').select(['id', 'begonnen', 'beendet', 'gesamt', 'geprueft', 'siegel', 'befund', 'stand', 'akteur_art', 'akteur_id']);
type Row = Awaited<ReturnType<ReturnType<typeof selectPruefungen>['execute']>>[number];
async function present(tx: ReadTx, rows: readonly Row[]): Promise<Protokollpruefung[]> {
  const namen = await namesOf(tx, rows.map((r) => r.akteur_id));
  return rows.map(({ stand, befund, akteur_art, akteur_id, ...row }) => ({
    ...row, befund: befund as Befund | null, ergebnis: row.beendet === null ? 'laeuft' as const : befund ? 'veraendert' as const : 'unveraendert' as const,
    ohneInhalt: (stand as unknown as Stand).ohneInhalt, wer: { id: akteur_id, name: nameOfAkteur({ art: akteur_art, id: akteur_id } as Wer, namen) },
  }));
}
export const listPruefungen = async (tx: ReadTx) => present(tx, await selectPruefungen(tx).orderBy('begonnen', 'desc').orderBy('id', 'desc').limit(10).execute());
export async function getPruefung(tx: ReadTx, id: string) {
  const row = await selectPruefungen(tx).where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Prüfung');
  return (await present(tx, [row]))[0]!;
}

export async function getStand(tx: ReadTx) {
  const last = await lastSiegel(tx);
  const { eintraege } = await db.read(tx).selectFrom('platform.ereignis').select((eb) => eb.fn.countAll<number>().as('eintraege')).executeTakeFirstOrThrow();
  return { eintraege, versiegelt: last?.groesse ?? 0, siegel: last ? { nr: last.nr, zeit: last.zeit, groesse: last.groesse, wurzel: last.wurzel.toString('hex') } : null };
}
