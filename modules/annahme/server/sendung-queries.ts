import type { Selectable } from 'kysely';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { getEingangsstaende, type Eingangsstand } from '#modules/posteingang/server/index.ts';
import { getAktenKurz, getVorgaengeKurz } from '#modules/schriftgut/server/index.ts';
import { getKlassen } from '#modules/zugriff/server/index.ts';
import { systemAkteur } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { readAs, tables, type ReadTx } from '#platform/server/tx.ts';
import type { Sendung, SendungId } from '../contract.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();
export type AnschlussRow = Selectable<AnnahmeTables['annahme.anschluss']>;
export type SendungRow = Selectable<AnnahmeTables['annahme.sendung']>;
export type DateiRow = Selectable<AnnahmeTables['annahme.datei']>;

/** The Anschluss that asks. A person whose Rolle was given this Recht is none, and has no deliveries. */
export async function requireAnschluss(tx: ReadTx): Promise<AnschlussRow> {
  const { art, id } = tx.ctx.akteur;
  const row = art === 'maschine' ? await db.read(tx).selectFrom('annahme.anschluss').selectAll().where('id', '=', id).where('widerrufen', 'is', null).executeTakeFirst() : undefined;
  if (!row) throw NotFound('Anschluss');
  return row;
}
/** A delivery of this Anschluss; those of others do not exist for it. */
export async function requireSendung(tx: ReadTx, anschluss: AnschlussRow, id: string): Promise<SendungRow> {
  const row = await db.read(tx).selectFrom('annahme.sendung').selectAll().where('id', '=', id).where('anschluss_id', '=', anschluss.id).executeTakeFirst();
  if (!row) throw NotFound('Sendung');
  return row;
}
export const findSendung = (tx: ReadTx, anschluss: AnschlussRow, externeId: string): Promise<SendungRow | undefined> =>
  db.read(tx).selectFrom('annahme.sendung').selectAll().where('anschluss_id', '=', anschluss.id).where('externe_id', '=', externeId).executeTakeFirst();
export const readDateien = (tx: ReadTx, sendungId: string): Promise<DateiRow[]> => db.read(tx).selectFrom('annahme.datei').selectAll().where('sendung_id', '=', sendungId).orderBy('nr').execute();

/** The Aktenzeichen where it was filed: known to the machine itself, and told unless what stands there is protected. */
async function readAktenzeichen(tx: ReadTx, { akteId, vorgangId, ablageSchutzId }: Eingangsstand): Promise<string | null> {
  if (ablageSchutzId !== null && (await getKlassen(tx, [ablageSchutzId])).size) return null;
  const alle = readAs(tx, systemAkteur('annahme', ['akte.sehen', 'vorgang.sehen']));
  const akte = akteId === null ? undefined : (await getAktenKurz(alle, [akteId])).get(akteId);
  const vorgang = vorgangId === null ? undefined : (await getVorgaengeKurz(alle, [vorgangId])).get(vorgangId);
  return vorgang?.kennzeichen ?? akte?.aktenzeichen ?? null;
}

export async function presentSendung(tx: ReadTx, row: SendungRow): Promise<Sendung> {
  const stand = row.eingang_id === null ? undefined : (await getEingangsstaende(tx, [row.eingang_id])).get(row.eingang_id);
  const oe = stand && (await getOrganisationseinheitenKurz(tx, [stand.organisationseinheitId])).get(stand.organisationseinheitId);
  return {
    id: row.id as SendungId, externeId: row.externe_id, zustand: row.zustand, eroeffnet: row.eroeffnet,
    dateien: (await readDateien(tx, row.id)).map(({ nr, name, groesse, sha256, upload_id }) => ({ nr, name, groesse, sha256, erhalten: upload_id !== null })),
    quittung: row.quittung as Sendung['quittung'],
    eingang: stand ? {
      nummer: stand.nummer, status: stand.status, organisationseinheit: oe ? `${oe.kennzeichen} ${oe.bezeichnung}` : '–', aktenzeichen: await readAktenzeichen(tx, stand),
      hinweis: stand.zurueckweisungsgrund ?? (stand.akteId === null ? row.ablagehindernis : null),
    } : null,
  };
}
export const getSendung = async (tx: ReadTx, id: string) => presentSendung(tx, await requireSendung(tx, await requireAnschluss(tx), id));
