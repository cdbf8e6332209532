import { z } from 'zod';
import { getAufbereitungen, getSeitentexte } from '#modules/aufbereitung/server/index.ts';
import { getInhalte } from '#modules/ablage/server/index.ts';
import { getAktenorte, getDokumentorte } from '#modules/schriftgut/server/index.ts';
import { absenderschluessel, addBeispiel, addErfahrungen, addErgebnisse, forgetBeispiele, gleichform, merkmaleVon, readEichung, salzVon, sicherheitVon, vereine, type Ausgang, type Ergebnis, type Stimme } from '#modules/vorschlagswesen/server/index.ts';
import { felder as alleFelder, type Feld } from '#modules/vorschlagswesen/contract.ts';
import { getKlassen } from '#modules/zugriff/server/index.ts';
import { EreignisPayloadSchema } from '#platform/server/jobs.ts';
import { job } from '#platform/server/module.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { readStimmen } from './felder.ts';
import type { EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
type Werte = Partial<Record<Feld, string | null>>;
type Lehre = { eingangId: string; vergiss: true } | { eingangId: string; vergiss: false; text: string; absender: string; ziel: { organisationseinheit: string; aktenplaneinheit: string; akte: string; vorgang: string | null; dokumenttyp: string | null } };
/** What came of one filing: said once, at the moment of filing. */
type Bilanz = { eingangId: string; organisationseinheitId: string; ausgaenge: Ausgang[]; ergebnisse: Ergebnis[] };

const MAX_TEXT = 60_000;

/** What an Eingang teaches now: where its Dokument lies today. Nothing, and no more, where it is protected, cancelled or gone. */
async function readLehre(tx: ReadTx, row: EingangRow): Promise<Lehre> {
  const vergiss = { eingangId: row.id, vergiss: true as const };
  const ort = row.dokument_id === null ? undefined : (await getDokumentorte(tx, [row.dokument_id])).get(row.dokument_id);
  const akte = ort && (await getAktenorte(tx, [ort.akteId])).get(ort.akteId);
  if (row.status !== 'zugeordnet' || !ort || !akte || ort.storniert) return vergiss;
  // need to know: what a class protects must not show through what it has taught
  if ((await getKlassen(tx, [row.schutz_id, ort.schutzId, ...(row.ablage_schutz_id === null ? [] : [row.ablage_schutz_id])])).size) return vergiss;
  const inhalt = (await getInhalte(tx, [row.inhalt_id])).get(row.inhalt_id);
  const mail = inhalt ? (await getAufbereitungen(tx, [inhalt])).get(row.inhalt_id)?.mail ?? null : null;
  const text = [mail?.betreff ?? '', ...(await getSeitentexte(tx, row.inhalt_id)).map((s) => s.text)].join('\n\n').slice(0, MAX_TEXT).trim();
  if (!text) return vergiss; // not read yet: it comes again when it is
  return { eingangId: row.id, vergiss: false, text, absender: row.absender, ziel: { organisationseinheit: akte.federfuehrungId, aktenplaneinheit: akte.aktenplaneinheitId, akte: ort.akteId, vorgang: ort.vorgangId, dokumenttyp: row.dokumenttyp } };
}

const gleich = (feld: Feld, a: string, b: string) => (feld === 'absender' || feld === 'betreff' || feld === 'fremdesGeschaeftszeichen' ? gleichform(a) === gleichform(b) : feld === 'betrag' ? Number(a) === Number(b) : a === b);
/** Every voice is measured by what people chose, those below the threshold as well; the facts count what was shown. */
async function readBilanz(tx: ReadTx, row: EingangRow): Promise<Bilanz | undefined> {
  if (row.status !== 'zugeordnet' || row.akte_id === null) return undefined;
  const akte = (await getAktenorte(tx, [row.akte_id])).get(row.akte_id);
  const werte: Werte = {
    organisationseinheit: akte?.federfuehrungId ?? null, akte: row.akte_id, aktenplaneinheit: akte?.aktenplaneinheitId ?? null, dokumenttyp: row.dokumenttyp, betreff: row.betreff, absender: row.absender || null,
    datumDesSchreibens: row.datum_des_schreibens, fremdesGeschaeftszeichen: row.fremdes_geschaeftszeichen, frist: row.frist, betrag: row.betrag,
  };
  const akten = await db.read(tx).selectFrom('posteingang.vorschlag').select(['akte_id', 'quelle']).where('eingang_id', '=', row.id).orderBy('nummer').execute();
  const stimmen: Stimme[] = [...(await readStimmen(tx, [row.id])).map((s) => ({ ...s, stelle: null })), ...akten.map((a) => ({ feld: 'akte' as const, wert: a.akte_id, quelle: a.quelle, stufe: 0, grund: '', stelle: null }))];
  const eichung = await readEichung(tx);
  const ausgaenge: Ausgang[] = [], ergebnisse: Ergebnis[] = [];
  for (const feld of alleFelder) {
    const wahr = werte[feld], eigene = stimmen.filter((s) => s.feld === feld);
    if (wahr === null || wahr === undefined) continue; // nobody said anything: neither right nor wrong
    for (const s of eigene) ausgaenge.push({ feld, quelle: s.quelle, stufe: s.stufe, richtig: gleich(feld, s.wert, wahr) });
    const [bester] = vereine(feld, eigene, eichung);
    const gezeigt = bester && sicherheitVon(feld, bester.konfidenz) !== null;
    ergebnisse.push({ feld, ausgang: !gezeigt ? 'weiss_nicht' : gleich(feld, bester.wert, wahr) ? 'uebernommen' : 'berichtigt', konfidenz: bester?.konfidenz ?? null });
  }
  return { eingangId: row.id, organisationseinheitId: row.organisationseinheit_id, ausgaenge, ergebnisse };
}

async function storeLehre(tx: WriteTx, lehre: Lehre) {
  if (lehre.vergiss) { await forgetBeispiele(tx, [lehre.eingangId]); return; }
  const salz = salzVon(tx.ctx.mandantId);
  await addBeispiel(tx, { objektId: lehre.eingangId, merkmale: merkmaleVon(lehre.text, salz, [lehre.absender]).nummern, absender: absenderschluessel(lehre.absender, salz), ziel: lehre.ziel });
}
async function load(tx: ReadTx, rows: readonly EingangRow[], mitBilanz: boolean) {
  const lehren: Lehre[] = [], bilanzen: Bilanz[] = [];
  for (const row of rows) {
    lehren.push(await readLehre(tx, row));
    const bilanz = mitBilanz ? await readBilanz(tx, row) : undefined;
    if (bilanz) bilanzen.push(bilanz);
  }
  return { lehren, bilanzen };
}
async function store(tx: WriteTx, { lehren, bilanzen }: Awaited<ReturnType<typeof load>>) {
  for (const b of bilanzen) if (await addErgebnisse(tx, b.eingangId, b.organisationseinheitId, b.ergebnisse)) await addErfahrungen(tx, b.ausgaenge);
  for (const l of lehren) await storeLehre(tx, l);
}
const find = (tx: ReadTx, spalte: 'id' | 'inhalt_id' | 'dokument_id', ids: readonly string[] | undefined): Promise<EingangRow[]> =>
  ids?.length ? db.read(tx).selectFrom('posteingang.eingang').selectAll().where(spalte, 'in', [...ids]).execute() : Promise.resolve([]);

/** Filed, filed elsewhere, read only afterwards, cancelled, destroyed: what it teaches follows. */
export const lernen = job({
  name: 'posteingang.lernen', payload: EreignisPayloadSchema, rechte: [], priority: 3,
  async load(tx, { art, objekte }) {
    if (art === 'inhalt.aufbereitet') return load(tx, (await find(tx, 'inhalt_id', objekte.inhalt)).filter((r) => r.dokument_id !== null), false);
    if (art.startsWith('dokument.')) return load(tx, await find(tx, 'dokument_id', objekte.dokument), false);
    return load(tx, await find(tx, 'id', objekte.eingang), art === 'eingang.abgelegt');
  },
  work: async (_io, lehren) => lehren,
  store,
});
/** A class has come over it, or gone. */
export const nachlernen = job({
  name: 'posteingang.nachlernen', payload: z.object({ eingangIds: z.array(z.uuid()) }), rechte: [], priority: 3,
  load: async (tx, { eingangIds }) => load(tx, await find(tx, 'id', eingangIds), false),
  work: async (_io, lehren) => lehren,
  store,
});
export const lehrreich = ['eingang.abgelegt', 'eingang.vernichtet', 'inhalt.aufbereitet', 'dokument.verschoben', 'dokument.storniert'] as const;
