import type { z } from 'zod';
import type { Haus } from '#platform/haeuser-contract.ts';
import type { Haeuserliste } from '#platform/server/module.ts';
import type { Facettenanfrage, Suchanfrage, Suchergebnis, Suchfacetten } from '../contract.ts';

type Ergebnis = z.input<typeof Suchergebnis>;
type Facetten = z.input<typeof Suchfacetten>;
const STUFEN = ['kennzeichen', 'genau', 'teile', 'aehnlich'] as const;
const weitester = (antworten: readonly { umfang: Ergebnis['umfang'] }[], input: { umfang?: Ergebnis['umfang'] | undefined }) =>
  antworten.map((a) => a.umfang).reduce((w, u) => (STUFEN.indexOf(u) > STUFEN.indexOf(w) ? u : w), input.umfang ?? 'genau');

/** By how widely they were found, then the newest first; by relevance house after house, for ranks of different houses do not compare. */
export const trefferliste: Haeuserliste<Ergebnis, z.output<typeof Suchanfrage>> = {
  ordnung: (a, b, { sort, q }) => STUFEN.indexOf(a.umfang) - STUFEN.indexOf(b.umfang) || (sort === 'relevanz' && q ? 0 : a.datum < b.datum ? 1 : a.datum > b.datum ? -1 : 0),
  fasse: (antworten, query) => ({
    umfang: weitester(antworten, query), kennzeichen: antworten.find((a) => a.kennzeichen !== null)?.kennzeichen ?? null, hoechstens: antworten.find((a) => a.hoechstens !== null)?.hoechstens ?? null,
  }),
};

/** The same value of several houses is one; units and offices are each house's own and say so. */
function summiere<W extends { wert: string; anzahl: number }>(listen: readonly (readonly W[])[]): W[] {
  const summe = new Map<string, W>();
  for (const w of listen.flat()) summe.set(w.wert, { ...w, anzahl: w.anzahl + (summe.get(w.wert)?.anzahl ?? 0) });
  return [...summe.values()];
}
const mitHaus = (haus: Haus | null | undefined) => <W extends { bezeichnung: string }>(w: W): W => (haus ? { ...w, bezeichnung: `${w.bezeichnung} (${haus.kuerzel})` } : w);
const haeufigste = (listen: Parameters<typeof summiere<Facetten['typ'][number]>>[0]) => summiere(listen).sort((a, b) => b.anzahl - a.anzahl || (a.bezeichnung < b.bezeichnung ? -1 : 1));

export const facettensumme: Haeuserliste<Facetten, z.output<typeof Facettenanfrage>> = {
  fasse: (antworten, query, haeuser) => ({
    gesamt: antworten.reduce((n, a) => n + a.gesamt, 0), umfang: weitester(antworten, query),
    typ: haeufigste(antworten.map((a) => a.typ)), art: haeufigste(antworten.map((a) => a.art)), status: haeufigste(antworten.map((a) => a.status)),
    aktenplan: summiere(antworten.map((a, i) => a.aktenplan.map(mitHaus(haeuser[i])))), organisationseinheit: haeufigste(antworten.map((a, i) => a.organisationseinheit.map(mitHaus(haeuser[i])))),
    jahr: summiere(antworten.map((a) => a.jahr)).sort((a, b) => Number(b.wert) - Number(a.wert)), letzte30Tage: antworten.reduce((n, a) => n + a.letzte30Tage, 0),
  }),
};
