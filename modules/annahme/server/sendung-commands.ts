import { attachInhalt, createHochgeladen, getInhalte, saveInhalt, type AngehaengterInhalt } from '#modules/ablage/server/index.ts';
import { findOrganisationseinheit, getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { getEingangsstaende, insertEingang } from '#modules/posteingang/server/index.ts';
import { newId } from '#platform/server/ids.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Manifest, Quittung, SendungId } from '../contract.ts';
import { ablegen } from './auftrag.ts';
import { AnnahmeErrors, toAbgewiesen, Abweisung, type Abgewiesen } from './anschluss.ts';
import { canonicalJson, DateienFehlen, diffManifest, hashOf, ManifestAnders, OeUnbekannt } from './manifest.ts';
import { readDateien, type AnschlussRow, type DateiRow, type SendungRow } from './sendung-queries.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();
/** Bytes of a delivery wait as uploads of their Anschluss: nobody can open them, and they are kept, complete or not. */
const AUFHEBEN_STUNDEN = 24 * 366 * 10;
export type Gekommen = { nr: number; stored: Stored };

const lockByKennung = (tx: WriteTx, anschlussId: string, externeId: string): Promise<SendungRow | undefined> =>
  db.write(tx).selectFrom('annahme.sendung').selectAll().where('anschluss_id', '=', anschlussId).where('externe_id', '=', externeId).forUpdate().executeTakeFirst();
const lockById = (tx: WriteTx, id: string): Promise<SendungRow> => db.write(tx).selectFrom('annahme.sendung').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
const requireGleich = (row: SendungRow, manifest: Manifest, fingerabdruck: string) => { if (row.fingerabdruck !== fingerabdruck) throw ManifestAnders(diffManifest(row.manifest, manifest)); };

/** The delivery of this Kennung: as it stands, or made. Of two at once the second finds what the first made. */
async function openSendung(tx: WriteTx, anschluss: AnschlussRow, manifest: Manifest): Promise<SendungRow> {
  const fingerabdruck = hashOf(canonicalJson(manifest));
  const known = await lockByKennung(tx, anschluss.id, manifest.externeId);
  if (known) { requireGleich(known, manifest, fingerabdruck); return known; }
  const oe = manifest.organisationseinheit === null ? anschluss.organisationseinheit_id : await findOrganisationseinheit(tx, manifest.organisationseinheit);
  if (oe === undefined) throw OeUnbekannt(manifest.organisationseinheit!);
  const made: SendungRow | undefined = await db.write(tx).insertInto('annahme.sendung').values({ id: newId(), anschluss_id: anschluss.id, externe_id: manifest.externeId, organisationseinheit_id: oe, manifest: canonicalJson(manifest), fingerabdruck })
    .onConflict((c) => c.constraint('sendung_einmal').doNothing()).returningAll().executeTakeFirst();
  if (!made) return openSendung(tx, anschluss, manifest);
  if (manifest.dateien.length) await db.write(tx).insertInto('annahme.datei').values(manifest.dateien.map((d, i) => ({ sendung_id: made.id, nr: i + 1, ...d }))).execute();
  await tx.record({ art: 'sendung.eroeffnet', objekte: { sendung: made.id, anschluss: anschluss.id }, daten: { externeId: manifest.externeId, dateien: manifest.dateien.length, manifestSha256: fingerabdruck } });
  failpoint('sendung.eroeffnet');
  return made;
}

/** Takes what has come and fits; a file that is there already stays the one it is. */
async function storeDateien(tx: WriteTx, sendung: SendungRow, gekommen: readonly Gekommen[]) {
  const dateien = await readDateien(tx, sendung.id);
  for (const { nr, stored } of gekommen) {
    const datei = dateien.find((d) => d.nr === nr)!;
    if (datei.upload_id !== null || sendung.zustand === 'angenommen') continue;
    const { id } = await createHochgeladen(tx, stored, { mime: datei.mime, dateiname: datei.name }, AUFHEBEN_STUNDEN);
    await db.write(tx).updateTable('annahme.datei').set({ upload_id: id, erhalten: new Date() }).where('sendung_id', '=', sendung.id).where('nr', '=', nr).execute();
    await tx.record({ art: 'sendung.datei_erhalten', objekte: { sendung: sendung.id }, daten: { nr, groesse: stored.size, sha256: stored.sha256 } });
  }
}

const bemerkungOf = ({ formular, aktenzeichen, bemerkung }: Manifest) =>
  [formular && `Formular: ${formular}`, aktenzeichen && `Angegebenes Aktenzeichen: ${aktenzeichen}`, bemerkung].filter(Boolean).join('\n') || null;

/** All that came becomes one Eingang, in one transaction; the manifest is kept with it where it says more than the files, or is all there is (PE-01, PE-03). */
async function acceptSendung(tx: WriteTx, sendung: SendungRow, anschluss: AnschlussRow, dateien: readonly DateiRow[], manifestStored: Stored): Promise<void> {
  const manifest = sendung.manifest as Manifest;
  const inhalte: AngehaengterInhalt[] = [];
  for (const datei of dateien) inhalte.push(await attachInhalt(tx, datei.upload_id!));
  if (!inhalte.length || Object.keys(manifest.daten).length) {
    const id = await saveInhalt(tx, manifestStored, { mime: 'application/json', dateiname: `${sendung.externe_id}.json` });
    inhalte.push((await getInhalte(tx, [id])).get(id)!);
  }
  const [haupt, ...anlagen] = inhalte;
  const eingangId = await insertEingang(tx, {
    inhalt: haupt!, anlagen, kanal: anschluss.kanal, organisationseinheitId: sendung.organisationseinheit_id, betreff: manifest.betreff, absender: manifest.absender, absenderArt: manifest.absenderArt,
    datumDesSchreibens: manifest.datum, fremdesGeschaeftszeichen: manifest.fremdesZeichen, bemerkung: bemerkungOf(manifest),
  });
  failpoint('sendung.eingang');
  const stand = (await getEingangsstaende(tx, [eingangId])).get(eingangId)!;
  const { kennzeichen, bezeichnung } = (await getOrganisationseinheitenKurz(tx, [stand.organisationseinheitId])).get(stand.organisationseinheitId)!; // its Ausnahmen may have led it elsewhere
  const quittung: Quittung = {
    sendungId: sendung.id as SendungId, externeId: sendung.externe_id, nummer: stand.nummer, angenommen: stand.eingegangen, organisationseinheit: { kennzeichen, bezeichnung },
    manifestSha256: sendung.fingerabdruck, dateien: dateien.map(({ nr, name, groesse, sha256 }) => ({ nr, name, groesse, sha256 })),
  };
  await db.write(tx).updateTable('annahme.sendung').set({ zustand: 'angenommen', angenommen: stand.eingegangen, eingang_id: eingangId, quittung: JSON.stringify(quittung) }).where('id', '=', sendung.id).execute();
  await tx.record({ art: 'sendung.angenommen', objekte: { sendung: sendung.id, anschluss: anschluss.id, eingang: eingangId }, daten: { externeId: sendung.externe_id, nummer: stand.nummer } });
  if (anschluss.ablage !== 'korb' && manifest.aktenzeichen !== null) await tx.enqueue(ablegen, { sendungId: sendung.id });
}

export type Schritt = {
  externeId: string;
  /** What `prepare` found that does not fit. */
  abgewiesen?: Abgewiesen | undefined;
  sendung: { manifest: Manifest } | { id: string };
  gekommen?: readonly Gekommen[];
  /** Where the manifest's bytes lie: the delivery is to be completed. */
  abschluss?: Stored | undefined;
};
/**
 * The one way of a delivery, whole or step by step: open, take what came, complete. What is refused is refused before anything is written, and kept for
 * whoever looks after the Anschluss; therefore it is an answer here, and an error only after the commit.
 */
export async function receiveSendung(tx: WriteTx, anschluss: AnschlussRow, schritt: Schritt): Promise<{ id: string } | { abgewiesen: Abgewiesen }> {
  try {
    if (schritt.abgewiesen) return await refuse(tx, anschluss, schritt.externeId, schritt.abgewiesen);
    return await take(tx, anschluss, schritt);
  } catch (error) {
    if (error instanceof Abweisung) return refuse(tx, anschluss, schritt.externeId, toAbgewiesen(error));
    throw error;
  }
}
async function take(tx: WriteTx, anschluss: AnschlussRow, { sendung: welche, gekommen = [], abschluss }: Schritt) {
  const jetzt = new Set(gekommen.map((g) => g.nr));
  if (abschluss && 'manifest' in welche && !await lockByKennung(tx, anschluss.id, welche.manifest.externeId)) {
    requireDa(welche.manifest.dateien.map((d, i) => ({ ...d, nr: i + 1, da: jetzt.has(i + 1) })));
  }
  const sendung = 'manifest' in welche ? await openSendung(tx, anschluss, welche.manifest) : await lockById(tx, welche.id);
  if (abschluss) requireDa((await readDateien(tx, sendung.id)).map((d) => ({ ...d, da: d.upload_id !== null || jetzt.has(d.nr) })));
  await storeDateien(tx, sendung, gekommen);
  if (abschluss && sendung.zustand !== 'angenommen') await acceptSendung(tx, sendung, anschluss, await readDateien(tx, sendung.id), abschluss);
  return { id: sendung.id };
}
export function requireDa(dateien: readonly { nr: number; name: string; groesse: number; sha256: string; da: boolean }[]) {
  const fehlen = dateien.filter((d) => !d.da);
  if (fehlen.length) throw DateienFehlen(fehlen);
}
async function refuse(tx: WriteTx, anschluss: AnschlussRow, externeId: string, abgewiesen: Abgewiesen) {
  await db.write(tx).insertInto('annahme.abweisung').values({ id: newId(), anschluss_id: anschluss.id, externe_id: externeId, code: abgewiesen.code, titel: abgewiesen.title, details: JSON.stringify(abgewiesen.details) }).execute();
  return { abgewiesen };
}
export const requireDatei = <D extends { nr: number }>(dateien: readonly D[], nr: number): D => {
  const datei = dateien.find((d) => d.nr === nr);
  if (!datei) throw AnnahmeErrors.datei_unbekannt({ nr });
  return datei;
};
