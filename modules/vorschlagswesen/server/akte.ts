import { findByAktenzeichenNorm } from '#modules/aktenplan/server/index.ts';
import { findByFremdemZeichen, findVorgaengeByKennzeichen } from '#modules/schriftgut/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { grenztAn, istBenannt, lesartenVon, nachbarnVon, nullenFehlen } from './lesen/aktenzeichen.ts';
import { findAktenzeichenKandidaten, fuegeZeilen, longest, type Zeichenfund } from './lesen/zeichen.ts';

export type Aktenart = 'aktenzeichen' | 'aehnlich' | 'fremdes_zeichen';
/** A place in the files that a text names, and by which way. */
export type Aktenfund = { art: Aktenart; quelle: string; akteId: string; vorgangId: string | null; gefunden: string; von: number; bis: number };
type Ort = { akteId: string; vorgangId: string | null; kennzeichen: string };
type Treffer = Zeichenfund & { quelle: string; orte: Ort[] };

/** Readings are asked for where something in a stretch looks misread; a digit for another only where the letter names it as a sign. */
function lesartenDer(text: string, kandidaten: readonly Zeichenfund[]) {
  const verdaechtig = (k: Zeichenfund) => /[OoQDIlisSBZzGb|]/.test(k.gefunden) || /\p{Nd} \p{Nd}|(?:19|20)\d{2}1?0\d{2}/u.test(k.gefunden);
  const ocr = kandidaten.filter(verdaechtig).slice(0, 400).flatMap((fund) => lesartenVon(fund.gefunden).map((norm) => ({ fund, norm, quelle: 'aktenzeichen_ocr' })));
  const nah = kandidaten.filter((k) => istBenannt(text, k.von)).slice(0, 20).flatMap((fund) => nachbarnVon(fund.gefunden).map((norm) => ({ fund, norm, quelle: 'aktenzeichen_naehe' })));
  return [...ocr, ...nah];
}

/** Who knows which signs exist: the database, or a list in memory where rules are measured. */
export type Register = {
  vorgaenge(norms: readonly string[]): Promise<{ norm: string; akteId: string; vorgangId: string | null; kennzeichen: string }[]>;
  akten(norms: readonly string[]): Promise<{ norm: string; objektId: string; aktenzeichen: string }[]>;
  fremde(zeichen: readonly string[]): Promise<{ zeichen: string; akteId: string; vorgangId: string | null }[]>;
};
/** All Akten and Vorgänge a text names, the surest first. Whoever shows them asks what the Akteur may see. */
export const proposeAkten = (tx: ReadTx, text: string, fremde: readonly Zeichenfund[]): Promise<Aktenfund[]> =>
  readAktenfunde(text, fremde, { vorgaenge: (norms) => findVorgaengeByKennzeichen(tx, norms), akten: (norms) => findByAktenzeichenNorm(tx, norms), fremde: (zeichen) => findByFremdemZeichen(tx, zeichen) });

export async function readAktenfunde(roh: string, fremde: readonly Zeichenfund[], register: Register): Promise<Aktenfund[]> {
  const text = fuegeZeilen(roh).replaceAll('|', 'l');
  const kandidaten = findAktenzeichenKandidaten(text);
  const lesarten = lesartenDer(text, kandidaten);
  const norms = [...new Set([...kandidaten.map((k) => k.schluessel), ...lesarten.map((l) => l.norm)])];
  const vorgaenge = Map.groupBy(await register.vorgaenge(norms), (f) => f.norm);
  const akten = Map.groupBy(await register.akten(norms), (f) => f.norm);
  const orte = (norm: string): Ort[] => vorgaenge.get(norm)?.map((v) => ({ akteId: v.akteId, vorgangId: v.vorgangId, kennzeichen: v.kennzeichen })) ?? (akten.get(norm) ?? []).map((a) => ({ akteId: a.objektId, vorgangId: null, kennzeichen: a.aktenzeichen }));

  const genau = kandidaten.flatMap((f): Treffer[] => { const o = orte(f.schluessel); return o.length ? [{ ...f, orte: o, quelle: grenztAn(text, f.von, f.bis) || o.every((x) => nullenFehlen(f.gefunden, x.kennzeichen)) ? 'aktenzeichen_angrenzend' : 'aktenzeichen' }] : []; });
  const gelesen = lesarten.flatMap(({ fund, norm, quelle }): Treffer[] => {
    const o = orte(norm);
    return o.length && !grenztAn(text, fund.von, fund.bis) && !o.every((x) => nullenFehlen(fund.gefunden, x.kennzeichen)) ? [{ ...fund, art: 'aehnlich', schluessel: norm, orte: o, quelle }] : [];
  });
  const zeichen = Map.groupBy(await register.fremde(fremde.map((f) => f.schluessel)), (f) => f.zeichen);
  const fremd = fremde.flatMap((f): Treffer[] => { const [o] = zeichen.get(f.schluessel) ?? []; return o ? [{ ...f, quelle: 'fremdes_zeichen', orte: [{ ...o, kennzeichen: '' }] }] : []; });
  return ordne(text, [...longest(eindeutig(genau, gelesen)), ...fremd]);
}

/** A stretch with two readings that both exist has none that can be trusted; one that exists as it is written needs none. */
function eindeutig(genau: readonly Treffer[], gelesen: readonly Treffer[]): Treffer[] {
  const sicher = (t: Treffer) => t.quelle === 'aktenzeichen';
  const neu = gelesen.filter((t) => !genau.some((g) => sicher(g) && g.von <= t.von && t.bis <= g.bis));
  return [...genau, ...neu.map((t) => {
    const gleiche = neu.filter((n) => n.von < t.bis && t.von < n.bis && n.quelle === t.quelle && n.bis - n.von === t.bis - t.von);
    return new Set(gleiche.map((n) => n.schluessel)).size > 1 ? { ...t, quelle: 'aktenzeichen_naehe' } : t;
  })];
}

const RANG: Readonly<Record<string, number>> = { aktenzeichen: 0, aktenzeichen_ocr: 1, aktenzeichen_mehrere: 2, fremdes_zeichen: 3, aktenzeichen_angrenzend: 4, aktenzeichen_naehe: 5 };
/** Several signs of different Akten in one letter: the one that is named as ours counts, the others are other Akten it speaks of. */
function ordne(text: string, treffer: readonly Treffer[]): Aktenfund[] {
  const eigene = treffer.filter((t) => t.quelle === 'aktenzeichen' || t.quelle === 'aktenzeichen_ocr');
  const akten = (liste: readonly Treffer[]) => new Set(liste.flatMap((t) => t.orte.map((o) => o.akteId)));
  const benannt = eigene.filter((t) => istBenannt(text, t.von));
  const mehrere = akten(eigene).size > 1, klar = akten(benannt).size === 1;
  const quelle = (t: Treffer) => (mehrere && eigene.includes(t) && !(klar && benannt.includes(t)) ? 'aktenzeichen_mehrere' : t.quelle);
  return treffer.flatMap((t) => t.orte.map((o) => ({ art: t.art, quelle: quelle(t), akteId: o.akteId, vorgangId: o.vorgangId, gefunden: t.gefunden, von: t.von, bis: t.bis })))
    .toSorted((a, b) => (RANG[a.quelle] ?? 9) - (RANG[b.quelle] ?? 9));
}
