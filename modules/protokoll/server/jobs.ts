import { z } from 'zod';
import { job } from '#platform/server/module.ts';
import type { JobRef } from '#platform/server/tx.ts';
import { ausgeben, deleteOldAusgaben, loadTeil, storeTeil, writeTeil } from './ausgabe.ts';
import { loadStep, pruefen, recomputeStep, startPruefung, storeStep } from './pruefung.ts';
import * as pruefung from './lesen/pruefung.ts';
import * as lesen from './lesen/siegel.ts';
import { loadUnsealed, makeSiegel, storeSiegel } from './versiegeln.ts';

/** Short, and what is not sealed could still be changed unseen: ahead of everything that takes long. */
const versiegeln = { name: 'protokoll.versiegeln', payload: z.object({}), priority: -8 } satisfies JobRef;

/** Runs a second after Ereignisse of a Mandant; again while there are more, or a transaction that is still open holds some back. */
export const versiegelnJob = job({
  ...versiegeln,
  rechte: [],
  load: (tx) => loadUnsealed(tx),
  work: async (io, unsealed, { mandantId }) => makeSiegel(mandantId, unsealed, io.siegel, new Date()),
  async store(tx, made) {
    const stored = await storeSiegel(tx, made);
    const pause = made.siegel && stored ? 0 : 1000;
    if (made.mehr) await tx.enqueue(versiegeln, {}, { key: 'nachlauf', am: new Date(Date.now() + pause) });
  },
});

/** One step of a verification; it puts the next one into the queue. */
export const pruefenJob = job({
  ...pruefen,
  rechte: [],
  load: (tx, { pruefungId }) => loadStep(tx, pruefungId),
  work: async (io, step) => step && { id: step.id, ...recomputeStep(step, io.siegel) },
  async store(tx, result) { if (result && !(await storeStep(tx, result.id, result))) await tx.enqueue(pruefen, { pruefungId: result.id }); },
});
export const woechentlichJob = job({
  name: 'protokoll.pruefung_woechentlich', payload: z.object({}), rechte: [],
  load: async () => {}, work: async () => {}, store: (tx) => startPruefung(tx),
});

/** One part of an export: read, put into the store, and the next one. */
export const ausgebenJob = job({
  ...ausgeben,
  rechte: [],
  load: (tx, { ausgabeId }) => loadTeil(tx, ausgabeId),
  async work(io, teil, { mandantId }) {
    if (!teil) return undefined;
    const { text, ...gezaehlt } = writeTeil(mandantId, teil, io.siegel);
    return { teil, gezaehlt, stored: await io.storage.put(mandantId, [Buffer.from(text)]) };
  },
  async store(tx, made) { if (made) await storeTeil(tx, made.teil, made.stored, made.gezaehlt); },
});
export const aufraeumenJob = job({
  name: 'protokoll.ausgaben_aufraeumen', payload: z.object({}), rechte: [],
  load: async () => {}, work: async () => {}, store: (tx) => deleteOldAusgaben(tx),
});

const lesenVersiegeln = { name: 'protokoll.lesezugriffe_versiegeln', payload: z.object({}) } satisfies JobRef;
/** Recorded reads, once an hour: they have no Ereignis that would start it. */
export const lesenVersiegelnJob = job({
  ...lesenVersiegeln, rechte: [],
  load: (tx) => lesen.loadUnsealed(tx),
  work: async (io, offen, { mandantId }) => offen && lesen.makeSiegel(mandantId, offen, io.siegel, new Date()),
  async store(tx, made) {
    if (!made) return;
    await lesen.storeSiegel(tx, made);
    await tx.enqueue(lesenVersiegeln, {}, { key: 'weiter' }); // the rest, or the next month; without more it ends here
  },
});
/** The recorded reads, a month a step: each step finds what the protocol and the seals say of it. */
export const lesenPruefenJob = job({
  ...pruefung.lesenPruefen, rechte: [],
  load: async (_tx, payload) => payload,
  work: async (io, payload) => ({ payload, siegel: io.siegel }),
  store: (tx, { payload, siegel }) => pruefung.verifyStep(tx, payload, siegel),
});
export const lesenAufraeumenJob = job({ name: 'protokoll.lesezugriffe_aufraeumen', payload: z.object({}), rechte: [], load: async () => {}, work: async () => new Date(), store: (tx, now) => lesen.dropAlte(tx, now) });
