import type { z } from 'zod';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { assignAktenzeichen, getAktenplaneinheitenKurz, requireBelegbar } from '#modules/aktenplan/server/index.ts';
import { urheber } from '#platform/server/context.ts';
import { Outdated, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Akte, AkteAendern, AkteAnlegen } from '../../contract.ts';
import { changesOf } from '../aenderung.ts';
import { vererbungOf } from '../auskunft.ts';
import { requireEinstufung } from '../einstufung.ts';
import { AkteErrors } from '../errors.ts';
import { kennzeichenVon } from '../kennzeichen.ts';
import { replaceKontakte } from '../kontakt.ts';
import { mergeFelder } from '../mandant/felder.ts';
import { given, toAussonderung, toMetadaten, type AkteRow } from '../metadaten.ts';
import { requireBekannt } from '../namen.ts';
import { getSchutzbereichDerFederfuehrung } from '#modules/zugriff/server/index.ts';
import { holdOffen, nextNummer, requireErlaubteTiefe, requireOffen } from '../ort.ts';
import { aktePolicy } from '../policy.ts';
import { objekteOf, rewriteSchutz } from '../schutz.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { requireBegruendung } from '../wirksam.ts';
import { getAkte } from './queries.ts';

const db = tables<SchriftgutTables>();
type Eingabe = z.output<typeof AkteAnlegen>;

/** Where a new Akte stands: in the Aktenplan, or as a Teilakte in another Akte. */
async function placeOf(tx: WriteTx, id: string, input: Eingabe) {
  if (input.parentId === undefined) return placeInAktenplan(tx, id, input);
  const parent = await aktePolicy.authorize(tx, 'akte.bearbeiten', input.parentId);
  await holdOffen(tx, 'akte', parent.id);
  await aktePolicy.authorizeIn(tx, 'akte.anlegen', parent.schutz_id, [parent.id]);
  await requireErlaubteTiefe(tx, parent.tiefe + 1);
  const nummer = await nextNummer(tx, parent.id);
  return {
    parent_id: parent.id, tiefe: parent.tiefe + 1, nummer, aktenplaneinheit_id: parent.aktenplaneinheit_id, schutz_id: parent.schutz_id,
    federfuehrung_id: input.federfuehrungId ?? parent.federfuehrung_id, aktenzeichen: kennzeichenVon.teilakte(parent.aktenzeichen, nummer), geheimhaltungsgrad: parent.geheimhaltungsgrad,
  };
}

async function placeInAktenplan(tx: WriteTx, id: string, { aktenplaneinheitId, federfuehrungId, aktenzeichen: manuell, zusatz, laenderkennzeichen }: Eingabe) {
  if (aktenplaneinheitId === undefined) throw AkteErrors.aktenplaneinheit_fehlt();
  // Without a word the OE of whoever creates it: the first of the list is their own.
  const organisationseinheitId = federfuehrungId ?? tx.ctx.akteur.organisationseinheiten[0];
  if (organisationseinheitId === undefined) throw AkteErrors.federfuehrung_fehlt();
  await requireBekannt(tx, { stellen: [organisationseinheitId] });
  const einheit = await requireBelegbar(tx, aktenplaneinheitId);
  const schutzId = await getSchutzbereichDerFederfuehrung(tx, { parentId: einheit.schutz_id, organisationseinheitId });
  await aktePolicy.authorizeIn(tx, 'akte.anlegen', schutzId);
  const { aktenzeichen } = await assignAktenzeichen(tx, { aktenplaneinheitId: einheit.id, organisationseinheitId, objektId: id, manuell, zusatz, laenderkennzeichen });
  return {
    parent_id: null, tiefe: 1, nummer: null, aktenplaneinheit_id: einheit.id, schutz_id: schutzId, federfuehrung_id: organisationseinheitId, aktenzeichen, geheimhaltungsgrad: einheit.vertraulichkeit,
  };
}

export async function createAkte(tx: WriteTx, input: Eingabe): Promise<Akte> {
  await requireBekannt(tx, { stellen: [input.aktenfuehrungId], personen: [input.bearbeiterId] });
  const id = newId();
  const ort = await placeOf(tx, id, input);
  const row = {
    id, ...ort, ...toMetadaten(input), ...toAussonderung(input), betreff: input.betreff,
    aktenzeichen_norm: normalizeAktenzeichen(ort.aktenzeichen), aktenfuehrung_id: input.aktenfuehrungId ?? ort.federfuehrung_id,
    felder: JSON.stringify(await mergeFelder(tx, 'akte', {}, input.felder)), erstellt_von: urheber(tx.ctx),
  };
  await requireEinstufung(tx, row);
  await db.write(tx).insertInto('schriftgut.akte').values(row).execute();
  if (input.aussonderung) requireBegruendung(await vererbungOf(tx, { akteId: id, einheitId: ort.aktenplaneinheit_id }));
  await replaceKontakte(tx, 'akte', id, input.kontakte ?? [], true);
  await tx.record({ art: 'akte.angelegt', objekte: { akte: ort.parent_id === null ? [id] : [id, ort.parent_id] }, daten: { aktenzeichen: ort.aktenzeichen, betreff: input.betreff } });
  return getAkte(tx, id);
}

export async function updateAkte(tx: WriteTx, id: string, ifMatch: number, input: z.output<typeof AkteAendern>): Promise<Akte> {
  const alt = await aktePolicy.authorize(tx, 'akte.bearbeiten', id);
  requireVersion(alt, ifMatch);
  requireOffen('akte', alt);
  await requireBekannt(tx, { stellen: [input.federfuehrungId, input.aktenfuehrungId], personen: [input.bearbeiterId] });
  const neu = {
    ...toMetadaten(input), ...toAussonderung(input),
    ...given({ federfuehrung_id: input.federfuehrungId ?? undefined, aktenfuehrung_id: input.aktenfuehrungId ?? undefined }),
    ...(input.felder && { felder: JSON.stringify(await mergeFelder(tx, 'akte', alt.felder, input.felder)) }),
  };
  if (neu.geheimhaltungsgrad) await requireEinstufung(tx, { geheimhaltungsgrad: neu.geheimhaltungsgrad, schutz_id: alt.schutz_id });
  const aenderungen = await changesOf(tx, 'akte', alt, neu, input.kontakte);
  const saved = await db.write(tx).updateTable('schriftgut.akte').set({ ...neu, version: ifMatch + 1, geaendert_am: new Date() }).where('id', '=', id).where('version', '=', ifMatch).returning('id').executeTakeFirst();
  if (!saved) throw Outdated();
  if (input.aussonderung) requireBegruendung(await vererbungOf(tx, { akteId: id, einheitId: alt.aktenplaneinheit_id }));
  const baum = neu.federfuehrung_id === undefined || neu.federfuehrung_id === alt.federfuehrung_id ? undefined : await followFederfuehrung(tx, alt, neu.federfuehrung_id);
  await tx.record({ art: 'akte.geaendert', objekte: { ...(baum && objekteOf(baum)), akte: [...new Set([id, ...(baum?.akten ?? [])])] }, daten: { aenderungen } });
  return getAkte(tx, id);
}

/** The new Federführung has the Akte from now on (MD-03), unless somebody has given it a Schutzbereich of its own. */
async function followFederfuehrung(tx: WriteTx, akte: AkteRow, organisationseinheitId: string) {
  if (akte.schutz_eigen || akte.parent_id !== null) return undefined;
  const einheit = (await getAktenplaneinheitenKurz(tx, [akte.aktenplaneinheit_id])).get(akte.aktenplaneinheit_id);
  return einheit && rewriteSchutz(tx, 'akte', akte.id, await getSchutzbereichDerFederfuehrung(tx, { parentId: einheit.schutzId, organisationseinheitId }));
}
