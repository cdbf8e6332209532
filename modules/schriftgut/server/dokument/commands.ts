import type { z } from 'zod';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { getInhalte } from '#modules/ablage/server/index.ts';
import { urheber } from '#platform/server/context.ts';
import { Forbidden, Outdated, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { readSperre } from '../sperren.ts';
import { heute } from '#platform/server/zeit.ts';
import type { Dokument, DokumentAendern, DokumentAnlegen } from '../../contract.ts';
import { changesOf } from '../aenderung.ts';
import { DokumentErrors } from '../errors.ts';
import { requireEinstufung } from '../einstufung.ts';
import { kennzeichenVon } from '../kennzeichen.ts';
import { listKontakte, replaceKontakte } from '../kontakt.ts';
import { mergeFelder } from '../mandant/felder.ts';
import { given, toMetadaten } from '../metadaten.ts';
import { requireBekannt } from '../namen.ts';
import { holdOffen, lock, nextNummer, requireNichtStorniert } from '../ort.ts';
import { readPfad } from '../pfad.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { gliedDerAkte, gliedDesVorgangs } from '../vorgang/present.ts';
import { betreffAus, fehlendeAngaben } from './dokument.ts';
import { dokumentDetailSpalten, type DokumentDetailRow } from './present.ts';
import { getDokument, listTeile, presentDokument, readOrt, readUmgebendeNamen } from './queries.ts';
import { attachAll, insertVersion, type Angehaengt } from './versionen.ts';

const db = tables<SchriftgutTables>();
type Eingabe = z.output<typeof DokumentAnlegen>;
export type Ziel = { akteId?: string | undefined; vorgangId?: string | undefined; parentId?: string | undefined };

/** Where Dokumente are put; held open until COMMIT. `objekte`: what an Ereignis names. */
export async function openOrt(tx: WriteTx, { akteId, vorgangId, parentId }: Ziel) {
  if (parentId !== undefined) {
    const d = await dokumentPolicy.authorize(tx, 'dokument.bearbeiten', parentId);
    requireNichtStorniert(d);
    if (d.finalisiert_am !== null) throw DokumentErrors.finalisiert();
    await holdContainers(tx, d);
    return { id: d.id, akte_id: d.akte_id, vorgang_id: d.vorgang_id, parent_id: d.id, schutz_id: d.schutz_id, kennzeichen: d.kennzeichen, geheimhaltungsgrad: d.geheimhaltungsgrad, parent: d };
  }
  if (vorgangId !== undefined) {
    const v = await vorgangPolicy.authorize(tx, 'vorgang.sehen', vorgangId);
    await dokumentPolicy.authorizeIn(tx, 'dokument.anlegen', v.schutz_id, [v.id, v.akte_id]);
    await holdContainers(tx, { akte_id: v.akte_id, vorgang_id: v.id });
    return { id: v.id, akte_id: v.akte_id, vorgang_id: v.id, parent_id: null, schutz_id: v.schutz_id, kennzeichen: v.kennzeichen, geheimhaltungsgrad: v.geheimhaltungsgrad, parent: undefined };
  }
  const a = await aktePolicy.authorize(tx, 'akte.sehen', akteId!);
  await dokumentPolicy.authorizeIn(tx, 'dokument.anlegen', a.schutz_id, [a.id]);
  await holdContainers(tx, { akte_id: a.id, vorgang_id: null });
  return { id: a.id, akte_id: a.id, vorgang_id: null, parent_id: null, schutz_id: a.schutz_id, kennzeichen: a.aktenzeichen, geheimhaltungsgrad: a.geheimhaltungsgrad, parent: undefined };
}
/** Always Akte, then Vorgang: one order, no deadlock. Both are sent at once, and the database takes them in that order. */
export async function holdContainers(tx: WriteTx, { akte_id, vorgang_id }: { akte_id: string; vorgang_id: string | null }) {
  await Promise.all([holdOffen(tx, 'akte', akte_id), vorgang_id === null ? undefined : holdOffen(tx, 'vorgang', vorgang_id)]);
}

const toDokument = (d: z.output<typeof DokumentAendern>) => given({
  art: d.art, entwurf: d.entwurf, fremdes_geschaeftszeichen: d.fremdesGeschaeftszeichen, bezug: d.bezug, hier: d.hier, posteingangsdatum: d.posteingangsdatum, postausgangsdatum: d.postausgangsdatum,
  datum_des_schreibens: d.datumDesSchreibens, bearbeiter_name: d.bearbeiterName, federfuehrung_id: d.federfuehrungId, aktenfuehrung_id: d.aktenfuehrungId,
});

/** `inhalteVorhanden`: the contents are in use already (an Eingang that is filed); whoever says so has authorised them. */
export async function createDokument(tx: WriteTx, input: Eingabe, { inhalteVorhanden = false } = {}): Promise<Dokument> {
  const ort = await openOrt(tx, input);
  await requireBekannt(tx, { stellen: [input.federfuehrungId, input.aktenfuehrungId], personen: [input.bearbeiterId] });
  const art = input.art ?? ort.parent?.art ?? 'intern';
  const kontakte = input.kontakte ?? [];
  requireAngaben({ art, entwurf: input.entwurf ?? false, teil: ort.parent !== undefined, posteingangsdatum: input.posteingangsdatum ?? null, postausgangsdatum: input.postausgangsdatum ?? null,
    absender: kontakte.filter((k) => k.art === 'absender').length, empfaenger: kontakte.filter((k) => k.art === 'empfaenger').length, datum: input.datumDesSchreibens ?? ort.parent?.datum_des_schreibens });
  const [formate, umfeld] = await Promise.all([attachAll(tx, input.formate, inhalteVorhanden), readUmfeld(tx, ort, input)]);
  const id = newId();
  const nummer = await nextNummer(tx, ort.id);
  const kennzeichen = ort.parent ? kennzeichenVon.anlage(ort.kennzeichen, nummer) : kennzeichenVon.dokument(ort.kennzeichen, nummer);
  const versionId = formate.length ? newId() : null;
  const angaben = toMetadaten(input);
  await requireEinstufung(tx, { geheimhaltungsgrad: angaben.geheimhaltungsgrad ?? ort.geheimhaltungsgrad, schutz_id: ort.schutz_id });
  const dokument = db.write(tx).insertInto('schriftgut.dokument').values({
    id, akte_id: ort.akte_id, vorgang_id: ort.vorgang_id, parent_id: ort.parent_id, rolle: ort.parent ? input.rolle ?? 'anlage' : null, schutz_id: ort.schutz_id, geheimhaltungsgrad: ort.geheimhaltungsgrad,
    nummer, kennzeichen, kennzeichen_norm: normalizeAktenzeichen(kennzeichen), ...angaben, ...toDokument(input), betreff: input.betreff, art,
    datum_des_schreibens: input.datumDesSchreibens ?? ort.parent?.datum_des_schreibens ?? heute(), felder: JSON.stringify(await mergeFelder(tx, 'dokument', {}, input.felder)),
    aktuelle_version_id: versionId, erstellt_von: urheber(tx.ctx),
  }).returning(dokumentDetailSpalten).returning(await dokumentPolicy.rechte(tx) as never);
  const [row, inhalt] = await Promise.all([
    dokument.executeTakeFirstOrThrow() as Promise<unknown> as Promise<DokumentDetailRow>, versionId === null ? null : insertVersion(tx, { id: versionId, dokumentId: id, nummer: 1 }, formate),
    replaceKontakte(tx, 'dokument', id, kontakte, true),
  ]);
  failpoint('dokument.geschrieben');
  await tx.record({
    art: 'dokument.angelegt', objekte: { dokument: ort.parent_id === null ? [id] : [id, ort.parent_id], ...ortObjekte(ort), ...(formate.length && { inhalt: formate.map((f) => f.inhalt.id) }) },
    daten: { kennzeichen, betreff: input.betreff, art, ...(formate[0] && { dateiname: formate[0].dateiname ?? formate[0].inhalt.dateiname }) },
  });
  if (input.anlagen.length) {
    const inhalte = await attachAll(tx, input.anlagen.map((a) => ({ inhaltId: a.inhaltId, art: 'original' as const })), inhalteVorhanden);
    await insertAnlagen(tx, id, inhalte.map((a, i) => ({ inhalt: a.inhalt, betreff: input.anlagen[i]!.betreff })));
  }
  return presentNeu(tx, row, inhalt, umfeld, { anlagen: input.anlagen.length > 0, kontakte: kontakte.length > 0 });
}

/** What the answer says of the place and the people, read before the number is taken: whoever waits for the next one waits shorter. */
async function readUmfeld(tx: WriteTx, ort: Awaited<ReturnType<typeof openOrt>>, input: Eingabe) {
  const { parent } = ort;
  const lage = await readOrt(tx, ort);
  const [namen, pfad] = await Promise.all([
    readUmgebendeNamen(tx, { federfuehrung_id: input.federfuehrungId ?? null, aktenfuehrung_id: input.aktenfuehrungId ?? null, bearbeiter_id: input.bearbeiterId ?? null, erstellt_von: urheber(tx.ctx) }, lage, []),
    readPfad(tx, { akte: gliedDerAkte(lage.akte), vorgang: lage.vorgang && gliedDesVorgangs(lage.vorgang), dokument: parent && { id: parent.id, parent_id: parent.parent_id, schutz_id: parent.schutz_id, kennzeichen: parent.kennzeichen, bezeichnung: parent.betreff, sichtbar: true } }),
  ]);
  return { ...lage, namen, pfad };
}
/** As `getDokument` would answer it: what has just been made is known, and nothing refers to it yet. */
async function presentNeu(tx: WriteTx, row: DokumentDetailRow, inhalt: Awaited<ReturnType<typeof insertVersion>> | null, { pfad, ...umfeld }: Awaited<ReturnType<typeof readUmfeld>>, da: { anlagen: boolean; kontakte: boolean }) {
  if (!row.rechte.includes('dokument.sehen')) throw Forbidden('dokument.sehen');
  const [teile, kontakte] = await Promise.all([da.anlagen ? listTeile(tx, row.id) : [], da.kontakte ? listKontakte(tx, 'dokument', row.id) : []]);
  const lesbar = row.rechte.includes('dokument.lesen');
  const eigenes = { typ: 'dokument' as const, id: row.id, kennzeichen: row.kennzeichen, bezeichnung: row.betreff };
  return presentDokument(row, {
    ...umfeld, teile, gemerkt: new Set(), inhalt: inhalt && { ...inhalt, formate: lesbar ? inhalt.formate : [] }, allgemein: { kontakte, verweise: [], fruehereKennzeichen: [], pfad: [...pfad, eigenes], sperre: await readSperre(tx, row.schutz_id) },
  });
}

function requireAngaben({ datum, ...angaben }: Parameters<typeof fehlendeAngaben>[0] & { datum: string | undefined }) {
  const fehlt = [...(datum === undefined ? [{ pfad: '/datumDesSchreibens', text: 'Bitte das Datum des Schreibens angeben' }] : []), ...fehlendeAngaben(angaben)];
  if (fehlt.length) throw DokumentErrors.pflichtangaben_fehlen(fehlt);
}
export const ortObjekte = (ort: { akte_id: string; vorgang_id: string | null }) => ({ akte: ort.akte_id, ...(ort.vorgang_id !== null && { vorgang: ort.vorgang_id }) });

type NeueAnlage = { inhalt: Angehaengt; betreff?: string | undefined };
/** One Dokument for each content, below this one; they share its kind and dates. */
async function insertAnlagen(tx: WriteTx, dokumentId: string, anlagen: readonly NeueAnlage[]): Promise<string[]> {
  const d = await db.write(tx).selectFrom('schriftgut.dokument').selectAll().where('id', '=', dokumentId).executeTakeFirstOrThrow();
  const ab = await nextNummer(tx, dokumentId, anlagen.length);
  const rows = anlagen.map(({ inhalt, betreff }, i) => {
    const kennzeichen = kennzeichenVon.anlage(d.kennzeichen, ab + i);
    return {
      id: newId(), akte_id: d.akte_id, vorgang_id: d.vorgang_id, parent_id: d.id, rolle: 'anlage' as const, schutz_id: d.schutz_id, nummer: ab + i, kennzeichen, kennzeichen_norm: normalizeAktenzeichen(kennzeichen),
      art: d.art, betreff: (betreff ?? betreffAus(inhalt.dateiname)).slice(0, 500), datum_des_schreibens: d.datum_des_schreibens, posteingangsdatum: d.posteingangsdatum, postausgangsdatum: d.postausgangsdatum,
      geheimhaltungsgrad: d.geheimhaltungsgrad, aktuelle_version_id: newId(), erstellt_von: urheber(tx.ctx),
    };
  });
  await db.write(tx).insertInto('schriftgut.dokument').values(rows).execute();
  for (const [i, row] of rows.entries()) await insertVersion(tx, { id: row.aktuelle_version_id, dokumentId: row.id, nummer: 1 }, [{ inhalt: anlagen[i]!.inhalt }]);
  await tx.record({ art: 'dokument.anlagen_angelegt', objekte: { dokument: [d.id, ...rows.map((r) => r.id)], ...ortObjekte(d), inhalt: anlagen.map((a) => a.inhalt.id) }, daten: { anzahl: rows.length, betreffe: rows.slice(0, 20).map((r) => r.betreff) } });
  return rows.map((r) => r.id);
}

/**
 * For what takes an e-mail apart: its attachments become Anlagen. The contents are already stored (saveInhalt) and belong to nobody else.
 * May run twice: a content that already is an Anlage of this Dokument is left alone. Answers the ids of the new ones.
 */
export async function createAnlagen(tx: WriteTx, dokumentId: string, anlagen: readonly { inhaltId: string; dateiname?: string }[]): Promise<string[]> {
  await lock(tx, 'dokument', dokumentId);
  const da = new Set((await db.write(tx).selectFrom('schriftgut.format as f').innerJoin('schriftgut.dokument as d', 'd.id', 'f.dokument_id').select('f.inhalt_id').where('d.parent_id', '=', dokumentId).execute()).map((r) => r.inhalt_id));
  const neu = anlagen.filter((a) => !da.has(a.inhaltId));
  if (!neu.length) return [];
  const inhalte = await getInhalte(tx, neu.map((a) => a.inhaltId));
  return insertAnlagen(tx, dokumentId, neu.flatMap((a) => {
    const inhalt = inhalte.get(a.inhaltId);
    return inhalt ? [{ inhalt: { ...inhalt, dateiname: a.dateiname ?? inhalt.dateiname } }] : [];
  }));
}

export async function updateDokument(tx: WriteTx, id: string, ifMatch: number, input: z.output<typeof DokumentAendern>): Promise<Dokument> {
  const alt = await dokumentPolicy.authorize(tx, 'dokument.bearbeiten', id);
  requireVersion(alt, ifMatch);
  requireNichtStorniert(alt);
  if (alt.finalisiert_am !== null) throw DokumentErrors.finalisiert();
  await holdContainers(tx, alt);
  await requireBekannt(tx, { stellen: [input.federfuehrungId, input.aktenfuehrungId], personen: [input.bearbeiterId] });
  const neu = { ...toMetadaten(input), ...toDokument(input), ...(input.felder && { felder: JSON.stringify(await mergeFelder(tx, 'dokument', alt.felder, input.felder)) }) };
  const aenderungen = await changesOf(tx, 'dokument', alt, neu, input.kontakte);
  const row = await db.write(tx).updateTable('schriftgut.dokument').set({ ...neu, version: ifMatch + 1, geaendert_am: new Date() }).where('id', '=', id).where('version', '=', ifMatch).returningAll().executeTakeFirst();
  if (!row) throw Outdated();
  await requireEinstufung(tx, row);
  await requireVollstaendig(tx, row);
  await tx.record({ art: 'dokument.geaendert', objekte: { dokument: id, ...ortObjekte(alt) }, daten: { aenderungen } });
  return getDokument(tx, id);
}

/** The mandatory fields of its kind, as the row and its Kontakte stand now. */
export async function requireVollstaendig(tx: WriteTx, row: { id: string; art: 'eingang' | 'ausgang' | 'intern'; entwurf: boolean; parent_id: string | null; posteingangsdatum: string | null; postausgangsdatum: string | null; datum_des_schreibens: string }) {
  const kontakte = await db.write(tx).selectFrom('schriftgut.kontakt').select('art').where('dokument_id', '=', row.id).execute();
  requireAngaben({ art: row.art, entwurf: row.entwurf, teil: row.parent_id !== null, posteingangsdatum: row.posteingangsdatum, postausgangsdatum: row.postausgangsdatum,
    absender: kontakte.filter((k) => k.art === 'absender').length, empfaenger: kontakte.filter((k) => k.art === 'empfaenger').length, datum: row.datum_des_schreibens });
}
