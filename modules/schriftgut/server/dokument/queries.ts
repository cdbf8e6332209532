import { sql } from 'kysely';
import type { z } from 'zod';
import { listPage } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Dokument, DokumenteListe, DokumentZeile } from '../../contract.ts';
import { presentAllgemein, readAllgemein, type Allgemein } from '../auskunft.ts';
import { conditions, eineVon } from '../filter.ts';
import { namenVon } from '../kontakt.ts';
import { readGemerkt, readNamen, type NamenKarte } from '../namen.ts';
import { dokumentPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { gliedDerAkte, gliedDesVorgangs, readAktenBezug, readVorgangBezug } from '../vorgang/present.ts';
import { aktenfuehrungOf, dokumentSpalten, federfuehrungOf, presentDokumente, presentDokumentZeile, type DokumentDetailRow } from './present.ts';
import { presentVersion, readAktuelleVersion } from './versionen.ts';

const db = tables<SchriftgutTables>();
const T = 'schriftgut.dokument';
const sort = { datum: `${T}.datum`, geaendertAm: `${T}.geaendert_am`, kennzeichen: `${T}.kennzeichen`, nummer: `${T}.nummer` };

export async function listDokumente(tx: ReadTx, query: z.output<typeof DokumenteListe>) {
  const where = await conditions(tx, 'dokument', { ...query, status: undefined });
  if (query.akteId) where.push(eineVon('schriftgut.dokument.akte_id', query.akteId));
  if (query.vorgangId) where.push(eineVon('schriftgut.dokument.vorgang_id', query.vorgangId));
  if (query.parentId) where.push(eineVon('schriftgut.dokument.parent_id', query.parentId));
  else if (!query.anlagen) where.push(sql`schriftgut.dokument.parent_id is null`);
  if (query.art) where.push(sql`schriftgut.dokument.art = any(${query.art})`);
  if (query.typ) where.push(sql`schriftgut.dokument.typ = any(${query.typ})`);
  if (query.entwurf !== undefined) where.push(sql`schriftgut.dokument.entwurf = ${query.entwurf}`);
  return listPage(
    db.read(tx).selectFrom(T).select(await dokumentPolicy.spalten(tx, dokumentSpalten)).select(await dokumentPolicy.rechte(tx)).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where((eb) => eb.and(where)),
    { sort: { ...sort, betreff: await dokumentPolicy.lesbar(tx, 'betreff') }, id: `${T}.id` }, query, (rows) => presentDokumente(tx, rows));
}

/** Anlagen and Schriftstücke of a Dokument, as far as the Akteur may see them. */
export async function listTeile(tx: ReadTx, id: string): Promise<DokumentZeile[]> {
  const rows = await db.read(tx).selectFrom(T).select(await dokumentPolicy.spalten(tx, dokumentSpalten)).select(await dokumentPolicy.rechte(tx)).where('parent_id', '=', id)
    .where(await dokumentPolicy.visible(tx, 'dokument.sehen')).orderBy('nummer').execute();
  return presentDokumente(tx, rows);
}

export async function getDokument(tx: ReadTx, id: string): Promise<Dokument> {
  const row = await dokumentPolicy.authorize(tx, 'dokument.sehen', id);
  const [{ akte, vorgang }, inhalt, teile, gemerkt] = await Promise.all([readOrt(tx, row), readAktuelleVersion(tx, row.aktuelle_version_id, row.rechte.includes('dokument.lesen')), listTeile(tx, id), readGemerkt(tx, [id])]);
  const [namen, allgemein] = await Promise.all([
    readUmgebendeNamen(tx, row, { akte, vorgang }, [row.storniert_von, inhalt?.version.erstellt_von ?? null]),
    readAllgemein(tx, 'dokument', row, { akte: gliedDerAkte(akte), vorgang: vorgang && gliedDesVorgangs(vorgang), dokument: { id, parent_id: row.parent_id, schutz_id: row.schutz_id, kennzeichen: row.kennzeichen, bezeichnung: row.betreff, sichtbar: true } }),
  ]);
  // What somebody has remarked on a version says as much as the Betreff.
  if (inhalt && row.geschuetzt) inhalt.version.bemerkung = null;
  return presentDokument(row, { akte, vorgang, inhalt, teile, gemerkt, namen, allgemein });
}

/** Akte and Vorgang that it lies in. */
export async function readOrt(tx: ReadTx, { akte_id, vorgang_id }: { akte_id: string; vorgang_id: string | null }) {
  const [akten, vorgaenge] = await Promise.all([readAktenBezug(tx, [akte_id]), readVorgangBezug(tx, vorgang_id === null ? [] : [vorgang_id])]);
  return { akte: akten.get(akte_id)!, vorgang: vorgaenge.get(vorgang_id ?? '') };
}
type Ort = Awaited<ReturnType<typeof readOrt>>;
type Benannt = { federfuehrung_id: string | null; aktenfuehrung_id: string | null; bearbeiter_id: string | null; erstellt_von: string | null };
/** The names that the answer for a Dokument says. */
export const readUmgebendeNamen = (tx: ReadTx, row: Benannt, { akte, vorgang }: Ort, weitere: readonly (string | null)[]) => readNamen(tx, {
  stellen: [federfuehrungOf(row, akte, vorgang), aktenfuehrungOf(row, akte, vorgang)], personen: [row.bearbeiter_id, row.erstellt_von, ...weitere], einheiten: [akte.aktenplaneinheit_id],
});

type Teile = Ort & { inhalt: Awaited<ReturnType<typeof readAktuelleVersion>>; teile: DokumentZeile[]; gemerkt: ReadonlySet<string>; namen: NamenKarte; allgemein: Allgemein };
/** The answer for one Dokument, from all that belongs to it. */
export function presentDokument(row: DokumentDetailRow, { akte, vorgang, inhalt, teile, gemerkt, namen, allgemein }: Teile): Dokument {
  const datei = inhalt ? { inhalt_id: null, dateiname: null, mime: null, groesse: null, ...inhalt.formate.find((f) => f.nummer === 0), nummer: inhalt.version.nummer } : undefined;
  const anlagen = teile.filter((t) => !t.storniert).length;
  return {
    ...presentDokumentZeile(row, { akte, federfuehrungId: federfuehrungOf(row, akte, vorgang), namen, gemerkt, kontakte: namenVon(allgemein.kontakte), anlagen, datei }),
    posteingangsdatum: row.posteingangsdatum, postausgangsdatum: row.postausgangsdatum, datumDesSchreibens: row.datum_des_schreibens, bezug: row.bezug, hier: row.hier, bearbeiterName: row.bearbeiter_name,
    finalisiertAm: row.finalisiert_am, aktuelleVersion: inhalt && presentVersion(inhalt.version, inhalt.formate, namen), teile,
    ...presentAllgemein(row, allgemein, { aktenfuehrungId: aktenfuehrungOf(row, akte, vorgang), einheitId: akte.aktenplaneinheit_id }, namen),
  };
}
