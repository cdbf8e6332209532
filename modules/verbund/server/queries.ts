import { sql } from 'kysely';
import { getBenutzerKurz, listAdressierbare, presentKurz, readMandanten } from '#modules/organisation/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { zustandOf } from './freigabe.ts';
import type { VerbundTables } from './tables.gen.ts';

const db = tables<VerbundTables>();
const VERWALTEN = 'verbund.verwalten';
const PFADE = { akte: 'akten', vorgang: 'vorgaenge', dokument: 'dokumente' } as const;

/** The other active Mandanten of the Verbund, by name. */
const readAndere = async (tx: ReadTx) => (await readMandanten(tx)).filter((m) => m.aktiv && m.art === 'mandant' && m.id !== tx.ctx.mandantId);
export const listVerzeichnisse = async (tx: ReadTx) => ({ eintraege: (await readAndere(tx)).map(presentKurz) });
export async function getVerzeichnis(tx: ReadTx, mandantId: string) {
  const mandant = (await readAndere(tx)).find((m) => m.id === mandantId);
  if (!mandant) throw NotFound('Verwaltung');
  return { mandant: presentKurz(mandant), einheiten: await listAdressierbare(tx, mandantId) };
}

/** By id; one that has left keeps its name, for nobody is deleted from the list. */
async function readNamen(tx: ReadTx) {
  const alle = new Map((await readMandanten(tx)).map((m) => [m.id, presentKurz(m)]));
  return (id: string) => alle.get(id) ?? { id, name: 'Eine Verwaltung, die es nicht mehr gibt', bezeichnung: '', kuerzel: '??', farbe: 'blau' as const };
}

type Page = { limit: number; cursor?: string | undefined; sort: string };
const LAEUFT = sql<boolean>`(beendet_am is null and von <= now() and bis > now())`;
const beendetOf = (r: { beendet_am: string | null; beendet_seite: 'eigner' | 'empfaenger' | null }) => (r.beendet_am !== null && r.beendet_seite !== null ? { am: r.beendet_am, seite: r.beendet_seite } : null);
const gemeinsam = (r: { id: string; empfaenger_art: 'oe' | 'person'; empfaenger_id: string; empfaenger_name: string; stufe: 'sehen' | 'lesen' | 'bearbeiten'; zweck: string; von: string; bis: string; beendet_am: string | null; beendet_seite: 'eigner' | 'empfaenger' | null }) => ({
  id: r.id, empfaenger: { art: r.empfaenger_art, id: r.empfaenger_id, name: r.empfaenger_name }, stufe: r.stufe, zweck: r.zweck, von: r.von, bis: r.bis, zustand: zustandOf(r, new Date()), beendet: beendetOf(r),
});

const selectFreigaben = (tx: ReadTx) => db.read(tx).selectFrom('verbund.freigabe as f').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof selectFreigaben>['execute']>>[number];

/** What the reader may see of what is shared, by the objects themselves: id of the object → its name and address. */
async function readObjekte(tx: ReadTx, rows: readonly Pick<Row, 'objekt_typ' | 'objekt_id'>[]) {
  const found = new Map<string, { titel: string; pfad: string }>();
  for (const { typ, kurz } of tx.extensions('schutzobjekt')) {
    const ids = rows.filter((r) => r.objekt_typ === typ).map((r) => r.objekt_id);
    if (ids.length) for (const [id, { titel, pfad }] of await kurz(tx, ids)) found.set(id, { titel, pfad });
  }
  return found;
}
async function present(tx: ReadTx, rows: readonly Row[], sichtbar: Awaited<ReturnType<typeof readObjekte>>) {
  const mandant = await readNamen(tx);
  const leute = await getBenutzerKurz(tx, rows.flatMap((r) => r.erteilt_von ?? []));
  const darf = tx.ctx.akteur.rechte;
  return rows.map((r) => {
    const { titel = null, pfad = null } = sichtbar.get(r.objekt_id) ?? {};
    return {
      ...gemeinsam(r), mandant: mandant(r.partner_id), objekt: { typ: r.objekt_typ, id: r.objekt_id, kennzeichen: r.kennzeichen, titel, pfad }, erteilt: r.erteilt, erteiltVon: leute.get(r.erteilt_von ?? '')?.name ?? null,
      rechte: r.beendet_am === null && (darf.has(VERWALTEN) || (darf.has('verbundfreigabe.erteilen') && titel !== null)) ? ['verbundfreigabe.beenden'] : [],
    };
  });
}

/** Of the objects the reader may see; who administers the Verbund's dealings of this Mandant sees that there are others, and not their titles. */
export async function listVerbundfreigaben(tx: ReadTx, { objektId, laeuft, ...page }: Page & { objektId?: string | undefined; laeuft?: boolean | undefined }) {
  let query = selectFreigaben(tx);
  if (objektId !== undefined) query = query.where('f.objekt_id', '=', objektId);
  if (laeuft !== undefined) query = query.where(laeuft ? LAEUFT : sql<boolean>`not ${LAEUFT}`);
  if (!tx.ctx.akteur.rechte.has(VERWALTEN)) {
    const arten = await Promise.all(tx.extensions('schutzobjekt').map(async ({ typ, sichtbare }) => ({ typ, ids: await sichtbare?.(tx) })));
    query = query.where((eb) => eb.or(arten.flatMap(({ typ, ids }) => (ids ? [eb.and([eb('f.objekt_typ', '=', typ as Row['objekt_typ']), eb('f.objekt_id', 'in', ids as never)])] : []))));
  }
  const { rows, ...rest } = await paginate(query, { sort: { erteilt: 'f.erteilt', bis: 'f.bis' }, id: 'f.id' }, page);
  return { eintraege: await present(tx, rows, await readObjekte(tx, rows)), ...rest };
}
export async function getVerbundfreigabe(tx: ReadTx, id: string) {
  const row = await selectFreigaben(tx).where('f.id', '=', id).executeTakeFirst();
  const sichtbar = row && await readObjekte(tx, [row]);
  if (!row || !sichtbar || (!sichtbar.size && !tx.ctx.akteur.rechte.has(VERWALTEN))) throw NotFound('Freigabe');
  return (await present(tx, [row], sichtbar))[0]!;
}

const selectErhaltene = (tx: ReadTx) => db.read(tx).selectFrom('verbund.erhalten as e').selectAll();
type Erhalten = Awaited<ReturnType<ReturnType<typeof selectErhaltene>['execute']>>[number];
/** To the Akteur himself, or to one of his OEs: who belongs to a lower one belongs to it as well. No Vertretung: the other Mandant gave it to these people. */
export const meine = (tx: ReadTx) => (tx.ctx.akteur.vertretenId !== undefined ? sql<boolean>`false` : sql<boolean>`e.empfaenger_id = any(${[tx.ctx.akteur.id, ...tx.ctx.akteur.organisationseinheiten]}::uuid[])`);
async function presentErhaltene(tx: ReadTx, rows: readonly Erhalten[]) {
  const mandant = await readNamen(tx);
  const eigene = new Set([tx.ctx.akteur.id, ...tx.ctx.akteur.organisationseinheiten]);
  return rows.map((r) => ({
    ...gemeinsam(r), mandant: mandant(r.partner_id), objekt: { typ: r.objekt_typ, id: r.objekt_id, kennzeichen: r.kennzeichen }, erhalten: r.erhalten,
    pfad: `/bei/${r.partner_id}/${PFADE[r.objekt_typ]}/${r.objekt_id}`,
    // What an office received, its members use; who ends it for all of them, leads or administers.
    rechte: r.beendet_am === null && (r.empfaenger_id === tx.ctx.akteur.id || tx.ctx.akteur.rechte.has(VERWALTEN) || (eigene.has(r.empfaenger_id) && tx.ctx.akteur.rechte.has('verbundfreigabe.erteilen'))) ? ['verbundfreigabe.verzichten'] : [],
  }));
}
/** `alle`: of the whole Mandant, for who administers. */
export async function listErhaltene(tx: ReadTx, { laeuft, alle, ...page }: Page & { laeuft?: boolean | undefined; alle?: boolean | undefined }) {
  let query = selectErhaltene(tx);
  if (!(alle && tx.ctx.akteur.rechte.has(VERWALTEN))) query = query.where(meine(tx));
  if (laeuft !== undefined) query = query.where(laeuft ? LAEUFT : sql<boolean>`not ${LAEUFT}`);
  const { rows, ...rest } = await paginate(query, { sort: { erhalten: 'e.erhalten', bis: 'e.bis' }, id: 'e.id' }, page);
  return { eintraege: await presentErhaltene(tx, rows), ...rest };
}
/** One that the Akteur may end; what is not his is not there. */
export async function getErhaltene(tx: ReadTx, id: string) {
  const row = await selectErhaltene(tx).where('e.id', '=', id).$if(!tx.ctx.akteur.rechte.has(VERWALTEN), (q) => q.where(meine(tx))).executeTakeFirst();
  if (!row) throw NotFound('Freigabe');
  return (await presentErhaltene(tx, [row]))[0]!;
}

/** The active Mandanten whose things are shared with the Akteur now, the most recent first. Who shares nothing costs one look into an index. */
export async function listGastgeber(tx: ReadTx) {
  const rows = await db.read(tx).selectFrom('verbund.erhalten as e').select(['e.partner_id']).where(meine(tx)).where(LAEUFT).groupBy('e.partner_id').orderBy(sql`max(e.erhalten)`, 'desc').execute();
  if (!rows.length) return [];
  const aktive = new Map((await readAndere(tx)).map((m) => [m.id, presentKurz(m)]));
  return rows.flatMap((r) => aktive.get(r.partner_id) ?? []);
}

/** How those are called with whom something is or was shared: for explanations of who reaches an object. */
export async function readGastnamen(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const mandant = await readNamen(tx);
  const rows = await db.read(tx).selectFrom('verbund.freigabe').select(['empfaenger_id', 'empfaenger_name', 'partner_id']).where('empfaenger_id', 'in', [...ids]).orderBy('erteilt').execute();
  return new Map(rows.map((r) => [r.empfaenger_id, `${r.empfaenger_name} (${mandant(r.partner_id).name})`]));
}
