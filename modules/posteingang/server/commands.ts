import { sql } from 'kysely';
import type { z } from 'zod';
import { attachInhalt, type AngehaengterInhalt } from '#modules/ablage/server/index.ts';
import { foldText } from '#modules/aktenplan/contract.ts';
import { findObersteOrganisationseinheit, getOrganisationseinheitenKurz, listEigeneOes } from '#modules/organisation/server/index.ts';
import { urheber, wessen } from '#platform/server/context.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Eingang, EingangAendern, EingangAnlegen, Kanal } from '../contract.ts';
import { betreffAus, formatNummer, isOffen, PosteingangErrors } from './eingang.ts';
import { getKorb } from './korb.ts';
import { eingangPolicy, type EingangRecht } from './policy.ts';
import { getEingang, heute, type EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
export const suchtextVon = (e: { nummer: string; absender: string; betreff: string; dateiname: string; fremdes_geschaeftszeichen: string | null }) =>
  foldText([e.nummer, e.absender, e.betreff, e.dateiname, e.fremdes_geschaeftszeichen ?? ''].join(' '));

/** The basket: as told, or the Akteur's own, or the Mandant's for post without address, or the top of the authority: never none. */
export async function requireOe(tx: WriteTx, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  // the Akteur's OEs hold those above as well: a letter belongs into the basket of the office, not of its department
  const [eigene] = tx.ctx.akteur.art === 'person' ? await listEigeneOes(tx, wessen(tx.ctx.akteur)) : [];
  if (eigene !== undefined) return eigene;
  const standard = await db.write(tx).selectFrom('posteingang.einstellung').select('organisationseinheit_id').executeTakeFirst();
  const oe = standard?.organisationseinheit_id ?? await findObersteOrganisationseinheit(tx);
  if (oe === undefined) throw PosteingangErrors.korb_fehlt();
  return oe;
}

export type NeuerEingang = {
  inhalt: AngehaengterInhalt; kanal: Kanal; organisationseinheitId: string; betreff?: string | undefined; absender?: string | undefined; absenderArt?: 'person' | 'organisation' | null;
  posteingangsdatum?: string | undefined; datumDesSchreibens?: string | null; fremdesGeschaeftszeichen?: string | null; bemerkung?: string | null;
  stapel?: { id: string; von: number; bis: number };
};

/** The one way in: number, time, channel, basket and original in one transaction. The caller authorises and has the content attached (PE-01). */
export async function insertEingang(tx: WriteTx, neu: NeuerEingang): Promise<string> {
  const { inhalt } = neu;
  const schutzId = await getKorb(tx, neu.organisationseinheitId);
  const before = await db.write(tx).selectFrom('posteingang.eingang').select('id').where('sha256', '=', inhalt.sha256).orderBy('eingegangen').orderBy('id').limit(1).executeTakeFirst();
  const { jahr, stand } = await db.write(tx).insertInto('posteingang.zaehler').values({ jahr: sql`extract(year from current_date)`, stand: 1 })
    .onConflict((c) => c.columns(['mandant_id', 'jahr']).doUpdateSet({ stand: sql`zaehler.stand + 1` })).returning(['jahr', 'stand']).executeTakeFirstOrThrow();
  failpoint('eingang.nummer');
  const id = newId();
  const row = {
    id, schutz_id: schutzId, jahr, lfd_nr: stand, nummer: formatNummer(jahr, stand), kanal: neu.kanal, organisationseinheit_id: neu.organisationseinheitId, posteingangsdatum: neu.posteingangsdatum ?? heute,
    inhalt_id: inhalt.id, dateiname: inhalt.dateiname, mime: inhalt.mime, groesse: inhalt.groesse, sha256: inhalt.sha256,
    betreff: neu.betreff || betreffAus(inhalt.dateiname), absender: neu.absender ?? '', absender_art: neu.absenderArt ?? null, datum_des_schreibens: neu.datumDesSchreibens ?? null,
    fremdes_geschaeftszeichen: neu.fremdesGeschaeftszeichen || null, bemerkung: neu.bemerkung || null, dublette_von: before?.id ?? null,
    stapel_id: neu.stapel?.id ?? null, seite_von: neu.stapel?.von ?? null, seite_bis: neu.stapel?.bis ?? null,
  };
  await db.write(tx).insertInto('posteingang.eingang').values({ ...row, suchtext: suchtextVon(row) }).execute();
  await tx.record({
    art: 'eingang.angelegt', objekte: { eingang: id, inhalt: inhalt.id, organisationseinheit: neu.organisationseinheitId },
    daten: { nummer: row.nummer, kanal: neu.kanal, betreff: row.betreff, dateiname: inhalt.dateiname, sha256: inhalt.sha256, ...(before && { dubletteVon: before.id }) },
  });
  return id;
}

export async function createEingang(tx: WriteTx, { inhaltId, organisationseinheitId, ...rest }: z.output<typeof EingangAnlegen>): Promise<Eingang> {
  const oe = await requireOe(tx, organisationseinheitId);
  await eingangPolicy.authorizeIn(tx, 'eingang.anlegen', await getKorb(tx, oe));
  const inhalt = await attachInhalt(tx, inhaltId);
  if (inhalt.groesse === 0) throw PosteingangErrors.datei_leer();
  return getEingang(tx, await insertEingang(tx, { inhalt, organisationseinheitId: oe, ...rest }));
}

/** The row for a change: authorised, and locked so that of two at once the second sees what the first did. */
export async function lockEingang(tx: WriteTx, recht: EingangRecht, id: string): Promise<EingangRow> {
  await eingangPolicy.authorize(tx, recht, id);
  const row = await db.write(tx).selectFrom('posteingang.eingang').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Eingang');
  return row;
}
export function requireOffen(row: EingangRow) {
  if (row.status === 'zugeordnet') throw PosteingangErrors.schon_abgelegt({ nummer: row.nummer });
  if (row.status === 'zurueckgewiesen') throw PosteingangErrors.schon_zurueckgewiesen({ nummer: row.nummer });
}

const felderVon = (r: EingangRow) => ({
  betreff: r.betreff, absender: r.absender, absenderArt: r.absender_art, posteingangsdatum: r.posteingangsdatum, datumDesSchreibens: r.datum_des_schreibens,
  fremdesGeschaeftszeichen: r.fremdes_geschaeftszeichen, bemerkung: r.bemerkung, status: r.status,
});
export type Angaben = z.output<typeof EingangAendern>;

/** Writes what differs; answers the row as it then is. */
export async function applyAngaben(tx: WriteTx, row: EingangRow, angaben: Angaben, art = 'eingang.geaendert'): Promise<EingangRow> {
  const alt = felderVon(row);
  const neu = { ...alt, ...Object.fromEntries(Object.entries(angaben).filter(([, v]) => v !== undefined)) } as typeof alt;
  const aenderungen = diff(alt, neu, ['betreff', 'absender', 'absenderArt', 'posteingangsdatum', 'datumDesSchreibens', 'fremdesGeschaeftszeichen', 'bemerkung', 'status']);
  if (!aenderungen.length) return row;
  const columns = { betreff: neu.betreff, absender: neu.absender, absender_art: neu.absenderArt, posteingangsdatum: neu.posteingangsdatum, datum_des_schreibens: neu.datumDesSchreibens, fremdes_geschaeftszeichen: neu.fremdesGeschaeftszeichen || null, bemerkung: neu.bemerkung || null, status: neu.status };
  const saved = await db.write(tx).updateTable('posteingang.eingang').set((eb) => ({ ...columns, suchtext: suchtextVon({ ...row, ...columns }), version: eb('version', '+', 1) })).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow();
  await tx.record({ art, objekte: { eingang: row.id }, daten: { nummer: row.nummer, aenderungen } });
  return saved;
}

export async function updateEingang(tx: WriteTx, id: string, ifMatch: number, angaben: Angaben): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.bearbeiten', id);
  requireVersion(row, ifMatch);
  requireOffen(row);
  await applyAngaben(tx, row, angaben);
  return getEingang(tx, id);
}

/** Into another basket: whoever sends it may lose sight of it, so the answer names the basket only. */
export async function assignEingang(tx: WriteTx, id: string, { organisationseinheitId, bemerkung }: { organisationseinheitId: string; bemerkung?: string | undefined }) {
  const row = await lockEingang(tx, 'eingang.bearbeiten', id);
  requireOffen(row);
  const oes = await getOrganisationseinheitenKurz(tx, [organisationseinheitId, row.organisationseinheit_id]);
  const ziel = oes.get(organisationseinheitId);
  if (!ziel) throw NotFound('Organisationseinheit');
  if (organisationseinheitId !== row.organisationseinheit_id) {
    const schutz_id = await getKorb(tx, organisationseinheitId);
    await db.write(tx).updateTable('posteingang.eingang').set((eb) => ({ organisationseinheit_id: organisationseinheitId, schutz_id, bearbeiter_id: null, status: 'erfasst' as const, version: eb('version', '+', 1) })).where('id', '=', id).execute();
    for (const geaendert of tx.extensions('schutzGeaendert')) await geaendert(tx, { typ: 'eingang', ids: [id] });
    const von = oes.get(row.organisationseinheit_id);
    await tx.record({
      art: 'eingang.weitergeleitet', objekte: { eingang: id, organisationseinheit: [row.organisationseinheit_id, organisationseinheitId] },
      daten: { nummer: row.nummer, von: von && `${von.kennzeichen} ${von.bezeichnung}`, nach: `${ziel.kennzeichen} ${ziel.bezeichnung}`, ...(bemerkung && { bemerkung }) },
    });
  }
  return { organisationseinheit: ziel as never };
}

/** Rejected with a reason; kept all the same, and counted (PE-03). */
export async function cancelEingang(tx: WriteTx, id: string, grund: string): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.zurueckweisen', id);
  requireOffen(row);
  await db.write(tx).updateTable('posteingang.eingang').set((eb) => ({ status: 'zurueckgewiesen' as const, zurueckweisungsgrund: grund, erledigt: sql<Date>`now()`, erledigt_von: urheber(tx.ctx), version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await tx.record({ art: 'eingang.zurueckgewiesen', objekte: { eingang: id }, daten: { nummer: row.nummer, grund } });
  return getEingang(tx, id);
}
export async function reopenEingang(tx: WriteTx, id: string): Promise<Eingang> {
  const row = await lockEingang(tx, 'eingang.zurueckweisen', id);
  if (row.status !== 'zurueckgewiesen') throw PosteingangErrors.nicht_zurueckgewiesen();
  await db.write(tx).updateTable('posteingang.eingang').set((eb) => ({ status: 'erfasst' as const, zurueckweisungsgrund: null, erledigt: null, erledigt_von: null, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await tx.record({ art: 'eingang.wieder_aufgenommen', objekte: { eingang: id }, daten: { nummer: row.nummer } });
  return getEingang(tx, id);
}
export const istOffen = (row: EingangRow) => isOffen(row.status);
