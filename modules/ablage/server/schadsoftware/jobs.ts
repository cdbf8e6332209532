import { sql } from 'kysely';
import { z } from 'zod';
import { scan, scanner, type Scanergebnis } from '#platform/server/clamd.ts';
import { job } from '#platform/server/module.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { AblageTables } from '../tables.gen.ts';
import * as auftraege from './auftrag.ts';

const db = tables<AblageTables>();
/** What is asked for anew at one time. */
const HOECHSTENS = 2000;

type Objekt = { id: string; key: string };
const loadObjekt = (tx: ReadTx, id: string): Promise<Objekt | undefined> =>
  db.read(tx).selectFrom('ablage.objekt').select(['id', 'key']).where('id', '=', id).where('befund', 'in', ['ungeprueft', 'wartet', 'offen']).executeTakeFirst();

/** Whatever happens to clamd or to us in between: the object waits, and waits until it was scanned. */
export const scannen = job({
  ...auftraege.scannen, rechte: [], long: true,
  load: (tx, { objektId }) => loadObjekt(tx, objektId),
  async work(io, objekt, { mandantId }) {
    const ziel = scanner();
    return objekt && ziel && { objekt, ausfall: ziel.ausfall, ergebnis: await scan(ziel.url, await io.storage.open(mandantId, objekt.key)) };
  },
  store: async (tx, fertig) => { if (fertig) await storeErgebnis(tx, fertig.objekt.id, fertig.ergebnis, fertig.ausfall); },
});

export async function storeErgebnis(tx: WriteTx, id: string, ergebnis: Scanergebnis, ausfall: 'warten' | 'freigeben'): Promise<void> {
  const offene = db.write(tx).updateTable('ablage.objekt').where('id', '=', id).where('befund', 'in', ['ungeprueft', 'wartet', 'offen']);
  if (ergebnis.art === 'ohne') {
    // What lay here before there was a scanner was open all the time, and stays so until something is found.
    const geoeffnet = ausfall === 'freigeben' ? await offene.where('befund', '=', 'wartet').set({ befund: 'offen', hindernis: ergebnis.hindernis }).returning('id').executeTakeFirst() : undefined;
    await offene.where('befund', '=', 'wartet').set({ hindernis: ergebnis.hindernis }).execute();
    return geoeffnet && tell(tx, id, 'inhalt.ungeprueft_geoeffnet', { hindernis: ergebnis.hindernis });
  }
  const vorher = await db.write(tx).selectFrom('ablage.objekt').select('befund').where('id', '=', id).forUpdate().executeTakeFirst();
  const fertig = await offene.set({ befund: ergebnis.art, hindernis: null, gescannt: sql`now()` as never, schadsoftware: ergebnis.art === 'gefunden' ? ergebnis.name : null }).returning('id').executeTakeFirst();
  if (!fertig) return;
  if (ergebnis.art === 'sauber') return vorher?.befund === 'wartet' ? tell(tx, id, 'inhalt.geprueft') : undefined;
  await db.write(tx).insertInto('ablage.quarantaene').values({ id, schadsoftware: ergebnis.name }).onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet({ schadsoftware: ergebnis.name, gefunden: sql`now()` as never })).execute();
  await tell(tx, id, 'inhalt.schadsoftware_gefunden', { schadsoftware: ergebnis.name });
}

/** To whoever uses these bytes. What nobody uses yet is told of as what it is in the store. */
async function tell(tx: WriteTx, objektId: string, art: string, daten: Record<string, unknown> = {}) {
  const inhalte = await db.write(tx).selectFrom('ablage.inhalt').select('id').where('objekt_id', '=', objektId).execute();
  if (inhalte.length || art === 'inhalt.schadsoftware_gefunden') await tx.record({ art, objekte: { verwahrung: objektId, ...(inhalte.length && { inhalt: inhalte.map((i) => i.id) }) }, daten });
}

const enqueueAll = async (tx: WriteTx, ids: readonly string[]) => { for (const objektId of ids) await tx.enqueue(auftraege.scannen, { objektId }, { key: `scannen:${objektId}` }); };
const listWartende = async (tx: ReadTx, hindernis: boolean) => (await db.read(tx).selectFrom('ablage.objekt').select('id').where('befund', 'in', ['wartet', 'offen'])
  .where((eb) => (hindernis ? eb.or([eb('hindernis', 'is', null), eb('hindernis', 'in', ['zu_gross', 'fehler', 'unerreichbar'])]) : eb.or([eb('hindernis', 'is', null), eb('hindernis', '=', 'unerreichbar')])))
  .where('erstellt', '<', sql<string>`now() - interval '1 minute'`).orderBy('erstellt').limit(HOECHSTENS).execute()).map((r) => r.id);

/** Every few minutes: what waits because clamd was away, or because a worker died with it. */
export const nachholen = job({
  name: 'ablage.scannen_nachholen', payload: z.object({}), rechte: [],
  load: async (tx) => (scanner() ? listWartende(tx, false) : []), work: async (_io, ids) => ids, store: enqueueAll,
});
/** Once a day: also what could not be scanned (a limit may have been raised, signatures be newer), and a part of what lay here before there was a scanner. */
export const taeglich = job({
  name: 'ablage.scannen_taeglich', payload: z.object({}), rechte: [], priority: 20,
  async load(tx) {
    if (!scanner()) return [];
    const bestand = await db.read(tx).selectFrom('ablage.objekt as o').select('o.id').where('o.befund', '=', 'ungeprueft')
      .where(({ exists, selectFrom }) => exists(selectFrom('ablage.inhalt as i').select('i.id').whereRef('i.objekt_id', '=', 'o.id'))).orderBy('o.id').limit(HOECHSTENS).execute();
    return [...await listWartende(tx, true), ...bestand.map((r) => r.id)];
  },
  work: async (_io, ids) => ids, store: enqueueAll,
});

const count = (befunde: ('wartet' | 'gefunden' | 'offen')[], aelter = '0 minutes') => async (tx: ReadTx) =>
  Number((await db.read(tx).selectFrom('ablage.objekt').select((eb) => eb.fn.countAll<number>().as('n')).where('befund', 'in', befunde).where('erstellt', '<', sql<string>`now() - ${aelter}::interval`).executeTakeFirstOrThrow()).n);
export const kennzahlen = [
  { name: 'verbundakte_schadsoftware_wartend', hilfe: 'Inhalte, die seit mehr als einer Viertelstunde auf den Virenscanner warten', zusammen: 'summe' as const, lies: count(['wartet', 'offen'], '15 minutes') },
  { name: 'verbundakte_schadsoftware_gefunden', hilfe: 'Inhalte, in denen Schadsoftware gefunden wurde und die verwahrt werden', zusammen: 'summe' as const, lies: count(['gefunden']) },
];
