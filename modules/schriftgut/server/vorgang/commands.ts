import type { z } from 'zod';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { urheber } from '#platform/server/context.ts';
import { Forbidden, Outdated, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Vorgang, VorgangAendern, VorgangAnlegen } from '../../contract.ts';
import { pflichtHindernisse, statusHindernis } from '../abschluss.ts';
import { changesOf } from '../aenderung.ts';
import { stufeDesVorgangs, vererbungOf } from '../auskunft.ts';
import { requireEinstufung } from '../einstufung.ts';
import { kennzeichenVon } from '../kennzeichen.ts';
import { listKontakte, replaceKontakte } from '../kontakt.ts';
import { mergeFelder } from '../mandant/felder.ts';
import { given, toAussonderung, toMetadaten, type VorgangRow } from '../metadaten.ts';
import { requireBekannt } from '../namen.ts';
import { holdOffen, nextNummer, requireErlaubteTiefe, requireOffen } from '../ort.ts';
import { readPfad } from '../pfad.ts';
import { aktePolicy, vorgangPolicy } from '../policy.ts';
import { readSperre } from '../sperren.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { requireBegruendung } from '../wirksam.ts';
import { readKette } from './abschluss.ts';
import { gliedDerAkte, gliedDesVorgangs, presentVorgang, readAktenBezug, readUmgebendeNamen, readVorgangBezug } from './present.ts';
import { getVorgang } from './queries.ts';

const db = tables<SchriftgutTables>();

/** Where Vorgänge are put: an Akte, or a Vorgang above. Held open until COMMIT. */
export async function openContainer(tx: WriteTx, { akteId, parentId }: { akteId?: string | undefined; parentId?: string | undefined }) {
  if (parentId !== undefined) {
    const v = await vorgangPolicy.authorize(tx, 'vorgang.sehen', parentId);
    await vorgangPolicy.authorizeIn(tx, 'vorgang.anlegen', v.schutz_id, [v.id, v.akte_id]);
    await holdOffen(tx, 'akte', v.akte_id);
    await holdOffen(tx, 'vorgang', v.id);
    return { id: v.id, akte_id: v.akte_id, parent_id: v.id, tiefe: v.tiefe + 1, schutz_id: v.schutz_id, kennzeichen: v.kennzeichen, geheimhaltungsgrad: v.geheimhaltungsgrad };
  }
  const a = await aktePolicy.authorize(tx, 'akte.sehen', akteId!);
  await vorgangPolicy.authorizeIn(tx, 'vorgang.anlegen', a.schutz_id, [a.id]);
  await holdOffen(tx, 'akte', a.id);
  return { id: a.id, akte_id: a.id, parent_id: null, tiefe: a.tiefe + 1, schutz_id: a.schutz_id, kennzeichen: a.aktenzeichen, geheimhaltungsgrad: a.geheimhaltungsgrad };
}

export async function createVorgang(tx: WriteTx, input: z.output<typeof VorgangAnlegen>): Promise<Vorgang> {
  const ort = await openContainer(tx, input);
  await requireErlaubteTiefe(tx, ort.tiefe);
  await requireBekannt(tx, { stellen: [input.federfuehrungId, input.aktenfuehrungId], personen: [input.bearbeiterId] });
  const umfeld = await readUmfeld(tx, ort, input);
  const id = newId();
  const nummer = await nextNummer(tx, ort.id);
  const kennzeichen = kennzeichenVon.vorgang(ort.kennzeichen, nummer);
  const row = await db.write(tx).insertInto('schriftgut.vorgang').values({
    id, akte_id: ort.akte_id, parent_id: ort.parent_id, tiefe: ort.tiefe, schutz_id: ort.schutz_id, geheimhaltungsgrad: ort.geheimhaltungsgrad, nummer, kennzeichen, kennzeichen_norm: normalizeAktenzeichen(kennzeichen),
    ...toMetadaten(input), ...toAussonderung(input), betreff: input.betreff, federfuehrung_id: input.federfuehrungId ?? null, aktenfuehrung_id: input.aktenfuehrungId ?? null,
    felder: JSON.stringify(await mergeFelder(tx, 'vorgang', {}, input.felder)), erstellt_von: urheber(tx.ctx),
  }).returningAll().returning(await vorgangPolicy.rechte(tx) as never).executeTakeFirstOrThrow() as VorgangRow & { rechte: string[] };
  await requireEinstufung(tx, row);
  const kette = [...umfeld.kette, stufeDesVorgangs(row)];
  if (input.aussonderung) requireBegruendung(kette);
  const kontakte = input.kontakte ?? [];
  await replaceKontakte(tx, 'vorgang', id, kontakte, true);
  await tx.record({ art: 'vorgang.angelegt', objekte: { vorgang: ort.parent_id === null ? [id] : [id, ort.parent_id], akte: ort.akte_id }, daten: { kennzeichen, betreff: input.betreff } });
  return presentNeu(tx, row, { ...umfeld, kette }, kontakte.length > 0);
}

/** What the answer says of the place and the people, read before the number is taken: whoever waits for the next one waits shorter. */
async function readUmfeld(tx: WriteTx, { akte_id, parent_id, schutz_id }: Awaited<ReturnType<typeof openContainer>>, input: z.output<typeof VorgangAnlegen>) {
  const [akten, oben] = await Promise.all([readAktenBezug(tx, [akte_id]), parent_id === null ? undefined : readVorgangBezug(tx, [parent_id])]);
  const [akte, vorgang] = [akten.get(akte_id)!, parent_id === null ? undefined : oben?.get(parent_id)];
  const [namen, kette, pfad, sperre] = await Promise.all([
    readUmgebendeNamen(tx, { federfuehrung_id: input.federfuehrungId ?? null, aktenfuehrung_id: input.aktenfuehrungId ?? null, bearbeiter_id: input.bearbeiterId ?? null, erstellt_von: urheber(tx.ctx), storniert_von: null }, akte),
    vererbungOf(tx, { akteId: akte_id, einheitId: akte.aktenplaneinheit_id, vorgangId: parent_id }),
    readPfad(tx, { akte: gliedDerAkte(akte), vorgang: vorgang && gliedDesVorgangs(vorgang) }), readSperre(tx, schutz_id),
  ]);
  return { akte, namen, kette, pfad, sperre };
}
/** As `getVorgang` would answer it: what has just been made is known, nothing lies in it and nothing refers to it yet. */
async function presentNeu(tx: WriteTx, row: VorgangRow & { rechte: string[] }, { pfad, sperre, ...umfeld }: Awaited<ReturnType<typeof readUmfeld>>, mitKontakten: boolean): Promise<Vorgang> {
  if (!row.rechte.includes('vorgang.sehen')) throw Forbidden('vorgang.sehen');
  const [kontakte, pflicht] = await Promise.all([mitKontakten ? listKontakte(tx, 'vorgang', row.id) : [], pflichtHindernisse(tx, 'vorgang', row, async () => umfeld.kette)]);
  const eigenes = { typ: 'vorgang' as const, id: row.id, kennzeichen: row.kennzeichen, bezeichnung: row.betreff };
  return presentVorgang(row, {
    ...umfeld, gemerkt: new Set(), allgemein: { kontakte, verweise: [], fruehereKennzeichen: [], pfad: [...pfad, eigenes], sperre }, anzahl: { teilvorgaenge: 0, dokumente: 0 },
    laufzeit: { beginn: row.laufzeit_beginn, ende: row.laufzeit_ende, beginnUebersteuert: row.laufzeit_beginn !== null, endeUebersteuert: row.laufzeit_ende !== null },
    hindernisse: { schliessen: pflicht, wiedereroeffnen: statusHindernis(row, 'in_bearbeitung'), stornieren: [] },
  });
}

export async function updateVorgang(tx: WriteTx, id: string, ifMatch: number, input: z.output<typeof VorgangAendern>): Promise<Vorgang> {
  const alt = await vorgangPolicy.authorize(tx, 'vorgang.bearbeiten', id);
  requireVersion(alt, ifMatch);
  requireOffen('vorgang', alt);
  await requireBekannt(tx, { stellen: [input.federfuehrungId, input.aktenfuehrungId], personen: [input.bearbeiterId] });
  const neu = {
    ...toMetadaten(input), ...toAussonderung(input), ...given({ federfuehrung_id: input.federfuehrungId, aktenfuehrung_id: input.aktenfuehrungId }),
    ...(input.felder && { felder: JSON.stringify(await mergeFelder(tx, 'vorgang', alt.felder, input.felder)) }),
  };
  const aenderungen = await changesOf(tx, 'vorgang', alt, neu, input.kontakte);
  const row = await db.write(tx).updateTable('schriftgut.vorgang').set({ ...neu, version: ifMatch + 1, geaendert_am: new Date() }).where('id', '=', id).where('version', '=', ifMatch).returningAll().executeTakeFirst();
  if (!row) throw Outdated();
  await requireEinstufung(tx, row);
  if (input.aussonderung) requireBegruendung(await readKette(tx, row));
  await tx.record({ art: 'vorgang.geaendert', objekte: { vorgang: id, akte: alt.akte_id }, daten: { aenderungen } });
  return getVorgang(tx, id);
}
