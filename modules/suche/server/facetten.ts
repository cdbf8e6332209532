import type { z } from 'zod';
import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { Facettenanfrage, Suchfacetten } from '../contract.ts';
import { zaehle, type Zahl } from './finden.ts';
import { bestimmeUmfang } from './suchen.ts';
import { bereiteVor, frageIn } from './vorhaben.ts';

/** Facets as `suche.zaehle` numbers them: the bits of the columns that a row of the answer is not grouped by. */
const SPALTEN = ['typ', 'art', 'status', 'aktenplan', 'organisationseinheit', 'zeit'] as const;
type Spalte = (typeof SPALTEN)[number];
const ALLE = 63;
/** The bit by which a row says that it does not pass the filter of this facet. */
const BIT: Record<Spalte, number> = { typ: 1, art: 2, status: 4, aktenplan: 8, organisationseinheit: 16, zeit: 32 };

/** Exact numbers under rights: all hits, and each facet's values. */
export async function getSuchfacetten(tx: ReadTx, input: z.output<typeof Facettenanfrage>): Promise<z.input<typeof Suchfacetten>> {
  const v = await bereiteVor(tx, input);
  const leer = v.leer && !v.kennzeichen;
  const umfang = input.umfang ?? (leer || !v.begriffe.length ? 'genau' : await bestimmeUmfang(tx, v));
  const frage = leer || !v.begriffe.length ? undefined : await frageIn(tx, v, umfang);
  const zahlen = leer ? [] : await zaehle(tx, frage, v.sicht, v.filter, heute());

  /** Values of a facet: rows that pass every other filter. */
  const werte = (spalte: Spalte) => {
    const bit = BIT[spalte];
    const summe = new Map<string, number>();
    for (const z of zahlen) if (z.facette === ALLE - (32 >> SPALTEN.indexOf(spalte)) && z.wert !== null && (z.fehlt & ~bit) === 0) summe.set(z.wert, (summe.get(z.wert) ?? 0) + Number(z.anzahl));
    return summe;
  };
  const liste = (spalte: Spalte, bezeichnung: (wert: string) => string) =>
    [...werte(spalte)].map(([wert, anzahl]) => ({ wert, bezeichnung: bezeichnung(wert), anzahl })).sort((a, b) => b.anzahl - a.anzahl || (a.bezeichnung < b.bezeichnung ? -1 : 1));
  const labels = new Map(tx.extensions('suchobjekt').map((a) => [a.typ, a.label]));
  const oes = await getOrganisationseinheitenKurz(tx, [...werte('organisationseinheit').keys()]);
  const zeit = [...werte('zeit')];
  const jahre = Map.groupBy(zeit, ([wert]) => wert.slice(0, -1));
  return {
    gesamt: gesamtVon(zahlen), umfang,
    typ: liste('typ', (w) => labels.get(w) ?? w), art: liste('art', (w) => w), status: liste('status', (w) => w),
    aktenplan: await aktenplan(tx, werte('aktenplan')),
    organisationseinheit: liste('organisationseinheit', (w) => { const oe = oes.get(w); return oe ? `${oe.kennzeichen} ${oe.bezeichnung}` : w; }),
    jahr: [...jahre].map(([wert, teile]) => ({ wert, bezeichnung: wert, anzahl: teile.reduce((n, [, a]) => n + a, 0) })).sort((a, b) => Number(b.wert) - Number(a.wert)),
    letzte30Tage: zeit.reduce((n, [wert, anzahl]) => n + (wert.endsWith('1') ? anzahl : 0), 0),
  };
}
const gesamtVon = (zahlen: readonly Zahl[]) => zahlen.reduce((n, z) => n + (z.facette === ALLE && z.fehlt === 0 ? Number(z.anzahl) : 0), 0);

/** A unit counts what lies in it and below it. */
async function aktenplan(tx: ReadTx, werte: ReadonlyMap<string, number>) {
  const einheiten = await getAktenplaneinheitenKurz(tx, [...werte.keys()]);
  const summe = new Map<string, { wert: string; kennzeichen: string; bezeichnung: string; tiefe: number; anzahl: number; weg: string }>();
  for (const [id, anzahl] of werte) {
    const e = einheiten.get(id);
    if (!e) continue;
    const weg = [...e.pfad.filter((p) => p.id !== id), { id, kennzeichen: e.kennzeichen, bezeichnung: e.bezeichnung }];
    weg.forEach((p, tiefe) => {
      const zeile = summe.get(p.id) ?? { wert: p.id, kennzeichen: p.kennzeichen, bezeichnung: p.bezeichnung, tiefe, anzahl: 0, weg: weg.slice(0, tiefe + 1).map((x) => x.kennzeichen).join('\u0001') };
      summe.set(p.id, { ...zeile, anzahl: zeile.anzahl + anzahl });
    });
  }
  return [...summe.values()].sort((a, b) => a.weg.localeCompare(b.weg, 'de', { numeric: true })).map(({ weg: _, ...zeile }) => zeile);
}
