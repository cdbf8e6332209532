import { sql } from 'kysely';
import { getVererbung, wirksameWerte, type Stufenwerte } from '#modules/aktenplan/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import type { Verdeckbar } from './akte/present.ts';
import { listKontakte } from './kontakt.ts';
import type { AkteRow, GemeinsamRow } from './metadaten.ts';
import { listFruehereKennzeichen, type NamenKarte } from './namen.ts';
import { readPfad, type Kette } from './pfad.ts';
import type { SchriftgutTables } from './tables.gen.ts';
import { readSperre } from './sperren.ts';
import { listVerweise } from './verweis.ts';

const db = tables<SchriftgutTables>();

/** What Akte, Vorgang and Dokument have beside their row, and the way to them. */
export async function readAllgemein(tx: ReadTx, typ: Objekttyp, { id, schutz_id, geschuetzt }: { id: string; schutz_id: string } & Verdeckbar, kette: Kette) {
  const [kontakte, verweise, fruehereKennzeichen, pfad, sperre] = await Promise.all([geschuetzt ? [] : listKontakte(tx, typ, id), geschuetzt ? [] : listVerweise(tx, typ, id), listFruehereKennzeichen(tx, typ, id), readPfad(tx, kette), readSperre(tx, schutz_id)]);
  return { kontakte, verweise, fruehereKennzeichen, pfad, sperre };
}
export type Allgemein = Awaited<ReturnType<typeof readAllgemein>>;

type Ort = { aktenfuehrungId: string; einheitId: string };
/** The part of the answer that Akte, Vorgang and Dokument share beyond a row of a list. `ort`: the effective values. */
export function presentAllgemein(r: Omit<GemeinsamRow, 'mandant_id' | 'federfuehrung_id' | 'aktenfuehrung_id'>, { kontakte, verweise, fruehereKennzeichen, pfad, sperre }: Allgemein, ort: Ort, namen: NamenKarte) {
  return {
    bemerkung: r.bemerkung, standort: r.standort, aktenfuehrung: namen.stelle(ort.aktenfuehrungId),
    geheimhaltung: {
      grad: r.geheimhaltungsgrad, einstufungsfrist: r.geheimhaltung_frist, eingestuftAm: r.geheimhaltung_eingestuft_am, herausgeber: r.geheimhaltung_herausgeber,
      endetAm: r.geheimhaltung_endet_am, bemerkung: r.geheimhaltung_bemerkung,
    },
    datenschutzstufe: r.datenschutzstufe, datenschutzstufeCode: r.datenschutzstufe_code, felder: r.felder, erweiterungenXml: r.erweiterungen_xml,
    sperre, kontakte, verweise, fruehereKennzeichen, pfad: [...namen.planpfad(ort.einheitId).map((e) => ({ typ: 'aktenplaneinheit' as const, ...e })), ...pfad],
    schutzId: r.schutz_id, schutzEigen: r.schutz_eigen, erstelltVon: namen.person(r.erstellt_von),
    storno: r.storniert_am === null ? null : { am: r.storniert_am, von: namen.person(r.storniert_von), grund: r.storno_grund ?? '' },
  };
}

type MitAussonderung = Pick<AkteRow, 'id' | 'aussonderungsart' | 'aussonderungsart_begruendung' | 'aufbewahrungsdauer' | 'aufbewahrung_unbefristet' | 'aufbewahrung_begruendung'
  | 'aussonderung_kennung' | 'bewertungsvorschlag' | 'bewertungsvorschlag_begruendung' | 'aufbewahrungsende' | 'transferfristende'>;
const stufe = (r: MitAussonderung, bezeichnung: string): Stufenwerte => ({
  id: r.id, bezeichnung,
  werte: { aussonderungsart: r.aussonderungsart, aufbewahrungsdauer: r.aufbewahrung_unbefristet ? 'unbefristet' : r.aufbewahrungsdauer, vertraulichkeit: null, schutzklasse: null },
  gruende: { ...(r.aussonderungsart_begruendung !== null && { aussonderungsart: r.aussonderungsart_begruendung }), ...(r.aufbewahrung_begruendung !== null && { aufbewahrungsdauer: r.aufbewahrung_begruendung }) },
});

/** What the Aktenplaneinheit, the Akte, its Teilakte and the Vorgänge on the way down say (AP-05), the object itself last. */
export async function vererbungOf(tx: ReadTx, { einheitId, akteId, vorgangId = null }: { einheitId: string; akteId: string; vorgangId?: string | null }): Promise<Stufenwerte[]> {
  const m = tx.ctx.mandantId;
  const akten = db.read(tx)
    .withRecursive('auf', () => sql<{ id: string; parent_id: string | null; hoehe: number }>`(select a.id, a.parent_id, 0 as hoehe from schriftgut.akte a where a.mandant_id = ${m} and a.id = ${akteId} union all
      select a.id, a.parent_id, auf.hoehe + 1 from auf join schriftgut.akte a on a.mandant_id = ${m} and a.id = auf.parent_id)`)
    .selectFrom('schriftgut.akte').innerJoin('auf', 'auf.id', 'schriftgut.akte.id').selectAll('schriftgut.akte').orderBy('auf.hoehe', 'desc').execute();
  const vorgaenge = vorgangId === null ? [] : db.read(tx)
    .withRecursive('auf', () => sql<{ id: string; parent_id: string | null; hoehe: number }>`(select v.id, v.parent_id, 0 as hoehe from schriftgut.vorgang v where v.mandant_id = ${m} and v.id = ${vorgangId} union all
      select v.id, v.parent_id, auf.hoehe + 1 from auf join schriftgut.vorgang v on v.mandant_id = ${m} and v.id = auf.parent_id)`)
    .selectFrom('schriftgut.vorgang').innerJoin('auf', 'auf.id', 'schriftgut.vorgang.id').selectAll('schriftgut.vorgang').orderBy('auf.hoehe', 'desc').execute();
  const [plan, oben, unten] = await Promise.all([getVererbung(tx, [einheitId]), akten, vorgaenge]);
  return [...plan.get(einheitId) ?? [], ...oben.map((a) => stufe(a, `Akte ${a.aktenzeichen}`)), ...unten.map(stufeDesVorgangs)];
}
export const stufeDesVorgangs = (v: MitAussonderung & { kennzeichen: string }): Stufenwerte => stufe(v, `Vorgang ${v.kennzeichen}`);

export function presentAussonderung(r: MitAussonderung, kette: readonly Stufenwerte[]) {
  const wirksam = wirksameWerte(kette);
  return {
    aussonderung: {
      art: wirksam.aussonderungsart, aufbewahrung: wirksam.aufbewahrungsdauer, kennung: r.aussonderung_kennung, bewertungsvorschlag: r.bewertungsvorschlag,
      bewertungsvorschlagBegruendung: r.bewertungsvorschlag_begruendung, aufbewahrungsende: r.aufbewahrungsende, transferfristende: r.transferfristende,
    },
  };
}

/** MD-02: from the first to the last letter in it, unless somebody has set it otherwise. */
export async function readLaufzeit(tx: ReadTx, r: Pick<AkteRow, 'laufzeit_beginn' | 'laufzeit_ende'>, ort: { akten: readonly string[] } | { vorgaenge: readonly string[] }) {
  const of = db.read(tx).selectFrom('schriftgut.dokument').select((eb) => [eb.fn.min('datum_des_schreibens').as('beginn'), eb.fn.max('datum_des_schreibens').as('ende')]).where('storniert_am', 'is', null).where('parent_id', 'is', null);
  const both = r.laufzeit_beginn !== null && r.laufzeit_ende !== null;
  const berechnet = both ? undefined : await ('akten' in ort ? of.where('akte_id', 'in', [...ort.akten]) : of.where('vorgang_id', 'in', [...ort.vorgaenge])).executeTakeFirst();
  return {
    beginn: r.laufzeit_beginn ?? berechnet?.beginn ?? null, ende: r.laufzeit_ende ?? berechnet?.ende ?? null,
    beginnUebersteuert: r.laufzeit_beginn !== null, endeUebersteuert: r.laufzeit_ende !== null,
  };
}
