import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Io } from '#platform/server/io.ts';
import { job } from '#platform/server/module.ts';
import { removeObjekt } from './commands.ts';
import { deleteExpired, isPruefungRunning, isReferenced, loadStep, pruefen, startPruefung, storeStep, type Objekt, type Step, type StepResult } from './pruefung.ts';

/** Bytes without a row are those of an upload that was cut off between store and database; younger ones may still get theirs. */
const ORPHAN_AFTER = 24 * 3600_000;

/** While the backup has not come by; it does every few seconds. */
const SPAETER_MS = 60_000;

/** Deletes bytes that no row names any more. A key is random and never given out again, so what was free stays free. */
export const removeObjektJob = job({
  ...removeObjekt,
  rechte: [],
  load: async (tx, payload) => ({ payload, referenced: await isReferenced(tx, payload.key) }),
  async work(io, { payload, referenced }, { mandantId }) {
    if (referenced) return undefined;
    if (!(await io.darfLoeschen(new Date(payload.seit ?? 0)))) return payload;
    await io.storage.delete(mandantId, payload.key);
    return undefined;
  },
  store: async (tx, spaeter) => { if (spaeter) await tx.enqueue(removeObjekt, spaeter, { am: new Date(Date.now() + SPAETER_MS) }); },
});

export const aufraeumen = job({
  name: 'ablage.aufraeumen', payload: z.object({}), rechte: [],
  load: async () => {},
  work: async () => {},
  store: async (tx) => { await deleteExpired(tx); },
});

/** One step of a check; it puts the next one into the queue. */
export const pruefenJob = job({
  ...pruefen,
  rechte: [], long: true,
  load: (tx, { pruefungId }) => loadStep(tx, pruefungId),
  work: async (io, step): Promise<StepResult | undefined> => step && { ...step, befunde: await verifyAll(io, step), entfernt: await removeOrphans(io, step) },
  store: async (tx, result) => { if (result) await storeStep(tx, result); },
});

const begin = (name: string, art: 'bestand' | 'voll') => job({
  name, payload: z.object({}), rechte: [],
  load: (tx) => isPruefungRunning(tx),
  work: async (_io, running) => running,
  store: async (tx, running) => { if (!running) await startPruefung(tx, art); },
});
export const bestandJob = begin('ablage.pruefung_bestand', 'bestand');
export const vollJob = begin('ablage.pruefung_voll', 'voll');

async function verifyAll(io: Io, { mandantId, art, objekte }: Step) {
  const befunde = new Map<string, Objekt['zustand']>();
  // What was found bad before is always read anew: only its bytes can show that it was brought back.
  for (const objekt of objekte) befunde.set(objekt.id, await verify(io, mandantId, objekt, art === 'voll' || objekt.zustand !== 'gut'));
  return befunde;
}

async function verify(io: Io, mandantId: string, { key, sha256, groesse }: Objekt, everyByte: boolean): Promise<Objekt['zustand']> {
  const found = await io.storage.stat(mandantId, key);
  if (!found) return 'fehlt';
  if (found.size !== groesse) return 'veraendert';
  if (!everyByte) return 'gut';
  try {
    const hash = createHash('sha256');
    for await (const piece of await io.storage.open(mandantId, key)) hash.update(piece as Buffer);
    return hash.digest('hex') === sha256 ? 'gut' : 'veraendert';
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ablage.fehlt') return 'fehlt';
    if (code === 'ablage.beschaedigt' || code === 'EIO') return 'veraendert'; // a sector that can no longer be read is as lost as a changed one
    throw error;
  }
}

/** All rows with keys of this stretch are in `objekte`: whatever else lies there belongs to nothing. */
async function removeOrphans(io: Io, { mandantId, nach, objekte, last }: Step): Promise<number> {
  const known = new Set(objekte.map((o) => o.key));
  const until = last ? 'g' : objekte.at(-1)!.key;
  let removed = 0;
  for (let shard = Number.parseInt(nach.slice(0, 2) || '00', 16); shard <= (last ? 255 : Number.parseInt(until.slice(0, 2), 16)); shard++) {
    for await (const { key, zeit } of io.storage.list(mandantId, shard.toString(16).padStart(2, '0'))) {
      if (key <= nach || key > until || known.has(key) || Date.now() - zeit.getTime() < ORPHAN_AFTER) continue;
      if (!(await io.darfLoeschen(new Date(zeit.getTime() + ORPHAN_AFTER)))) continue; // what was about to go may have become one of these
      await io.storage.delete(mandantId, key);
      removed++;
    }
  }
  return removed;
}
