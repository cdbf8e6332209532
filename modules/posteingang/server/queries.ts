import { sql, type ExpressionBuilder, type RawBuilder, type Selectable } from 'kysely';
import type { z } from 'zod';
import { InhaltId } from '#modules/ablage/contract.ts';
import { getInhalte } from '#modules/ablage/server/index.ts';
import { foldText } from '#modules/aktenplan/contract.ts';
import { getExtrahierteAnlagen } from '#modules/aufbereitung/server/index.ts';
import { getBenutzerKurz, getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { getAktenKurz, getDokumenteKurz, getVorgaengeKurz } from '#modules/schriftgut/server/index.ts';
import { sicherheitVon } from '#modules/vorschlagswesen/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import { paginate } from '#platform/server/list.ts';
import type { Klasse } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { offene, type api, type Eingang, type EingangZeile, type Feldvorschlag, type Kanal, type Vorschlag } from '../contract.ts';
import { betreffAus } from './eingang.ts';
import { presentFelder, readStimmen } from './felder.ts';
import { eingangPolicy } from './policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
export type EingangRow = Selectable<PosteingangTables['posteingang.eingang']>;
type Row = EingangRow & { rechte: string[]; geschuetzt?: Klasse | null };
type VorschlagRow = Selectable<PosteingangTables['posteingang.vorschlag']>;
/** As the Akteur may read them; they stand in the row a second time, and the later one counts. */
const verdeckbar = ['betreff', 'absender', 'bemerkung', 'fremdes_geschaeftszeichen', 'dateiname', 'suchtext', 'zurueckweisungsgrund', 'weiterleitungsgrund', 'empfaenger', 'dokumenttyp', 'frist', 'betrag'] as const;
const unique = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** The legal day (ZEITZONE), wherever the server stands. */
export const heute = sql<string>`current_date`;

/** Everything that rows name, each under its own rights. */
async function readBezuege(tx: ReadTx, rows: readonly EingangRow[], vorschlaege: readonly VorschlagRow[]) {
  const dublettenIds = unique(rows.map((r) => r.dublette_von));
  const dubletten = dublettenIds.length ? await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'schutz_id', 'nummer']).where('id', 'in', dublettenIds).where(await eingangPolicy.visible(tx, 'eingang.sehen')).execute() : [];
  await eingangPolicy.noteGezeigt(tx, dubletten);
  return {
    oes: await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id)),
    personen: await getBenutzerKurz(tx, unique(rows.flatMap((r) => [r.bearbeiter_id, r.erledigt_von]))),
    akten: await getAktenKurz(tx, unique([...rows.map((r) => r.akte_id), ...vorschlaege.map((v) => v.akte_id)])),
    vorgaenge: await getVorgaengeKurz(tx, unique([...rows.map((r) => r.vorgang_id), ...vorschlaege.map((v) => v.vorgang_id)])),
    dokumente: await getDokumenteKurz(tx, unique(rows.map((r) => r.dokument_id))),
    dubletten: new Map(dubletten.map((d) => [d.id, d])),
    anlagen: await readAnlagen(tx, rows.map((r) => r.inhalt_id)),
    mitgelieferte: await readMitgelieferte(tx, rows.map((r) => r.id)),
  };
}
type Bezuege = Awaited<ReturnType<typeof readBezuege>>;
/** What e-mails brought along, logos and the like left out. */
export async function readAnlagen(tx: ReadTx, inhaltIds: readonly string[]) {
  const all = await getExtrahierteAnlagen(tx, inhaltIds);
  return new Map([...all].map(([id, anlagen]) => [id, anlagen.filter((a) => !a.inline)]));
}
/** What the channel delivered beside the main content, by Eingang. */
export async function readMitgelieferte(tx: ReadTx, eingangIds: readonly string[]) {
  const rows = eingangIds.length ? await db.read(tx).selectFrom('posteingang.anlage').select(['eingang_id', 'inhalt_id']).where('eingang_id', 'in', [...eingangIds]).orderBy('eingang_id').orderBy('nummer').execute() : [];
  const inhalte = await getInhalte(tx, rows.map((r) => r.inhalt_id));
  return Map.groupBy(rows.flatMap((r) => { const i = inhalte.get(r.inhalt_id); return i ? [{ eingangId: r.eingang_id, inhaltId: i.id, dateiname: i.dateiname, mime: i.mime, groesse: i.groesse }] : []; }), (a) => a.eingangId);
}
const readVorschlaege = async (tx: ReadTx, ids: readonly string[]) =>
  ids.length ? db.read(tx).selectFrom('posteingang.vorschlag').selectAll().where('eingang_id', 'in', [...ids]).orderBy('eingang_id').orderBy('nummer').execute() : [];

const FRUEHERES = 'ein früheres Schreiben';
/** Only into Akten that the Akteur may see: a proposal says that one exists. */
function presentVorschlaege(rows: readonly VorschlagRow[], { akten, vorgaenge }: Bezuege): Vorschlag[] {
  return rows.flatMap((v) => {
    const akte = akten.get(v.akte_id);
    const vorgang = v.vorgang_id === null ? undefined : vorgaenge.get(v.vorgang_id);
    if (!akte) return [];
    const bezug = { art: v.art as Vorschlag['art'], akte: aktenBezug(akte), vorgang: vorgang ? vorgangBezug(vorgang) : null, seite: v.seite, grund: v.grund || (v.art === 'adresse' ? 'an diese Adresse gesendet' : 'steht im Text'), konfidenz: Math.round(v.konfidenz * 100) / 100, sicherheit: sicherheitVon('akte', v.konfidenz) };
    // What it answers is named by its Betreff, which is hidden there.
    return [v.art === 'antwort' && akte.geschuetzt ? { ...bezug, gefunden: FRUEHERES, passage: `Antwort auf ${FRUEHERES}`, stelle: [12, 12 + FRUEHERES.length] as [number, number] }
      : { ...bezug, gefunden: v.gefunden, passage: v.passage, stelle: [v.von, v.bis] as [number, number] }];
  });
}
const aktenBezug = (a: { id: string; aktenzeichen: string; betreff: string }) => ({ id: a.id, aktenzeichen: a.aktenzeichen, betreff: a.betreff }) as Vorschlag['akte'];
const vorgangBezug = (v: { id: string; akteId: string; kennzeichen: string; betreff: string }) => ({ id: v.id, akteId: v.akteId, kennzeichen: v.kennzeichen, betreff: v.betreff }) as NonNullable<Vorschlag['vorgang']>;

/** Nobody took it in the time given. */
const isUeberfaellig = (row: EingangRow) => (row.status === 'erfasst' || row.status === 'verteilt') && row.faellig !== null && Date.parse(row.faellig) < Date.now();

function presentZeile(row: Row, b: Bezuege, vorschlaege: readonly Vorschlag[]): EingangZeile {
  const akte = row.akte_id === null ? undefined : b.akten.get(row.akte_id);
  const vorgang = row.vorgang_id === null ? undefined : b.vorgaenge.get(row.vorgang_id);
  const dublette = row.dublette_von === null ? undefined : b.dubletten.get(row.dublette_von);
  return {
    id: row.id, nummer: row.nummer, eingegangen: row.eingegangen, posteingangsdatum: row.posteingangsdatum, kanal: row.kanal, status: row.status,
    betreff: row.betreff, geschuetzt: row.geschuetzt ?? null, absender: row.absender, datumDesSchreibens: row.datum_des_schreibens, fremdesGeschaeftszeichen: row.fremdes_geschaeftszeichen,
    organisationseinheit: b.oes.get(row.organisationseinheit_id), bearbeiter: row.bearbeiter_id === null ? null : b.personen.get(row.bearbeiter_id) ?? null,
    dateiname: row.dateiname, mime: row.mime, groesse: Number(row.groesse), anlagen: (b.anlagen.get(row.inhalt_id)?.length ?? 0) + (b.mitgelieferte.get(row.id)?.length ?? 0),
    verschlossen: row.verschlossen, seit: row.seit, faellig: row.faellig, ueberfaellig: isUeberfaellig(row),
    dublette: row.dublette_von === null ? null : { id: dublette?.id ?? null, nummer: dublette?.nummer ?? null },
    automatik: row.automatik, vorschlag: vorschlaege[0] ?? null,
    ablage: row.status === 'zugeordnet' ? { akte: akte ? aktenBezug(akte) : null, vorgang: vorgang ? vorgangBezug(vorgang) : null, dokumentId: b.dokumente.has(row.dokument_id!) ? row.dokument_id : null } : null,
    version: row.version, rechte: row.rechte,
  } as EingangZeile;
}

/** Written out and not as parameters: so PostgreSQL knows that its index of the open ones serves. */
const istOffen = sql<boolean>`posteingang.eingang.status in ('erfasst', 'verteilt', 'in_bearbeitung')`;
const istUeberfaellig = sql<boolean>`posteingang.eingang.status in ('erfasst', 'verteilt') and posteingang.eingang.faellig is not null and posteingang.eingang.faellig < now()`;

type Filter = z.output<typeof api.listEingaenge.query>;
type Eb = ExpressionBuilder<PosteingangTables, 'posteingang.eingang'>;
const spalte = (name: string) => sql.ref(`posteingang.eingang.${name}`);
const tagVon = sql<string>`${spalte('eingegangen')}::date`;

const passt = (text: string, suchtext: RawBuilder<string>) => (eb: Eb) => eb.and(foldText(text).split(/\s+/).filter(Boolean).map((wort) => sql<boolean>`strpos(${suchtext}, ${wort}) > 0`));

export async function listEingaenge(tx: ReadTx, filter: Filter) {
  let query = db.read(tx).selectFrom('posteingang.eingang').selectAll('posteingang.eingang').select(await eingangPolicy.spalten(tx, verdeckbar)).select(await eingangPolicy.rechte(tx)).where(await eingangPolicy.visible(tx, 'eingang.sehen'));
  query = filter.status?.length ? query.where('status', 'in', filter.status) : query.where(istOffen);
  if (filter.kanal?.length) query = query.where('kanal', 'in', filter.kanal);
  if (filter.organisationseinheitId?.length) query = query.where('organisationseinheit_id', 'in', filter.organisationseinheitId);
  if (filter.von) query = query.where(tagVon, '>=', filter.von);
  if (filter.bis) query = query.where(tagVon, '<=', filter.bis);
  if (filter.ueberfaellig) query = query.where(istUeberfaellig);
  if (filter.meine) query = query.where('bearbeiter_id', '=', wessen(tx.ctx.akteur));
  if (filter.dubletten) query = query.where('dublette_von', 'is not', null);
  if (filter.text) query = query.where(passt(filter.text, await eingangPolicy.lesbar(tx, 'suchtext')));
  const { rows, ...rest } = await paginate(query, { sort: { eingegangen: 'posteingang.eingang.eingegangen', absender: await eingangPolicy.lesbar(tx, 'absender'), betreff: await eingangPolicy.lesbar(tx, 'betreff') }, id: 'posteingang.eingang.id' }, filter);
  await eingangPolicy.noteGezeigt(tx, rows);
  const vorschlaege = await readVorschlaege(tx, rows.map((r) => r.id));
  const bezuege = await readBezuege(tx, rows, vorschlaege);
  return { eintraege: rows.map((row) => presentZeile(row, bezuege, row.rechte.includes('eingang.lesen') ? presentVorschlaege(vorschlaege.filter((v) => v.eingang_id === row.id), bezuege) : [])), ...rest };
}

/** Proposed is only what nobody has said yet. */
function offeneFelder(row: EingangRow, felder: readonly Feldvorschlag[]): Feldvorschlag[] {
  const gesagt: Partial<Record<Feldvorschlag['feld'], boolean>> = {
    organisationseinheit: false, betreff: row.betreff !== betreffAus(row.dateiname), absender: row.absender !== '', datumDesSchreibens: row.datum_des_schreibens !== null, fremdesGeschaeftszeichen: row.fremdes_geschaeftszeichen !== null,
    dokumenttyp: row.dokumenttyp !== null, frist: row.frist !== null, betrag: row.betrag !== null,
  };
  return row.status === 'zugeordnet' ? [] : felder.filter((f) => !gesagt[f.feld]);
}

export async function getEingang(tx: ReadTx, id: string): Promise<Eingang> {
  const row = await eingangPolicy.authorize(tx, 'eingang.sehen', id);
  const rows = await readVorschlaege(tx, [id]);
  const bezuege = await readBezuege(tx, [row], rows);
  const vorschlaege = presentVorschlaege(rows, bezuege);
  const lesbar = row.rechte.includes('eingang.lesen') && row.status !== 'vernichtet';
  const stapel = row.stapel_id === null || !lesbar ? undefined : await db.read(tx).selectFrom('posteingang.stapel').select(['inhalt_id', 'seiten']).where('id', '=', row.stapel_id).executeTakeFirst();
  const anlagen = lesbar ? [...bezuege.mitgelieferte.get(id) ?? [], ...bezuege.anlagen.get(row.inhalt_id) ?? []] : [];
  return {
    ...presentZeile(row, bezuege, vorschlaege), inhaltId: lesbar ? InhaltId.parse(row.inhalt_id) : null, sha256: row.sha256, absenderArt: row.absender_art, bemerkung: row.bemerkung,
    stapel: stapel ? { inhaltId: InhaltId.parse(stapel.inhalt_id), von: row.seite_von!, bis: row.seite_bis!, seiten: stapel.seiten } : null,
    anlagenliste: anlagen.map(({ inhaltId, dateiname, mime, groesse }) => ({ inhaltId, dateiname, mime, groesse: Number(groesse) })),
    vorschlaege: lesbar ? vorschlaege : [], vorschlag: lesbar ? vorschlaege[0] ?? null : null,
    felder: lesbar ? offeneFelder(row, await presentFelder(tx, await readStimmen(tx, [id]))) : [], dokumenttyp: row.dokumenttyp, frist: row.frist, betrag: row.betrag,
    erledigt: row.erledigt, erledigtVon: row.erledigt_von === null ? null : bezuege.personen.get(row.erledigt_von) as Eingang['erledigtVon'] ?? null, zurueckweisungsgrund: row.zurueckweisungsgrund,
    weiterleitung: row.versandweg === null ? null : { empfaenger: row.empfaenger ?? '', versandweg: row.versandweg, grund: row.weiterleitungsgrund ?? '' }, vernichtet: row.vernichtet,
  };
}

type Zahl = { kanal: Kanal; status: EingangRow['status']; organisationseinheit_id: string; von_heute: boolean; ueberfaellig: boolean; meins: boolean; n: number };
/** Exact figures of what the Akteur may see: what is open, and what came in today; received = filed + rejected + sent on + open (PE-03). */
export async function getPosteingang(tx: ReadTx, { organisationseinheitId }: z.output<typeof api.getPosteingang.query>) {
  const vonHeute = sql<boolean>`posteingang.eingang.eingegangen >= current_date::timestamptz`;
  const zaehle = async (welche: RawBuilder<boolean>) => db.read(tx).selectFrom('posteingang.eingang')
    .select(['kanal', 'status', 'organisationseinheit_id', vonHeute.as('von_heute'), istUeberfaellig.as('ueberfaellig'), sql<boolean>`coalesce(posteingang.eingang.bearbeiter_id::text = ${wessen(tx.ctx.akteur)}, false)`.as('meins'), (eb) => eb.fn.countAll<number>().as('n')])
    .where(welche).where(await eingangPolicy.visible(tx, 'eingang.sehen')).$if(Boolean(organisationseinheitId?.length), (q) => q.where('organisationseinheit_id', 'in', organisationseinheitId!))
    .groupBy(['kanal', 'status', 'organisationseinheit_id', 'von_heute', 'ueberfaellig', 'meins']).execute() as Promise<Zahl[]>;
  const offeneRows = await zaehle(istOffen);
  const rows = [...offeneRows, ...await zaehle(sql<boolean>`${vonHeute} and not ${istOffen}`)];
  const sum = (von: readonly Zahl[], which: (r: Zahl) => boolean = () => true) => von.filter(which).reduce((n, r) => n + Number(r.n), 0);
  const oes = await getOrganisationseinheitenKurz(tx, offeneRows.map((r) => r.organisationseinheit_id));
  const je = <K extends string>(key: (r: Zahl) => K) => [...Map.groupBy(offeneRows, key)].map(([k, gleiche]) => ({ key: k, anzahl: sum(gleiche) }));
  const heutige = rows.filter((r) => r.von_heute);
  const mit = (...status: EingangRow['status'][]) => sum(heutige, (r) => status.includes(r.status));
  return {
    // what is destroyed today came long ago
    heute: { eingegangen: sum(heutige), abgelegt: mit('zugeordnet'), zurueckgewiesen: mit('zurueckgewiesen', 'vernichtet'), weitergeleitet: mit('weitergeleitet'), offen: mit(...offene) },
    offen: sum(offeneRows), ueberfaellig: sum(offeneRows, (r) => r.ueberfaellig), inMeinerHand: sum(offeneRows, (r) => r.meins),
    offenJeKanal: je((r) => r.kanal).map(({ key, anzahl }) => ({ kanal: key, anzahl })).toSorted((a, b) => b.anzahl - a.anzahl),
    offenJeKorb: je((r) => r.organisationseinheit_id).flatMap(({ key, anzahl }) => { const oe = oes.get(key); return oe ? [{ organisationseinheit: oe as never, anzahl }] : []; })
      .toSorted((a: { organisationseinheit: { kennzeichen: string } }, b: { organisationseinheit: { kennzeichen: string } }) => a.organisationseinheit.kennzeichen.localeCompare(b.organisationseinheit.kennzeichen, 'de', { numeric: true })),
  };
}

/** Where the proposals of an Eingang lead, for modules that act on them. */
export async function getVorschlagsorte(tx: ReadTx, eingangId: string): Promise<{ art: Vorschlag['art']; akteId: string; vorgangId: string | null }[]> {
  return (await readVorschlaege(tx, [eingangId])).map((v) => ({ art: v.art as Vorschlag['art'], akteId: v.akte_id, vorgangId: v.vorgang_id }));
}
