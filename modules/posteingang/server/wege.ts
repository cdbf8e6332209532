import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Eingang } from '../contract.ts';
import { lockEingang, moveEingaenge, requireSchritt } from './bewegen.ts';
import { isOffen, PosteingangErrors } from './eingang.ts';
import { getEingang, type EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { readZentralerKorb, ruhe } from './zentral.ts';
import { hindernis } from './zustand.ts';

const db = tables<PosteingangTables>();
type Rows = readonly EingangRow[];
const ids = (rows: Rows) => rows.map((r) => r.id);
/** One names its number, several only how many there are. */
const nummern = (rows: Rows) => (rows.length === 1 ? { nummer: rows[0]!.nummer } : { nummern: rows.map((r) => r.nummer) });

/** In hand: of two people at once one wins, and the other is told who. Technique has no hands. */
export async function takeEingaenge(tx: WriteTx, rows: Rows) {
  if (tx.ctx.akteur.art !== 'person') throw PosteingangErrors.nur_personen();
  await moveEingaenge(tx, rows, { schritt: 'uebernommen', status: 'in_bearbeitung', bearbeiterId: wessen(tx.ctx.akteur) });
  await tx.record({ art: 'eingang.uebernommen', objekte: { eingang: ids(rows) }, daten: nummern(rows) });
}
export async function startBearbeitung(tx: WriteTx, id: string): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.bearbeiten', id);
  if (row.bearbeiter_id === null || row.bearbeiter_id !== wessen(tx.ctx.akteur)) { await requireSchritt(tx, row, 'in_bearbeitung'); await takeEingaenge(tx, [row]); }
  return getEingang(tx, id);
}
/** Whoever works in the basket may give back also what a colleague had: who is ill holds up no letter. The trail says who did. */
export async function cancelBearbeitung(tx: WriteTx, id: string): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.bearbeiten', id);
  if (row.status !== 'in_bearbeitung') throw PosteingangErrors.nicht_in_bearbeitung({ nummer: row.nummer });
  await moveEingaenge(tx, [row], { schritt: 'zurueckgelegt', ...await ruhe(tx, row.organisationseinheit_id) });
  await tx.record({ art: 'eingang.zurueckgelegt', objekte: { eingang: id }, daten: { nummer: row.nummer, bearbeiter: row.bearbeiter_id } });
  return getEingang(tx, id);
}

type Weitergabe = { nach: string; grund?: string | undefined; irrlaeufer?: boolean };
/** Into another basket. `rows`: of that same basket none. */
export async function passEingaenge(tx: WriteTx, rows: Rows, { nach, grund, irrlaeufer = false }: Weitergabe) {
  const ziel = await ruhe(tx, nach);
  // what nobody had distributed is distributed by that, and what had been is passed on
  for (const [neu, gleiche] of Map.groupBy(rows, (r) => r.status === 'erfasst')) await moveEingaenge(tx, gleiche, { schritt: irrlaeufer ? 'irrlaeufer' : neu ? 'verteilt' : 'weitergegeben', ...ziel, organisationseinheitId: nach, grund });
  const oes = await getOrganisationseinheitenKurz(tx, [nach, ...rows.map((r) => r.organisationseinheit_id)]);
  const name = (oe: string) => { const o = oes.get(oe); return o && `${o.kennzeichen} ${o.bezeichnung}`; };
  for (const [von, gleiche] of Map.groupBy(rows, (r) => r.organisationseinheit_id)) await tx.record({
    art: irrlaeufer ? 'eingang.irrlaeufer' : 'eingang.weitergeleitet', objekte: { eingang: ids(gleiche), organisationseinheit: [von, nach] },
    daten: { ...nummern(gleiche), von: name(von), nach: name(nach), ...(grund && { bemerkung: grund }) },
  });
}
async function requireZiel(tx: WriteTx, id: string) {
  const ziel = (await getOrganisationseinheitenKurz(tx, [id])).get(id);
  if (!ziel) throw NotFound('Organisationseinheit');
  return ziel;
}
/** Whoever passes it on may lose sight of it, so the answer names the basket only. */
export async function assignEingang(tx: WriteTx, id: string, { organisationseinheitId, bemerkung }: { organisationseinheitId: string; bemerkung?: string | undefined }) {
  const row = await lockEingang(tx, 'eingang.verteilen', id);
  await requireSchritt(tx, row, 'verteilt');
  const ziel = await requireZiel(tx, organisationseinheitId);
  if (organisationseinheitId !== row.organisationseinheit_id) await passEingaenge(tx, [row], { nach: organisationseinheitId, grund: bemerkung });
  return { organisationseinheit: ziel as never };
}
/** Wrongly delivered: on to where it belongs or, when that is not known, back to where it came from. */
export async function sendIrrlaeufer(tx: WriteTx, id: string, { organisationseinheitId, grund }: { organisationseinheitId?: string | undefined; grund: string }) {
  const row = await lockEingang(tx, 'eingang.verteilen', id);
  await requireSchritt(tx, row, 'verteilt');
  const nach = organisationseinheitId ?? await findHerkunft(tx, row);
  if (nach === undefined || nach === row.organisationseinheit_id) throw PosteingangErrors.wohin_fehlt();
  const ziel = await requireZiel(tx, nach);
  await passEingaenge(tx, [row], { nach, grund, irrlaeufer: true });
  return { organisationseinheit: ziel as never };
}
/** The OE that had it before; where there was none, the central basket. */
async function findHerkunft(tx: WriteTx, row: EingangRow): Promise<string | undefined> {
  const vorher = await db.write(tx).selectFrom('posteingang.station').select('organisationseinheit_id').where('eingang_id', '=', row.id).where('organisationseinheit_id', '<>', row.organisationseinheit_id).orderBy('nummer', 'desc').limit(1).executeTakeFirst();
  return vorher?.organisationseinheit_id ?? readZentralerKorb(tx);
}

/** It has left this authority; who has it now, how it went and why is kept, and so is its content for its time. */
export async function sendEingang(tx: WriteTx, id: string, { empfaenger, versandweg, grund }: { empfaenger: string; versandweg: string; grund: string }): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.zurueckweisen', id);
  await requireSchritt(tx, row, 'weitergeleitet');
  await moveEingaenge(tx, [row], { schritt: 'weitergeleitet', status: 'weitergeleitet', grund: `${empfaenger}, ${versandweg}: ${grund}`, felder: { empfaenger, versandweg, weiterleitungsgrund: grund } });
  await tx.record({ art: 'eingang.abgegeben', objekte: { eingang: id }, daten: { nummer: row.nummer, empfaenger, versandweg, grund } });
  return getEingang(tx, id);
}
/** Rejected with a reason; kept all the same, and counted (PE-03). */
export async function rejectEingaenge(tx: WriteTx, rows: Rows, grund: string) {
  await moveEingaenge(tx, rows, { schritt: 'zurueckgewiesen', status: 'zurueckgewiesen', grund, felder: { zurueckweisungsgrund: grund } });
  await tx.record({ art: 'eingang.zurueckgewiesen', objekte: { eingang: ids(rows) }, daten: { ...nummern(rows), grund } });
}
export async function cancelEingang(tx: WriteTx, id: string, grund: string): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.zurueckweisen', id);
  await requireSchritt(tx, row, 'zurueckgewiesen');
  await rejectEingaenge(tx, [row], grund);
  return getEingang(tx, id);
}
/** Of what was rejected or sent on: it lies in its basket again. */
export async function reopenEingang(tx: WriteTx, id: string): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.zurueckweisen', id);
  const ziel = await ruhe(tx, row.organisationseinheit_id);
  const grund = isOffen(row.status) ? PosteingangErrors.nicht_erledigt({ nummer: row.nummer }) : hindernis(row, ziel.status, { wieder: true });
  if (grund) throw grund;
  await moveEingaenge(tx, [row], { schritt: 'wieder_aufgenommen', ...ziel, felder: { zurueckweisungsgrund: null, empfaenger: null, versandweg: null, weiterleitungsgrund: null } });
  await tx.record({ art: 'eingang.wieder_aufgenommen', objekte: { eingang: id }, daten: { nummer: row.nummer, aus: row.status } });
  return getEingang(tx, id);
}
