import { sql } from 'kysely';
import type { z } from 'zod';
import { attachInhalt, type AngehaengterInhalt } from '#modules/ablage/server/index.ts';
import { foldText } from '#modules/aktenplan/contract.ts';
import { listEigeneOes } from '#modules/organisation/server/index.ts';
import { urheber, wessen } from '#platform/server/context.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { tagVon } from '#platform/server/zeit.ts';
import type { Eingang, EingangAendern, EingangAnlegen, Kanal, automatiken } from '../contract.ts';
import { findAusnahme, requireAusnahme } from './ausnahmen.ts';
import { lockEingang, requireSchritt } from './bewegen.ts';
import { betreffAus, formatNummer, PosteingangErrors } from './eingang.ts';
import { getKorb } from './korb.ts';
import { eingangPolicy } from './policy.ts';
import { getEingang, heute, type EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { readZentralerKorb, ruhe } from './zentral.ts';

const db = tables<PosteingangTables>();
export const suchtextVon = (e: { nummer: string; absender: string; betreff: string; dateiname: string; fremdes_geschaeftszeichen: string | null }) =>
  foldText([e.nummer, e.absender, e.betreff, e.dateiname, e.fremdes_geschaeftszeichen ?? ''].join(' '));

/** The basket: as told, or the Akteur's own, or the central one for post without address: never none. */
export async function requireOe(tx: WriteTx, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  // the Akteur's OEs hold those above as well: a letter belongs into the basket of the office, not of its department
  const [eigene] = tx.ctx.akteur.art === 'person' ? await listEigeneOes(tx, wessen(tx.ctx.akteur)) : [];
  const oe = eigene ?? await readZentralerKorb(tx);
  if (oe === undefined) throw PosteingangErrors.korb_fehlt();
  return oe;
}

export type NeuerEingang = {
  /** The unchanged original, attached by the caller. */
  inhalt: AngehaengterInhalt;
  /** What the channel delivered with it: enclosures, files of a submission. They become Anlagen of the Dokument. */
  anlagen?: readonly AngehaengterInhalt[];
  kanal: Kanal; organisationseinheitId: string;
  /** An address, a rule or a person has laid it into this basket; false: it waits there to be distributed. Without it: true anywhere but in the central basket. */
  verteilt?: boolean;
  /** When the channel received it, where that was before now (a mail server's time, a portal's); never later than now. */
  eingegangen?: Date;
  /** What the channel calls it, with which it makes no second Eingang (PE-06): ask `findEingangMitKennung` before its content is saved. */
  kennung?: string;
  /** Only the OE may open it, and why, e.g. »Personalrat« (PE-05). Without it the Mandant's list of Ausnahmen decides of what would wait in the central basket. */
  verschlossen?: string | null;
  /** Whom it names as its recipient (address line, mailbox): what the Ausnahmen look at beside Betreff, Absender and name of the file. */
  anschrift?: string | undefined;
  betreff?: string | undefined; absender?: string | undefined; absenderArt?: 'person' | 'organisation' | null;
  /** On paper the day of the stamp; without it the day of `eingegangen`. */
  posteingangsdatum?: string | undefined; datumDesSchreibens?: string | null; fremdesGeschaeftszeichen?: string | null; bemerkung?: string | null;
  /** Of a message, where the channel knows it before it is read: a copy in another mailbox is recognised at once. */
  messageId?: string | null;
  /** Written by no person and no work by itself, as its channel has recognised: not told at the bell, never overdue. */
  automatik?: (typeof automatiken)[number] | null;
};

/** The Eingang that this delivery has become already. Whoever asks second waits until the first has committed, so that of two deliveries at once one is made. */
export async function findEingangMitKennung(tx: WriteTx, kanal: Kanal, kennung: string): Promise<string | undefined> {
  await db.write(tx).selectFrom(sql`pg_advisory_xact_lock(hashtextextended(${`posteingang ${tx.ctx.mandantId} ${kanal} ${kennung}`}, 0))`.as('l') as never).selectAll().execute();
  return (await db.write(tx).selectFrom('posteingang.eingang').select('id').where('kanal', '=', kanal).where('kennung', '=', kennung).executeTakeFirst())?.id;
}

/** Gapless: raised in the transaction that makes the Eingang, which no other can pass. */
const nextNummer = (tx: WriteTx) => db.write(tx).insertInto('posteingang.zaehler').values({ jahr: sql`extract(year from current_date)`, stand: 1 })
  .onConflict((c) => c.columns(['mandant_id', 'jahr']).doUpdateSet({ stand: sql`zaehler.stand + 1` })).returning(['jahr', 'stand']).executeTakeFirstOrThrow();

/** The one way in: number, time, channel, basket and original in one transaction. The caller authorises and has the content attached (PE-01). */
export async function insertEingang(tx: WriteTx, neu: NeuerEingang): Promise<string> {
  const { inhalt } = neu;
  const known = neu.kennung === undefined ? undefined : await findEingangMitKennung(tx, neu.kanal, neu.kennung);
  if (known !== undefined) return known;
  const { oe, verschlossen, status, faellig } = await placeEingang(tx, neu);
  const schutzId = await getKorb(tx, oe);
  const { jahr, stand } = await nextNummer(tx);
  failpoint('eingang.nummer');
  // after the number, which two at once draw one after the other: the second sees the first
  const before = await db.write(tx).selectFrom('posteingang.eingang').select('id').where((eb) => eb.or([eb('sha256', '=', inhalt.sha256), ...(neu.messageId ? [eb('message_id', '=', neu.messageId)] : [])])).orderBy('eingegangen').orderBy('id').limit(1).executeTakeFirst();
  const id = newId();
  const row = {
    id, schutz_id: schutzId, jahr, lfd_nr: stand, nummer: formatNummer(jahr, stand), kanal: neu.kanal, status, faellig: neu.automatik ? null : faellig, organisationseinheit_id: oe, ...zeitpunkte(neu), kennung: neu.kennung ?? null, verschlossen,
    inhalt_id: inhalt.id, dateiname: inhalt.dateiname, mime: inhalt.mime, groesse: inhalt.groesse, sha256: inhalt.sha256,
    betreff: neu.betreff || betreffAus(inhalt.dateiname), absender: neu.absender ?? '', absender_art: neu.absenderArt ?? null, datum_des_schreibens: neu.datumDesSchreibens ?? null,
    fremdes_geschaeftszeichen: neu.fremdesGeschaeftszeichen || null, bemerkung: neu.bemerkung || null, dublette_von: before?.id ?? null,
    message_id: neu.messageId ?? null, automatik: neu.automatik ?? null,
  };
  await db.write(tx).with('neu', (q) => q.insertInto('posteingang.eingang').values({ ...row, suchtext: suchtextVon(row) }))
    .insertInto('posteingang.station').values({ eingang_id: id, nummer: 1, status, organisationseinheit_id: oe, schritt: 'eingegangen', urheber_id: urheber(tx.ctx) }).execute();
  if (neu.anlagen?.length) await db.write(tx).insertInto('posteingang.anlage').values(neu.anlagen.map((a, i) => ({ eingang_id: id, nummer: i + 1, inhalt_id: a.id }))).execute();
  await tx.record({
    art: 'eingang.angelegt', objekte: { eingang: id, inhalt: [inhalt.id, ...(neu.anlagen ?? []).map((a) => a.id)], organisationseinheit: oe },
    daten: { nummer: row.nummer, kanal: neu.kanal, status, betreff: row.betreff, dateiname: inhalt.dateiname, sha256: inhalt.sha256, ...(neu.kennung && { kennung: neu.kennung }), ...(verschlossen && { verschlossen }), ...(before && { dubletteVon: before.id }) },
  });
  return id;
}
/** Its basket, and how it rests there. What would be opened in the central basket and must not be goes closed to the OE whose it is (PE-05). */
async function placeEingang(tx: WriteTx, neu: NeuerEingang) {
  const ort = { oe: neu.organisationseinheitId, verschlossen: neu.verschlossen || null, ...await ruhe(tx, neu.organisationseinheitId, { verteilt: neu.verteilt }) };
  const ausnahme = ort.status === 'erfasst' && neu.verschlossen === undefined ? await findAusnahme(tx, [neu.anschrift, neu.betreff, neu.absender, neu.inhalt.dateiname]) : undefined;
  return ausnahme ? { oe: ausnahme.organisationseinheit_id, verschlossen: ausnahme.bezeichnung, ...await ruhe(tx, ausnahme.organisationseinheit_id, { verteilt: true }) } : ort;
}
/** A clock of another house that is fast makes no letter come tomorrow. */
function zeitpunkte({ eingegangen, posteingangsdatum }: NeuerEingang) {
  if (!eingegangen) return { posteingangsdatum: posteingangsdatum ?? heute };
  const zeit = new Date(Math.min(eingegangen.getTime(), Date.now()));
  return { eingegangen: zeit, posteingangsdatum: posteingangsdatum ?? tagVon(zeit) };
}

export async function createEingang(tx: WriteTx, { inhaltId, organisationseinheitId, ausnahmeId, ...rest }: z.output<typeof EingangAnlegen>): Promise<Eingang> {
  const ausnahme = ausnahmeId === undefined ? undefined : await requireAusnahme(tx, ausnahmeId);
  const oe = ausnahme?.organisationseinheit_id ?? await requireOe(tx, organisationseinheitId);
  await eingangPolicy.authorizeIn(tx, 'eingang.anlegen', await getKorb(tx, oe));
  const inhalt = await attachInhalt(tx, inhaltId);
  if (inhalt.groesse === 0) throw PosteingangErrors.datei_leer();
  return getEingang(tx, await insertEingang(tx, { inhalt, organisationseinheitId: oe, ...(ausnahme && { verschlossen: ausnahme.bezeichnung, verteilt: true }), ...rest }));
}

const felderVon = (r: EingangRow) => ({
  betreff: r.betreff, absender: r.absender, absenderArt: r.absender_art, posteingangsdatum: r.posteingangsdatum, datumDesSchreibens: r.datum_des_schreibens,
  fremdesGeschaeftszeichen: r.fremdes_geschaeftszeichen, bemerkung: r.bemerkung, dokumenttyp: r.dokumenttyp, frist: r.frist, betrag: r.betrag,
});
export type Angaben = z.output<typeof EingangAendern>;

/** Writes what differs; answers the row as it then is. */
export async function applyAngaben(tx: WriteTx, row: EingangRow, angaben: Angaben, art = 'eingang.geaendert'): Promise<EingangRow> {
  const alt = felderVon(row);
  const neu = { ...alt, ...Object.fromEntries(Object.entries(angaben).filter(([, v]) => v !== undefined)) } as typeof alt;
  const aenderungen = diff(alt, neu, ['betreff', 'absender', 'absenderArt', 'posteingangsdatum', 'datumDesSchreibens', 'fremdesGeschaeftszeichen', 'bemerkung', 'dokumenttyp', 'frist', 'betrag']);
  if (!aenderungen.length) return row;
  const columns = { betreff: neu.betreff, absender: neu.absender, absender_art: neu.absenderArt, posteingangsdatum: neu.posteingangsdatum, datum_des_schreibens: neu.datumDesSchreibens, fremdes_geschaeftszeichen: neu.fremdesGeschaeftszeichen || null, bemerkung: neu.bemerkung || null, dokumenttyp: neu.dokumenttyp || null, frist: neu.frist, betrag: neu.betrag };
  const saved = await db.write(tx).updateTable('posteingang.eingang').set((eb) => ({ ...columns, suchtext: suchtextVon({ ...row, ...columns }), version: eb('version', '+', 1) })).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow();
  await tx.record({ art, objekte: { eingang: row.id }, daten: { nummer: row.nummer, aenderungen } });
  return saved;
}

export async function updateEingang(tx: WriteTx, id: string, ifMatch: number, angaben: Angaben): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.bearbeiten', id);
  requireVersion(row, ifMatch);
  await requireSchritt(tx, row, 'zugeordnet'); // what can still be filed can still be changed
  await applyAngaben(tx, row, angaben);
  return getEingang(tx, id);
}
