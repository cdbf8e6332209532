import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import { getInhalte, type Inhalt } from '#modules/ablage/server/index.ts';
import { getBenutzerKurz, getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { getAktenKurz, getVorgaengeKurz } from '#modules/schriftgut/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { Profileinstellungen, type api, type Brief, type Seite, type Stapel, type StapelZeile } from '../contract.ts';
import { presentAngaben, type Analyse } from './angaben.ts';
import { stapelPolicy } from './policy.ts';
import { listOffenes } from './pruefung/offen.ts';
import type { ScanstelleTables } from './tables.gen.ts';

const db = tables<ScanstelleTables>();
export type StapelRow = Selectable<ScanstelleTables['scanstelle.stapel']>;
export type SeiteRow = Selectable<ScanstelleTables['scanstelle.seite']>;
export type BriefRow = Selectable<ScanstelleTables['scanstelle.brief']>;
export type RohdateiRow = Selectable<ScanstelleTables['scanstelle.rohdatei']>;

/** The profile as it was when the batch came. */
export const profilVon = (row: Pick<StapelRow, 'profil'>) => ({ bezeichnung: (row.profil as { bezeichnung: string }).bezeichnung, ...Profileinstellungen.parse(row.profil) });

async function readZahlen(tx: ReadTx, ids: readonly string[]) {
  if (!ids.length) return { dateien: new Map<string, { seiten: number; gelesen: number }>(), briefe: new Map<string, number>() };
  const dateien = await db.read(tx).selectFrom('scanstelle.rohdatei').select(['stapel_id', (eb) => eb.fn.sum<number>('gelesen').as('gelesen'), (eb) => eb.fn.sum<number>('seiten').as('seiten')]).where('stapel_id', 'in', [...ids]).where('art', '=', 'scan').groupBy('stapel_id').execute();
  const briefe = await db.read(tx).selectFrom('scanstelle.seite').select(['stapel_id', (eb) => eb.fn.count<number>('brief_id').distinct().as('n')]).where('stapel_id', 'in', [...ids]).where('status', '=', 'da').groupBy('stapel_id').execute();
  return { dateien: new Map(dateien.map((d) => [d.stapel_id, { seiten: Number(d.seiten ?? 0), gelesen: Number(d.gelesen ?? 0) }])), briefe: new Map(briefe.map((b) => [b.stapel_id, Number(b.n)])) };
}

async function presentZeilen(tx: ReadTx, rows: readonly (StapelRow & { rechte: string[] })[]): Promise<StapelZeile[]> {
  const { dateien, briefe } = await readZahlen(tx, rows.map((r) => r.id));
  const oes = await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id));
  const personen = await getBenutzerKurz(tx, rows.flatMap((r) => r.gescannt_von ?? []));
  return rows.map((r) => ({
    id: r.id, nummer: r.nummer, bezeichnung: r.bezeichnung, status: r.status, hindernis: r.hindernis, herkunft: r.herkunft, organisationseinheit: oes.get(r.organisationseinheit_id),
    profil: profilVon(r).bezeichnung, station: r.station, gescanntVon: r.gescannt_name ?? (r.gescannt_von === null ? null : personen.get(r.gescannt_von)?.name ?? null),
    eingetroffen: r.eingetroffen, posteingangsdatum: r.posteingangsdatum, seiten: dateien.get(r.id)?.seiten ?? 0, gelesen: dateien.get(r.id)?.gelesen ?? 0, erwarteteSeiten: r.erwartete_seiten, briefe: briefe.get(r.id) ?? 0,
    version: r.version, rechte: r.rechte,
  } as StapelZeile));
}

export async function listStapel(tx: ReadTx, query: z.output<typeof api.listStapel.query>) {
  let found = db.read(tx).selectFrom('scanstelle.stapel').selectAll('scanstelle.stapel').select(await stapelPolicy.rechte(tx)).where(await stapelPolicy.visible(tx, 'scanstapel.sehen'))
    .where('status', 'in', query.status?.length ? query.status : ['eingetroffen', 'zerlegt', 'zu_pruefen', 'geprueft']);
  if (query.organisationseinheitId?.length) found = found.where('organisationseinheit_id', 'in', query.organisationseinheitId);
  const { rows, ...page } = await paginate(found, { sort: { eingetroffen: 'scanstelle.stapel.eingetroffen' }, id: 'scanstelle.stapel.id' }, query);
  await stapelPolicy.noteGezeigt(tx, rows);
  return { ...page, eintraege: await presentZeilen(tx, rows) };
}

/** All pages in their places, those that were replaced as well; what has not found its place yet comes last. */
export const readSeitenVon = (tx: ReadTx, stapelId: string) => db.read(tx).selectFrom('scanstelle.seite').selectAll().where('stapel_id', '=', stapelId).orderBy(sql`position nulls last`).orderBy('id').execute();
export const readBriefeVon = (tx: ReadTx, stapelId: string) => db.read(tx).selectFrom('scanstelle.brief').selectAll().where('stapel_id', '=', stapelId).orderBy('id').execute();
export const readRohdateienVon = (tx: ReadTx, stapelId: string) => db.read(tx).selectFrom('scanstelle.rohdatei').selectAll().where('stapel_id', '=', stapelId).orderBy('nummer').execute();

/** The letters in the order of their first page. */
export function orderBriefe<B extends { id: string }>(briefe: readonly B[], seiten: readonly Pick<SeiteRow, 'brief_id' | 'position'>[]): B[] {
  const erste = new Map<string, number>();
  for (const s of seiten) if (s.brief_id !== null && s.position !== null) erste.set(s.brief_id, Math.min(erste.get(s.brief_id) ?? Infinity, s.position));
  return briefe.toSorted((a, b) => (erste.get(a.id) ?? Infinity) - (erste.get(b.id) ?? Infinity));
}

function presentSeite(r: SeiteRow): Seite {
  const analyse = r.befund as Analyse;
  const auto = analyse.drehung?.grad ?? 0;
  return {
    id: r.id, status: r.status, briefId: r.brief_id, rohdateiId: r.rohdatei_id, seite: r.seite, position: r.position ?? -1, drehung: (auto + r.drehung) % 360, drehungHand: r.drehung, schraege: analyse.gerade ?? null,
    breite: analyse.bild?.breite ?? null, hoehe: analyse.bild?.hoehe ?? null, nachscan: r.nachscan, angaben: presentAngaben(r.status, analyse), bild: r.bilder_id !== null,
  } as Seite;
}

async function presentBriefe(tx: ReadTx, rows: readonly BriefRow[]): Promise<Brief[]> {
  const oes = await getOrganisationseinheitenKurz(tx, rows.flatMap((r) => r.organisationseinheit_id ?? []));
  const akten = await getAktenKurz(tx, rows.flatMap((r) => r.akte_id ?? []));
  const vorgaenge = await getVorgaengeKurz(tx, rows.flatMap((r) => r.vorgang_id ?? []));
  const zielVon = (r: BriefRow) => {
    if (r.akte_id === null && r.vorgang_id === null) return null;
    const v = r.vorgang_id === null ? undefined : vorgaenge.get(r.vorgang_id), a = r.akte_id === null ? undefined : akten.get(r.akte_id);
    return { akteId: r.akte_id, vorgangId: r.vorgang_id, kennzeichen: v?.kennzeichen ?? a?.aktenzeichen ?? '', betreff: v?.betreff ?? a?.betreff ?? '' };
  };
  return rows.map((r) => ({
    id: r.id, betreff: r.betreff, absender: r.absender, organisationseinheit: r.organisationseinheit_id === null ? null : oes.get(r.organisationseinheit_id) ?? null, ziel: zielVon(r), hinweise: r.hinweise,
    stichprobe: r.stichprobe, ergebnis: r.ergebnis, bemerkung: r.ergebnis_bemerkung, eingang: r.eingang_id === null ? null : { id: r.eingang_id, nummer: null },
  } as Brief));
}

export async function getStapel(tx: ReadTx, id: string): Promise<Stapel> {
  const row = await stapelPolicy.authorize(tx, 'scanstapel.sehen', id);
  const [zeile] = await presentZeilen(tx, [row]);
  const seiten = await readSeitenVon(tx, id), dateien = await readRohdateienVon(tx, id);
  const briefe = orderBriefe(await readBriefeVon(tx, id), seiten).filter((b) => b.eingang_id !== null || seiten.some((s) => s.brief_id === b.id && s.status === 'da'));
  const personen = await getBenutzerKurz(tx, [row.geprueft_von, row.uebernommen_von, row.verworfen_von].flatMap((p) => p ?? []));
  const person = (wer: string | null) => (wer === null ? null : personen.get(wer) ?? null) as Stapel['geprueftVon'];
  return {
    ...zeile!, einstellungen: profilVon(row), gescanntAm: row.gescannt_am, geprueftVon: person(row.geprueft_von), geprueftAm: row.geprueft_am, uebernommenVon: person(row.uebernommen_von), uebernommenAm: row.uebernommen_am,
    verworfenVon: person(row.verworfen_von), verwerfungsgrund: row.verwerfungsgrund,
    rohdateien: dateien.map((d) => ({ id: d.id, inhaltId: d.inhalt_id as never, art: d.art, dateiname: d.dateiname, groesse: Number(d.groesse), sha256: d.sha256, seiten: d.seiten, fehler: d.fehler, dublette: null })),
    seitenliste: seiten.map(presentSeite), briefliste: await presentBriefe(tx, briefe),
    bereit: row.status === 'geprueft' && briefe.length > 0 && briefe.every((b) => b.pdf_id !== null), offen: row.status === 'zu_pruefen' ? listOffenes(seiten, briefe, dateien) : [],
  };
}

/** The picture of a page: where in the packed ones it lies. */
export async function findScanbild(tx: ReadTx, id: string, seiteId: string, groesse: 'daumen' | 'seite'): Promise<{ paket: Inhalt; von: number; laenge: number }> {
  await stapelPolicy.authorize(tx, 'scanstapel.sehen', id);
  const s = await db.read(tx).selectFrom('scanstelle.seite').select(['bilder_id', 'bild_von', 'bild_laenge', 'daumen_von', 'daumen_laenge']).where('id', '=', seiteId).where('stapel_id', '=', id).executeTakeFirst();
  const paket = s?.bilder_id ? (await getInhalte(tx, [s.bilder_id])).get(s.bilder_id) : undefined;
  if (!s || !paket) throw NotFound('Bild');
  return { paket, von: Number(groesse === 'seite' ? s.bild_von : s.daumen_von), laenge: Number(groesse === 'seite' ? s.bild_laenge : s.daumen_laenge) };
}
