import { sql } from 'kysely';
import type { z } from 'zod';
import { getBenutzerKurz, listAdressierbare, readMandanten } from '#modules/organisation/server/index.ts';
import { getKlassen, grantObjektfreigabe, revokeObjektfreigabe } from '#modules/zugriff/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { EmpfaengerArt, Objekttyp, VerbundfreigabeNeu } from '../contract.ts';
import { tellMandant } from './bote.ts';
import { requireZeitraum, SchonGeteilt, VerbundErrors, zustandOf, type Seite } from './freigabe.ts';
import { beendenJob, spiegelnJob } from './nachrichten.ts';
import { getErhaltene, getVerbundfreigabe } from './queries.ts';
import type { VerbundTables } from './tables.gen.ts';

const db = tables<VerbundTables>();
export type FreigabeRow = Awaited<ReturnType<typeof findFreigabe>> & {};
const findFreigabe = (tx: WriteTx, id: string) => db.write(tx).selectFrom('verbund.freigabe').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/**
 * Shares one object and what lies in it with an OE or a person of another Mandant, for a purpose and a time. Whoever shares must be able to work with
 * it; out of a protected class only who administers it may. Nothing is copied: the guest comes to the object.
 */
export async function createVerbundfreigabe(tx: WriteTx, input: z.output<typeof VerbundfreigabeNeu>) {
  const art = schutzobjektart(tx, input.objektTyp);
  const { schutzId } = await art.authorize(tx, 'bearbeiten', input.objektId);
  if ((await getKlassen(tx, [schutzId])).size) await art.authorize(tx, 'verwalten', input.objektId);
  const [jetzt, von, bis] = [new Date(), new Date(input.von ?? Date.now()), new Date(input.bis)];
  requireZeitraum(von, bis, jetzt);
  const empfaengerName = await requireEmpfaenger(tx, input);
  await requireNochNicht(tx, input, { von, bis, jetzt });
  const id = newId();
  const { kennzeichen } = (await art.kurz(tx, [input.objektId])).get(input.objektId) ?? { kennzeichen: null };
  await db.write(tx).insertInto('verbund.freigabe').values({
    id, objekt_typ: input.objektTyp, objekt_id: input.objektId, kennzeichen, partner_id: input.mandantId, empfaenger_art: input.empfaengerArt, empfaenger_id: input.empfaengerId, empfaenger_name: empfaengerName,
    stufe: input.stufe, zweck: input.zweck, von, bis, erteilt_von: tx.ctx.akteur.art === 'person' ? tx.ctx.akteur.id : null,
  }).execute();
  await grantObjektfreigabe(tx, { objektTyp: input.objektTyp, objektId: input.objektId, subjektArt: 'gast', subjekt: input.empfaengerId, stufe: input.stufe, von, bis, zweck: input.zweck, anlass: { typ: 'verbundfreigabe', id } });
  await tx.record({ art: 'verbundfreigabe.erteilt', objekte: { verbundfreigabe: id, [input.objektTyp]: input.objektId }, daten: { empfaenger: empfaengerName, verwaltung: await nameOfMandant(tx, input.mandantId), stufe: input.stufe, zweck: input.zweck, von: von.toISOString(), bis: bis.toISOString() } });
  await tellPartner(tx, (await findFreigabe(tx, id))!);
  return getVerbundfreigabe(tx, id);
}

/** By the owner: holds from the next request on. */
export async function revokeVerbundfreigabe(tx: WriteTx, id: string) {
  const row = await findFreigabe(tx, id);
  if (!row) throw NotFound('Freigabe');
  await getVerbundfreigabe(tx, id); // who may not see it is told that there is none
  if (!tx.ctx.akteur.rechte.has('verbund.verwalten')) await schutzobjektart(tx, row.objekt_typ).authorize(tx, 'bearbeiten', row.objekt_id);
  await endFreigabe(tx, row, 'eigner', new Date());
  await tellPartner(tx, (await findFreigabe(tx, id))!);
  return getVerbundfreigabe(tx, id);
}

/** At the owner, whichever side ends it. What has ended already stays as it ended. */
export async function endFreigabe(tx: WriteTx, row: FreigabeRow, seite: Seite, am: Date): Promise<void> {
  if (zustandOf(row, am) === 'beendet') { if (seite === 'eigner') throw VerbundErrors.schon_beendet(); return; }
  await db.write(tx).updateTable('verbund.freigabe').set({ beendet_am: am, beendet_seite: seite }).where('id', '=', row.id).execute();
  await revokeObjektfreigabe(tx, { anlass: { typ: 'verbundfreigabe', id: row.id } });
  await tx.record({ art: 'verbundfreigabe.beendet', objekte: { verbundfreigabe: row.id, [row.objekt_typ]: row.objekt_id }, daten: { empfaenger: row.empfaenger_name, verwaltung: await nameOfMandant(tx, row.partner_id), seite } });
}
/** In a job: the other side has ended it. */
export async function endVomEmpfaenger(tx: WriteTx, { absenderId, id, am }: { absenderId: string; id: string; am: string }): Promise<void> {
  const row = await findFreigabe(tx, id);
  if (row && row.partner_id === absenderId) await endFreigabe(tx, row, 'empfaenger', new Date(am));
}

/** By the recipient: of no effect for this side at once, and for the owner as soon as he has heard of it. */
export async function revokeErhaltene(tx: WriteTx, id: string) {
  const vorher = await getErhaltene(tx, id);
  if (vorher.beendet) throw VerbundErrors.schon_beendet();
  const am = new Date();
  const row = await db.write(tx).updateTable('verbund.erhalten').set({ beendet_am: am, beendet_seite: 'empfaenger' }).where('id', '=', id).where('beendet_am', 'is', null).returningAll().executeTakeFirst();
  if (!row) throw VerbundErrors.schon_beendet();
  await tx.record({ art: 'verbundfreigabe.verzichtet', objekte: { verbundfreigabe: id }, daten: { verwaltung: vorher.mandant.name, kennzeichen: row.kennzeichen } });
  await tellMandant(tx, row.partner_id, beendenJob, { id, am: am.toISOString() });
  return getErhaltene(tx, id);
}

export const schutzobjektart = (tx: ReadTx, typ: Objekttyp) => tx.extensions('schutzobjekt').find((s) => s.typ === typ)!;
async function nameOfMandant(tx: ReadTx, id: string): Promise<string> {
  return (await readMandanten(tx)).find((m) => m.id === id)?.name ?? id;
}
/** The recipient must be on the list of an active Mandant of this Verbund. Answers how he is called. */
async function requireEmpfaenger(tx: ReadTx, { mandantId, empfaengerArt, empfaengerId }: { mandantId: string; empfaengerArt: z.infer<typeof EmpfaengerArt>; empfaengerId: string }): Promise<string> {
  if (mandantId === tx.ctx.mandantId) throw VerbundErrors.eigene_verwaltung();
  const mandant = (await readMandanten(tx)).find((m) => m.id === mandantId);
  if (!mandant?.aktiv || mandant.art !== 'mandant') throw VerbundErrors.verwaltung_nicht_da();
  const einheiten = await listAdressierbare(tx, mandantId);
  const einheit = einheiten.find((e) => e.id === empfaengerId);
  const name = empfaengerArt === 'oe' ? einheit && `${einheit.kennzeichen} ${einheit.bezeichnung}` : einheiten.flatMap((e) => e.personen).find((p) => p.id === empfaengerId)?.name;
  if (name === undefined) throw VerbundErrors.empfaenger_unbekannt();
  return name;
}

/** The same thing is not shared twice with the same recipient for the same time: ending one of the two would end nothing. Two at once wait for each other. */
async function requireNochNicht(tx: WriteTx, { objektId, empfaengerId }: { objektId: string; empfaengerId: string }, { von, bis, jetzt }: { von: Date; bis: Date; jetzt: Date }): Promise<void> {
  await db.write(tx).selectFrom(sql<object>`pg_advisory_xact_lock(hashtextextended(${`verbundfreigabe ${tx.ctx.mandantId} ${objektId} ${empfaengerId}`}, 0)) /* mandant_id */`.as('sperre')).select(sql`1`.as('eins')).execute();
  const schon = await db.write(tx).selectFrom('verbund.freigabe').select(['empfaenger_name as empfaenger', 'stufe', 'von', 'bis']).where('objekt_id', '=', objektId).where('empfaenger_id', '=', empfaengerId)
    .where('beendet_am', 'is', null).where('bis', '>', (von > jetzt ? von : jetzt).toISOString()).where('von', '<', bis.toISOString()).orderBy('bis', 'desc').executeTakeFirst();
  if (schon) throw SchonGeteilt(schon, jetzt);
}

async function tellPartner(tx: WriteTx, row: FreigabeRow): Promise<void> {
  await tellMandant(tx, row.partner_id, spiegelnJob, {
    id: row.id, objektTyp: row.objekt_typ, objektId: row.objekt_id, kennzeichen: row.kennzeichen, empfaengerArt: row.empfaenger_art, empfaengerId: row.empfaenger_id, empfaengerName: row.empfaenger_name,
    stufe: row.stufe, zweck: row.zweck, von: row.von, bis: row.bis, beendetAm: row.beendet_am, beendetSeite: row.beendet_seite,
  });
}

export const nameOfAkteur = async (tx: ReadTx): Promise<string> => (await getBenutzerKurz(tx, [tx.ctx.akteur.id])).get(tx.ctx.akteur.id)?.name ?? 'System';
