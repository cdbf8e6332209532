import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { findByAktenzeichenNorm } from '#modules/aktenplan/server/index.ts';
import { EingangAblegen } from '#modules/posteingang/contract.ts';
import { fileEingang, getEingangsstaende } from '#modules/posteingang/server/index.ts';
import { aktePolicy, findVorgaengeByKennzeichen, getAktenKurz, getVorgaengeKurz, vorgangPolicy } from '#modules/schriftgut/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { readAs, tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Manifest } from '../contract.ts';
import type { AnschlussRow, SendungRow } from './sendung-queries.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();
type Ziel = { art: 'vorgang'; vorgangId: string } | { art: 'neuer_vorgang'; akteId: string; vorgang: { betreff: string } };

/** What the Anschluss reaches is what its office reaches; its Rechte here are those of filing alone. */
const akteurOf = ({ id, organisationseinheit_id }: AnschlussRow): Akteur =>
  ({ art: 'maschine', id, rollen: [], rechte: new Set(['akte.sehen', 'akte.bearbeiten', 'vorgang.sehen', 'vorgang.bearbeiten']), organisationseinheiten: [organisationseinheit_id] });

/** Where it is to go, or in German why not. */
export async function findZiel(tx: ReadTx, anschluss: AnschlussRow, { aktenzeichen, neuerVorgang, betreff }: Manifest): Promise<Ziel | string> {
  const als = readAs(tx, akteurOf(anschluss));
  const norm = normalizeAktenzeichen(aktenzeichen!);
  const vorgaenge = await getVorgaengeKurz(als, (await findVorgaengeByKennzeichen(tx, [norm])).map((f) => f.vorgangId!));
  const [vorgang, zweiter] = [...vorgaenge.values()];
  // Whether one exists that the office does not reach is not told.
  const unbekannt = `Unter „${aktenzeichen}“ ist nichts zu finden, worin ${anschluss.name} ablegen darf`;
  if (zweiter) return `„${aktenzeichen}“ ist nicht eindeutig`;
  if (vorgang) {
    if (vorgang.storniert || vorgang.status !== 'in_bearbeitung') return `Der Vorgang ${vorgang.kennzeichen} ist geschlossen`;
    return (await vorgangPolicy.allowed(als, 'vorgang.bearbeiten', [vorgang.id])).size ? { art: 'vorgang', vorgangId: vorgang.id } : unbekannt;
  }
  const [akte, zweite] = [...(await getAktenKurz(als, (await findByAktenzeichenNorm(tx, [norm])).map((f) => f.objektId))).values()];
  if (zweite) return `„${aktenzeichen}“ ist nicht eindeutig`;
  if (!akte) return unbekannt;
  if (anschluss.ablage !== 'neuer_vorgang') return `„${aktenzeichen}“ ist eine Akte, und ${anschluss.name} darf darin keinen Vorgang anlegen`;
  if (akte.storniert || akte.status !== 'in_bearbeitung') return `Die Akte ${akte.aktenzeichen} ist geschlossen`;
  return (await aktePolicy.allowed(als, 'akte.bearbeiten', [akte.id])).size ? { art: 'neuer_vorgang', akteId: akte.id, vorgang: { betreff: neuerVorgang?.betreff ?? betreff } } : unbekannt;
}

export type Ablage = { sendung: SendungRow; anschluss: AnschlussRow };
export async function loadAblage(tx: ReadTx, sendungId: string): Promise<Ablage | undefined> {
  const sendung = await db.read(tx).selectFrom('annahme.sendung').selectAll().where('id', '=', sendungId).where('zustand', '=', 'angenommen').executeTakeFirst();
  const anschluss = sendung && await db.read(tx).selectFrom('annahme.anschluss').selectAll().where('id', '=', sendung.anschluss_id).executeTakeFirst();
  return sendung && anschluss && { sendung, anschluss };
}

/** PE-09. A person may have been faster: then nothing is left to do. What cannot be filed stays in its basket, with the reason. */
export async function storeAblage(tx: WriteTx, { sendung, anschluss }: Ablage): Promise<void> {
  const eingangId = sendung.eingang_id!;
  const stand = (await getEingangsstaende(tx, [eingangId])).get(eingangId);
  if (!stand || (stand.status !== 'erfasst' && stand.status !== 'verteilt') || anschluss.widerrufen !== null) return;
  const ziel = stand.verschlossen === null ? await findZiel(tx, anschluss, sendung.manifest as Manifest) : `Nur das zuständige Amt darf ihn öffnen (${stand.verschlossen})`;
  const objekte = { sendung: sendung.id, anschluss: anschluss.id, eingang: eingangId };
  if (typeof ziel === 'string') {
    await db.write(tx).updateTable('annahme.sendung').set({ ablagehindernis: ziel }).where('id', '=', sendung.id).execute();
    return tx.record({ art: 'sendung.nicht_abgelegt', objekte, daten: { grund: ziel } });
  }
  await fileEingang(tx, eingangId, EingangAblegen.parse({ ziel }));
  failpoint('sendung.abgelegt');
  await tx.record({ art: 'sendung.abgelegt', objekte, daten: { anschluss: anschluss.name, ziel: ziel.art } });
}
