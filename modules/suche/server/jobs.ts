import { z } from 'zod';
import { EreignisPayloadSchema } from '#platform/server/jobs.ts';
import { job } from '#platform/server/module.ts';
import { type EreignisPayload, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { analysiereObjekte, artVon, JE_AUFTRAG, ladeObjekte, speichereEintraege, type Auftrag, type Ergebnis } from './indexieren.ts';
import { beendeNeuaufbau, istAktuell, liesSchritt, merkeSchritt, startNeuaufbau } from './neuaufbau.ts';

/** New content is to be found within two seconds of its text being read: before previews and mails. */
const PRIORITAET = -5;
const Auftragsliste = z.object({ typ: z.string(), ids: z.array(z.uuid()), erzwungen: z.boolean().optional() });

/** Indexes given objects anew: the rest of a large batch, and a rebuild. */
export const indexieren = job({
  name: 'suche.indexieren', payload: Auftragsliste, rechte: [], priority: PRIORITAET + 1,
  load: (tx, auftrag) => ladeObjekte(tx, [auftrag]),
  work: (_io, ladung) => analysiereObjekte(ladung),
  store: (tx, ergebnis) => speichere(tx, ergebnis),
});

async function speichere(tx: WriteTx, ergebnis: Ergebnis) {
  await speichereEintraege(tx, ergebnis);
  for (const { typ, ids, erzwungen } of ergebnis.rest) await tx.enqueue(indexieren, { typ, ids: [...ids], erzwungen });
}

const INHALT_AUFBEREITET = 'inhalt.aufbereitet';
/** Whom an Ereignis touches: the objects it names, and those whose content has just been read. */
async function betroffene(tx: ReadTx, { art, objekte }: EreignisPayload): Promise<Auftrag[]> {
  const auftraege: Auftrag[] = [];
  for (const s of tx.extensions('suchobjekt')) {
    const ids = s.ereignisse.includes(art) ? (objekte[s.typ] ?? []) : [];
    const durchInhalt = art === INHALT_AUFBEREITET && objekte.inhalt?.length ? await s.byInhalt(tx, objekte.inhalt) : [];
    if (ids.length || durchInhalt.length) auftraege.push({ typ: s.typ, ids: [...ids, ...durchInhalt] });
  }
  return auftraege;
}

/** Follows the Ereignisse that the registered kinds of objects name. */
export const nachfuehren = job({
  name: 'suche.nachfuehren',
  payload: EreignisPayloadSchema,
  rechte: [], priority: PRIORITAET,
  load: async (tx, ereignis) => ladeObjekte(tx, await betroffene(tx, ereignis)),
  work: (_io, ladung) => analysiereObjekte(ladung),
  store: (tx, ergebnis) => speichere(tx, ergebnis),
});

/** One step of a rebuild: the next ids of a kind, and the entries between them whose objects are gone. */
export const neuaufbauSchritt = job({
  name: 'suche.neuaufbau', payload: z.object({ typ: z.string(), nach: z.uuid().nullable() }), rechte: [], priority: 5,
  load: async (tx, { typ, nach }) => {
    const art = artVon(tx, typ);
    const ids = art ? await art.list(tx, nach, JE_AUFTRAG) : [];
    const bis = ids.length === JE_AUFTRAG ? ids.at(-1)! : null;
    return { typ, bis, ids, verwaist: await liesSchritt(tx, typ, nach, bis, ids) };
  },
  work: async (_io, schritt) => schritt,
  store: async (tx, { typ, bis, ids, verwaist }) => {
    if (ids.length) await tx.enqueue(indexieren, { typ, ids, erzwungen: true });
    if (verwaist.length) await tx.enqueue(indexieren, { typ, ids: verwaist });
    await merkeSchritt(tx, typ, ids.length);
    if (bis) await tx.enqueue(neuaufbauSchritt, { typ, nach: bis });
    else await beendeNeuaufbau(tx, typ);
  },
});

/** Nightly: an index made by an older analysis, or never, is built anew. */
export const pruefeFassung = job({
  name: 'suche.fassung', payload: z.object({}), rechte: [],
  load: (tx) => istAktuell(tx),
  work: async (_io, aktuell) => aktuell,
  store: async (tx, aktuell) => { if (!aktuell) await startNeuaufbau(tx, (typ) => tx.enqueue(neuaufbauSchritt, { typ, nach: null })); },
});
