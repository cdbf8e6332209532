import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { getAktenKurz } from '#modules/schriftgut/server/index.ts';
import { passageUm, readEichung, sicherheitVon, vereine, type Stimme } from '#modules/vorschlagswesen/server/index.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Feldvorschlag } from '../contract.ts';
import { eingangPolicy } from './policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
/** A voice with the words around it, so that reading it needs no text. */
export type NeueStimme = Omit<Stimme, 'stelle'> & { stelle: { passage: string; von: number; bis: number; seite: number | null } | null };
export type GeleseneStimme = NeueStimme & { eingangId: string };

export const mitPassage = (stimmen: readonly Stimme[], text: string, seiteVon: (stelle: number) => number | null): NeueStimme[] =>
  stimmen.map(({ stelle, ...s }) => ({ ...s, stelle: stelle && { ...passageUm(text, stelle.von, stelle.bis), seite: seiteVon(stelle.von) } }));

export async function storeStimmen(tx: WriteTx, eingangId: string, stimmen: readonly NeueStimme[]): Promise<void> {
  await db.write(tx).deleteFrom('posteingang.stimme').where('eingang_id', '=', eingangId).execute();
  if (stimmen.length) await db.write(tx).insertInto('posteingang.stimme').values(stimmen.map((s, i) => ({
    eingang_id: eingangId, nummer: i + 1, feld: s.feld, wert: s.wert.slice(0, 500), quelle: s.quelle, stufe: s.stufe, grund: s.grund.slice(0, 300), passage: s.stelle?.passage ?? null, von: s.stelle?.von ?? null, bis: s.stelle?.bis ?? null, seite: s.stelle?.seite ?? null,
    akte_id: s.nurMit && 'akteId' in s.nurMit ? s.nurMit.akteId : null, korb_id: s.nurMit && 'korbId' in s.nurMit ? s.nurMit.korbId : null,
  }))).execute();
}
export async function readStimmen(tx: ReadTx, eingangIds: readonly string[]): Promise<GeleseneStimme[]> {
  if (!eingangIds.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.stimme').selectAll().where('eingang_id', 'in', [...eingangIds]).orderBy('eingang_id').orderBy('nummer').execute();
  return rows.map((r) => ({
    eingangId: r.eingang_id, feld: r.feld as Stimme['feld'], wert: r.wert, quelle: r.quelle, stufe: r.stufe, grund: r.grund, stelle: r.passage === null ? null : { passage: r.passage, von: r.von!, bis: r.bis!, seite: r.seite },
    ...(r.akte_id !== null && { nurMit: { akteId: r.akte_id } }), ...(r.korb_id !== null && { nurMit: { korbId: r.korb_id } }),
  }));
}

/** Only voices the Akteur may hear: that an Akte exists, and to whom somebody writes, is told to nobody who could not see it there. */
async function hoerbare<S extends Pick<Stimme, 'nurMit'>>(tx: ReadTx, stimmen: readonly S[]): Promise<S[]> {
  const akteIds = stimmen.flatMap((s) => (s.nurMit && 'akteId' in s.nurMit ? [s.nurMit.akteId] : [])), korbIds = stimmen.flatMap((s) => (s.nurMit && 'korbId' in s.nurMit ? [s.nurMit.korbId] : []));
  const akten = akteIds.length ? await getAktenKurz(tx, akteIds) : new Map<string, unknown>();
  const koerbe = new Set(korbIds.length ? (await db.read(tx).selectFrom('posteingang.eingang').select('organisationseinheit_id').distinct().where('organisationseinheit_id', 'in', [...new Set(korbIds)]).where(await eingangPolicy.visible(tx, 'eingang.sehen')).execute()).map((r) => r.organisationseinheit_id) : []);
  return stimmen.filter((s) => !s.nurMit || ('akteId' in s.nurMit ? akten.has(s.nurMit.akteId) : koerbe.has(s.nurMit.korbId)));
}

const euro = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });
const MAX_GRUENDE = 3;
/** One proposal for each field of which enough is known; a field that is missing is one of which the machine says »weiß nicht«. */
export async function presentFelder(tx: ReadTx, alle: readonly NeueStimme[]): Promise<Feldvorschlag[]> {
  if (!alle.length) return [];
  const stimmen = await hoerbare(tx, alle);
  const eichung = await readEichung(tx);
  const oes = await getOrganisationseinheitenKurz(tx, stimmen.filter((s) => s.feld === 'organisationseinheit').map((s) => s.wert));
  const einheiten = await getAktenplaneinheitenKurz(tx, stimmen.filter((s) => s.feld === 'aktenplaneinheit').map((s) => s.wert));
  const nameVon = (feld: string, wert: string): string | undefined => {
    if (feld === 'organisationseinheit') { const o = oes.get(wert); return o && `${o.kennzeichen} ${o.bezeichnung}`; }
    if (feld === 'aktenplaneinheit') { const e = einheiten.get(wert); return e && `${e.kennzeichen} ${e.bezeichnung}`; }
    if (feld === 'betrag') return euro.format(Number(wert));
    if (feld === 'frist' || feld === 'datumDesSchreibens') return `${wert.slice(8, 10)}.${wert.slice(5, 7)}.${wert.slice(0, 4)}`;
    return wert;
  };
  return [...Map.groupBy(stimmen, (s) => s.feld)].flatMap(([feld, eigene]) => {
    const [bester] = vereine(feld, eigene as unknown as Stimme[], eichung);
    const sicherheit = bester && sicherheitVon(feld, bester.konfidenz), anzeige = bester && nameVon(feld, bester.wert);
    if (!bester || !sicherheit || anzeige === undefined) return [];
    const fund = (bester.stimmen as unknown as NeueStimme[]).find((s) => s.stelle)?.stelle;
    return [{
      feld, wert: bester.wert, anzeige, sicherheit, konfidenz: Math.round(bester.konfidenz * 100) / 100, gruende: [...new Set(bester.stimmen.map((s) => s.grund))].slice(0, MAX_GRUENDE),
      fund: fund ? { gefunden: fund.passage.slice(fund.von, fund.bis), passage: fund.passage, stelle: [fund.von, fund.bis] as [number, number], seite: fund.seite } : null,
    }];
  });
}
