import { wessen } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Merkliste, Objekttyp } from '../contract.ts';
import { getAktenKurz, getDokumenteKurz, getVorgaengeKurz } from './kurz.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
const GEMERKT = 500;
const GESEHEN = 100;

const authorizeSehen = (tx: ReadTx, typ: Objekttyp, id: string): Promise<unknown> =>
  typ === 'akte' ? aktePolicy.authorize(tx, 'akte.sehen', id) : typ === 'vorgang' ? vorgangPolicy.authorize(tx, 'vorgang.sehen', id) : dokumentPolicy.authorize(tx, 'dokument.sehen', id);
/** Lists of one's own are of people, guests among them; a machine has none. Who acts for somebody has theirs before him. */
function requirePerson(tx: ReadTx): string {
  if (tx.ctx.akteur.art !== 'person' && tx.ctx.akteur.art !== 'gast') throw NotFound('Merkliste');
  return wessen(tx.ctx.akteur);
}

type Eintrag = { typ: Objekttyp; objekt_id: string; zeit: string };
/** What may not be seen any more, or is gone, is left out. */
async function present(tx: ReadTx, rows: readonly Eintrag[]): Promise<Merkliste> {
  const of = (typ: Objekttyp) => rows.filter((r) => r.typ === typ).map((r) => r.objekt_id);
  const akten = await getAktenKurz(tx, of('akte'));
  const vorgaenge = await getVorgaengeKurz(tx, of('vorgang'));
  const dokumente = await getDokumenteKurz(tx, of('dokument'));
  return {
    eintraege: rows.flatMap(({ typ, objekt_id: id, zeit }) => {
      const a = akten.get(id);
      if (a) return [{ typ, id, kennzeichen: a.aktenzeichen, betreff: a.betreff, status: a.status, zeit }];
      const o = vorgaenge.get(id) ?? dokumente.get(id);
      return o ? [{ typ, id, kennzeichen: o.kennzeichen, betreff: o.betreff, status: 'status' in o ? o.status : null, zeit }] : [];
    }),
  };
}

export const neuesteZuerst = (a: { zeit: string }, b: { zeit: string }) => (a.zeit < b.zeit ? 1 : a.zeit > b.zeit ? -1 : 0);
export async function listMerkliste(tx: ReadTx): Promise<Merkliste> {
  const rows = await db.read(tx).selectFrom('schriftgut.merkliste').select(['typ', 'objekt_id', 'erstellt_am as zeit']).where('benutzer_id', '=', requirePerson(tx)).orderBy('erstellt_am', 'desc').limit(GEMERKT).execute();
  return present(tx, rows);
}
export async function createMerkung(tx: WriteTx, typ: Objekttyp, id: string) {
  const benutzerId = requirePerson(tx);
  await authorizeSehen(tx, typ, id);
  await db.write(tx).insertInto('schriftgut.merkliste').values({ benutzer_id: benutzerId, typ, objekt_id: id }).onConflict((c) => c.columns(['mandant_id', 'benutzer_id', 'objekt_id']).doNothing()).execute();
  return {};
}
export async function deleteMerkung(tx: WriteTx, typ: Objekttyp, id: string) {
  const gone = await db.write(tx).deleteFrom('schriftgut.merkliste').where('benutzer_id', '=', requirePerson(tx)).where('typ', '=', typ).where('objekt_id', '=', id).returning('objekt_id').executeTakeFirst();
  if (!gone) await authorizeSehen(tx, typ, id); // not on the list is no error, unknown is
  return {};
}

export async function listZuletztGesehen(tx: ReadTx, limit: number): Promise<Merkliste> {
  const rows = await db.read(tx).selectFrom('schriftgut.zuletzt_gesehen').select(['typ', 'objekt_id', 'zeit']).where('benutzer_id', '=', requirePerson(tx)).orderBy('zeit', 'desc').limit(limit * 2).execute();
  return { eintraege: (await present(tx, rows)).eintraege.slice(0, limit) };
}
/** The page says so after it has been shown; only the newest hundred are kept. */
export async function createZuletztGesehen(tx: WriteTx, typ: Objekttyp, id: string) {
  const benutzer_id = requirePerson(tx);
  await authorizeSehen(tx, typ, id);
  const zeit = new Date();
  await db.write(tx).insertInto('schriftgut.zuletzt_gesehen').values({ benutzer_id, typ, objekt_id: id, zeit }).onConflict((c) => c.columns(['mandant_id', 'benutzer_id', 'objekt_id']).doUpdateSet({ zeit })).execute();
  const oldest = await db.write(tx).selectFrom('schriftgut.zuletzt_gesehen').select('zeit').where('benutzer_id', '=', benutzer_id).orderBy('zeit', 'desc').offset(GESEHEN).limit(1).executeTakeFirst();
  if (oldest) await db.write(tx).deleteFrom('schriftgut.zuletzt_gesehen').where('benutzer_id', '=', benutzer_id).where('zeit', '<=', oldest.zeit).execute();
  return {};
}
