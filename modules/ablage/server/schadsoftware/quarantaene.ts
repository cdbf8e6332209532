import { getBenutzerKurz, hatEingerichtet, listBenutzerMitRecht } from '#modules/organisation/server/index.ts';
import { scanner } from '#platform/server/clamd.ts';
import { istBeteiligt, urheber } from '#platform/server/context.ts';
import { AppError, NotFound } from '#platform/server/errors.ts';
import type { Benachrichtigungsanlass } from '#platform/server/extension.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { removeObjekt } from '../commands.ts';
import type { AblageTables } from '../tables.gen.ts';

const db = tables<AblageTables>();
export const VERWAHREN = 'ablage.verwahren';
const Erledigt = () => new AppError('ablage.verwahrung_entschieden', 409, 'Über diese Datei ist schon entschieden');
const VierAugen = () => new AppError('ablage.vier_augen', 409, 'Freigeben kann nur eine zweite Person: nicht, wer es beantragt hat, und nicht, wessen Zugang von dort eingerichtet wurde');

/** For the page of the Betrieb: whether there is a scanner, what waits for it, and what it has found. */
export async function getQuarantaene(tx: ReadTx) {
  const zahlen = await db.read(tx).selectFrom('ablage.objekt').select(['befund', (eb) => eb.fn.countAll<number>().as('n')]).groupBy('befund').execute();
  const hindernisse = await db.read(tx).selectFrom('ablage.objekt').select(['hindernis', (eb) => eb.fn.countAll<number>().as('n')]).where('befund', 'in', ['wartet', 'offen']).where('hindernis', 'is not', null).groupBy('hindernis').execute();
  const n = (befund: string) => Number(zahlen.find((z) => z.befund === befund)?.n ?? 0);
  const rows = await db.read(tx).selectFrom('ablage.objekt as o').innerJoin('ablage.quarantaene as q', 'q.id', 'o.id').select(['o.id', 'o.befund', 'o.groesse', 'o.sha256', 'q.schadsoftware', 'q.gefunden', 'q.antrag_von', 'q.antrag_grund', 'q.antrag_am', 'q.entschieden_von', 'q.entschieden_am', 'q.grund'])
    .where('o.befund', 'in', ['gefunden', 'freigegeben', 'vernichtet']).orderBy('q.gefunden', 'desc').limit(500).execute();
  const inhalte = rows.length ? await db.read(tx).selectFrom('ablage.inhalt').select(['id', 'objekt_id', 'dateiname']).where('objekt_id', 'in', rows.map((r) => r.id)).orderBy('id').execute() : [];
  const namen = await getBenutzerKurz(tx, rows.flatMap((r) => [r.antrag_von, r.entschieden_von].filter((id) => id !== null)));
  return {
    eingerichtet: scanner() !== undefined, ausfall: scanner()?.ausfall ?? null, ungeprueft: n('ungeprueft'), wartet: n('wartet'), sauber: n('sauber'), offen: n('offen'),
    hindernisse: hindernisse.map((h) => ({ hindernis: h.hindernis!, anzahl: Number(h.n) })),
    eintraege: rows.map((r) => ({
      id: r.id, befund: r.befund as 'gefunden' | 'freigegeben' | 'vernichtet', schadsoftware: r.schadsoftware, gefunden: r.gefunden, groesse: r.groesse, sha256: r.sha256, dateinamen: inhalte.filter((i) => i.objekt_id === r.id).map((i) => i.dateiname),
      antrag: r.antrag_von === null ? null : { von: namen.get(r.antrag_von)?.name ?? '–', grund: r.antrag_grund!, am: r.antrag_am! },
      entschieden: r.entschieden_am === null ? null : { von: r.entschieden_von === null ? '–' : namen.get(r.entschieden_von)?.name ?? '–', grund: r.grund ?? '', am: r.entschieden_am },
      rechte: r.befund !== 'gefunden' || !tx.ctx.akteur.rechte.has(VERWAHREN) ? [] : ['vernichten', r.antrag_von === null ? 'beantragen' : istBeteiligt(tx.ctx.akteur, r.antrag_von) ? '' : 'freigeben'].filter(Boolean),
    })),
  };
}

async function lockGefundenes(tx: WriteTx, id: string) {
  const objekt = await db.write(tx).selectFrom('ablage.objekt').select(['id', 'key', 'befund']).where('id', '=', id).forUpdate().executeTakeFirst();
  const row = objekt && await db.write(tx).selectFrom('ablage.quarantaene').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!objekt || !row) throw NotFound('Verwahrte Datei');
  if (objekt.befund !== 'gefunden') throw Erledigt();
  return { ...row, key: objekt.key };
}
const objekteOf = async (tx: WriteTx, id: string) => {
  const inhalte = (await db.write(tx).selectFrom('ablage.inhalt').select('id').where('objekt_id', '=', id).execute()).map((i) => i.id);
  return { verwahrung: id, ...(inhalte.length && { inhalt: inhalte }) };
};

/** A false alarm, says one; another one has to agree. */
export async function requestFreigabe(tx: WriteTx, id: string, grund: string) {
  const row = await lockGefundenes(tx, id);
  await db.write(tx).updateTable('ablage.quarantaene').set({ antrag_von: urheber(tx.ctx), antrag_grund: grund, antrag_am: new Date() }).where('id', '=', id).execute();
  await tx.record({ art: 'verwahrung.freigabe_beantragt', objekte: await objekteOf(tx, id), daten: { schadsoftware: row.schadsoftware, grund } });
  return getQuarantaene(tx);
}
export async function grantFreigabe(tx: WriteTx, id: string) {
  const row = await lockGefundenes(tx, id);
  if (row.antrag_von === null || istBeteiligt(tx.ctx.akteur, row.antrag_von) || await hatEingerichtet(tx, tx.ctx.akteur.id, row.antrag_von)) throw VierAugen();
  await db.write(tx).updateTable('ablage.objekt').set({ befund: 'freigegeben' }).where('id', '=', id).execute();
  await db.write(tx).updateTable('ablage.quarantaene').set({ entschieden_von: urheber(tx.ctx), entschieden_am: new Date(), grund: row.antrag_grund }).where('id', '=', id).execute();
  const objekte = await objekteOf(tx, id);
  await tx.record({ art: 'verwahrung.freigegeben', objekte, daten: { schadsoftware: row.schadsoftware, grund: row.antrag_grund } });
  if ('inhalt' in objekte) await tx.record({ art: 'inhalt.geprueft', objekte });
  return getQuarantaene(tx);
}
/** The bytes go, after the commit; what is noted of them stays, and whoever sends the same again sends something that was found. */
export async function deleteVerwahrtes(tx: WriteTx, id: string, grund: string) {
  const row = await lockGefundenes(tx, id);
  await db.write(tx).updateTable('ablage.objekt').set({ befund: 'vernichtet' }).where('id', '=', id).execute();
  await db.write(tx).updateTable('ablage.quarantaene').set({ entschieden_von: urheber(tx.ctx), entschieden_am: new Date(), grund }).where('id', '=', id).execute();
  await tx.record({ art: 'verwahrung.vernichtet', objekte: await objekteOf(tx, id), daten: { schadsoftware: row.schadsoftware, grund } });
  await tx.enqueue(removeObjekt, { key: row.key });
  return getQuarantaene(tx);
}

export const anlaesse: Benachrichtigungsanlass[] = [{
  schluessel: 'ablage.schadsoftware', titel: 'In einer Datei wurde Schadsoftware gefunden', ereignisse: ['inhalt.schadsoftware_gefunden', 'verwahrung.freigabe_beantragt'], vorgabe: 'sofort',
  create: async (tx, { art }) => (await listBenutzerMitRecht(tx, VERWAHREN)).map((benutzerId) => ({
    benutzerId, pfad: '/betrieb', satz: art === 'verwahrung.freigabe_beantragt' ? 'Für eine verwahrte Datei ist die Freigabe beantragt' : 'In einer Datei wurde Schadsoftware gefunden',
  })),
}];
export const verlaufstexte = {
  'inhalt.geprueft': () => 'hat die Datei auf Schadsoftware geprüft und freigegeben',
  'inhalt.ungeprueft_geoeffnet': () => 'hat die Datei ungeprüft freigegeben, weil der Virenscanner sie nicht prüfen konnte',
  'inhalt.schadsoftware_gefunden': ({ daten }) => `hat in der Datei Schadsoftware gefunden und sie verwahrt: ${daten.schadsoftware}`,
  'verwahrung.freigabe_beantragt': ({ daten }) => `hat die Freigabe der verwahrten Datei beantragt: ${daten.grund}`,
  'verwahrung.freigegeben': ({ daten }) => `hat die verwahrte Datei freigegeben (${daten.schadsoftware}): ${daten.grund}`,
  'verwahrung.vernichtet': ({ daten }) => `hat die verwahrte Datei vernichtet (${daten.schadsoftware}): ${daten.grund}`,
} satisfies Record<string, (e: { daten: Record<string, any> }) => string>;
