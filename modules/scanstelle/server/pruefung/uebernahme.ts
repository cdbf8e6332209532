import { deleteAbgeleitete, getInhalte, saveInhalt, type Inhalt } from '#modules/ablage/server/index.ts';
import { getBenutzerKurz } from '#modules/organisation/server/index.ts';
import { eingangPolicy, fileEingang, insertEingang } from '#modules/posteingang/server/index.ts';
import { aktePolicy, findZustaendige, vorgangPolicy } from '#modules/schriftgut/server/index.ts';
import { istBeteiligt, urheber } from '#platform/server/context.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Stapel } from '../../contract.ts';
import { lockStapel, setStapel } from '../commands.ts';
import { getStapel, orderBriefe, profilVon, readBriefeVon, readRohdateienVon, readSeitenVon, type BriefRow, type SeiteRow } from '../queries.ts';
import { ScanErrors } from '../stapel.ts';
import type { ScanstelleTables } from '../tables.gen.ts';
import { createVermerk } from './vermerk.ts';

const db = tables<ScanstelleTables>();

/** Every letter of the batch becomes an Eingang with its Transfervermerk, all of them or none (PE-01, PE-03). */
export async function transferStapel(tx: WriteTx, id: string, ifMatch: number): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.freigeben', id);
  requireVersion(row, ifMatch);
  if (row.status !== 'geprueft') throw ScanErrors.nicht_im_stand();
  if (profilVon(row).vierAugen && istBeteiligt(tx.ctx.akteur, row.gescannt_von)) throw ScanErrors.vier_augen();
  const seiten = await readSeitenVon(tx, id), dateien = await readRohdateienVon(tx, id);
  const briefe = orderBriefe(await readBriefeVon(tx, id), seiten).filter((b) => seiten.some((s) => s.brief_id === b.id && s.status === 'da'));
  const pdfs = await getInhalte(tx, briefe.flatMap((b) => b.pdf_id ?? []));
  if (!briefe.length || briefe.some((b) => !b.pdf_id || !pdfs.has(b.pdf_id))) throw ScanErrors.nicht_bereit();
  const wer = urheber(tx.ctx);
  const personen = await getBenutzerKurz(tx, [row.gescannt_von, row.geprueft_von, wer].flatMap((p) => p ?? []));
  const name = (p: string | null) => (p === null ? null : personen.get(p)?.name ?? null);
  const namen = { gescannt: row.gescannt_name ?? name(row.gescannt_von), geprueft: name(row.geprueft_von) ?? '', uebernommen: name(wer) ?? '' };
  // for whoever opens the Eingang: where the cover sheet leads, if that is not where the letter then is
  const ziele = await findZustaendige(tx, briefe.flatMap((b) => b.vorgang_id ?? b.akte_id ?? []));
  const jetzt = new Date().toISOString(), vermerke: { eingang: string; sha256: string }[] = [];
  for (const [i, b] of briefe.entries()) {
    const eigene = seiten.filter((s) => s.brief_id === b.id && s.status === 'da'), entfernt = seiten.filter((s) => s.brief_id === b.id && s.status !== 'da');
    const pdf = pdfs.get(b.pdf_id!)!;
    const eingangId = await insertBrief(tx, row, b, pdf, i, ziele.get(b.vorgang_id ?? b.akte_id ?? '')?.kennzeichen ?? null);
    const vermerk = createVermerk({ eingang: eingangId, row, namen, jetzt, dokument: { dateiname: dateinameVon(row.nummer, b, i), sha256: pdf.sha256, seiten: eigene.length }, seiten: eigene, entfernt, dateien, gesehen: b.ergebnis !== null });
    await insertVermerk(tx, { stapelId: id, nummer: row.nummer, briefId: b.id, eingangId, ...vermerk });
    vermerke.push({ eingang: eingangId, sha256: vermerk.sha256 });
  }
  failpoint('scan.uebernahme');
  await setStapel(tx, id, { status: 'uebernommen', uebernommen_von: wer, uebernommen_am: new Date(jetzt) });
  await tx.record({ art: 'scanstapel.uebernommen', objekte: { stapel: id, eingang: vermerke.map((v) => v.eingang) }, daten: { nummer: row.nummer, vermerke, trennblaetter: trennblaetter(seiten) } });
  await deleteAbgeleitete(tx, briefe.map((b) => b.pdf_id!));
  await fileByDeckblatt(tx, briefe, vermerke.map((v) => v.eingang));
  return getStapel(tx, id);
}
const trennblaetter = (seiten: readonly SeiteRow[]) => seiten.filter((s) => s.status !== 'da' && s.brief_id === null).map((s) => ({ rohdatei: s.rohdatei_id, nummer: s.seite, als: s.status }));
const dateinameVon = (nummer: string, b: BriefRow, i: number) => `${b.betreff || `${nummer}, Brief ${i + 1}`}.pdf`;

async function insertBrief(tx: WriteTx, row: Awaited<ReturnType<typeof lockStapel>>, b: BriefRow, pdf: Inhalt, i: number, ziel: string | null): Promise<string> {
  const inhaltId = await saveInhalt(tx, { key: pdf.key, sha256: pdf.sha256, size: pdf.groesse }, { mime: 'application/pdf', dateiname: dateinameVon(row.nummer, b, i) });
  const inhalt = (await getInhalte(tx, [inhaltId])).get(inhaltId)!;
  const eingangId = await insertEingang(tx, {
    inhalt, kanal: 'papier', organisationseinheitId: b.organisationseinheit_id ?? row.organisationseinheit_id, betreff: b.betreff || `${row.nummer}, Brief ${i + 1}`, absender: b.absender, posteingangsdatum: row.posteingangsdatum,
    ...(ziel && { bemerkung: `Deckblatt: ${ziel}` }),
  });
  await db.write(tx).updateTable('scanstelle.brief').set({ eingang_id: eingangId }).where('id', '=', b.id).execute();
  return eingangId;
}

async function insertVermerk(tx: WriteTx, { stapelId, nummer, briefId, eingangId, vermerk, sha256 }: { stapelId: string; nummer: string; briefId: string; eingangId: string; vermerk: string; sha256: string }) {
  const id = newId();
  await db.write(tx).insertInto('scanstelle.transfervermerk').values({ id, stapel_id: stapelId, brief_id: briefId, eingang_id: eingangId, vermerk, sha256 }).execute();
  await tx.record({ art: 'transfervermerk.erstellt', objekte: { transfervermerk: id, eingang: eingangId, stapel: stapelId, brief: briefId }, daten: { stapel: nummer, sha256 } });
}

/** Where whoever releases may file, the cover sheet files; else the letter lies in the basket of the office in charge, and says where the sheet leads. */
async function fileByDeckblatt(tx: WriteTx, briefe: readonly BriefRow[], eingaenge: readonly string[]) {
  const darf = tx.ctx.akteur.rechte.has('dokument.anlegen');
  for (const [i, b] of briefe.entries()) {
    if (!darf || (b.akte_id === null && b.vorgang_id === null) || !(await isAblegbar(tx, b, eingaenge[i]!))) continue;
    const ziel = b.vorgang_id !== null ? { art: 'vorgang' as const, vorgangId: b.vorgang_id as never } : { art: 'akte' as const, akteId: b.akte_id as never };
    await fileEingang(tx, eingaenge[i]!, { ziel, absender: b.absender || 'unbekannt' });
  }
}
async function isAblegbar(tx: WriteTx, b: BriefRow, eingangId: string): Promise<boolean> {
  const hier = b.vorgang_id !== null ? await vorgangPolicy.allowed(tx, 'vorgang.anlegen', [b.vorgang_id]) : await aktePolicy.allowed(tx, 'akte.bearbeiten', [b.akte_id!]);
  return hier.size > 0 && (await eingangPolicy.allowed(tx, 'eingang.ablegen', [eingangId])).size > 0 && (await findZustaendige(tx, [b.vorgang_id ?? b.akte_id!])).size > 0;
}
