import { useNavigate, useSearchParams } from 'react-router';
import { tagVon } from '#platform/web/zeit.ts';
import { api, type GespeicherteAnfrage } from '../contract.ts';
import type { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { inAllenHaeusern } from '#platform/haeuser-contract.ts';

/** The page asks every house that shares something; whom nobody shares anything with, it asks the own. */
export const ueberall = { search: inAllenHaeusern(api.search), getSuchfacetten: inAllenHaeusern(api.getSuchfacetten) };
export type Ergebnis = Answer<typeof ueberall.search>;
export type Facetten = Answer<typeof ueberall.getSuchfacetten>;
export type Trefferzeile = Ergebnis['eintraege'][number];

export const FILTER = ['haus', 'typ', 'art', 'status', 'aktenplaneinheitId', 'organisationseinheitId'] as const;
export type Filtername = (typeof FILTER)[number];
type Gespeichert = z.output<typeof GespeicherteAnfrage>;

/** The search as it stands in the address: what is mailed, kept and gone back to. */
export function useSuchzustand() {
  const [url] = useSearchParams();
  const navigate = useNavigate();
  const q = url.get('q') ?? '';
  const werte = (name: Filtername) => url.getAll(name);
  const [von, bis, akteId] = [url.get('von') ?? undefined, url.get('bis') ?? undefined, url.get('akteId') ?? undefined];
  const sort = url.get('sort') === 'relevanz' ? 'relevanz' as const : '-datum' as const;
  const cursor = url.get('cursor') ?? undefined;
  /** Any change begins at the first page. */
  const setze = (neu: Record<string, readonly string[] | string | undefined>) => {
    const ziel = new URLSearchParams(url);
    ziel.delete('cursor');
    for (const [name, wert] of Object.entries(neu)) { ziel.delete(name); for (const w of [wert ?? []].flat()) ziel.append(name, w); }
    void navigate({ pathname: '/suche', search: `?${ziel}` }, { state: { fokus: 'bleibt' } });
  };
  const filter = { ...Object.fromEntries(FILTER.flatMap((f) => (werte(f).length ? [[f, werte(f)]] : []))), ...(von && { von }), ...(bis && { bis }), ...(akteId && { akteId }) } as Partial<Gespeichert>;
  return {
    q, sort, cursor, von, bis, filter, werte, setze,
    gefiltert: Object.keys(filter).length > 0,
    gefragt: q !== '' || Object.keys(filter).length > 0,
    anfrage: { q, ...filter },
    wechsle: (name: Filtername, wert: string) => setze({ [name]: werte(name).includes(wert) ? werte(name).filter((w) => w !== wert) : [...werte(name), wert] }),
    filterLeeren: () => setze({ ...Object.fromEntries(FILTER.map((f) => [f, undefined])), von: undefined, bis: undefined, akteId: undefined }),
  };
}
export type Suchzustand = ReturnType<typeof useSuchzustand>;

export function adresseVon(a: Gespeichert): string {
  const ziel = new URLSearchParams();
  for (const [name, wert] of Object.entries(a)) for (const w of [wert ?? []].flat()) if (w !== '') ziel.append(name, String(w));
  return `/suche?${ziel}`;
}
export const vor30Tagen = () => tagVon(new Date(Date.now() - 30 * 86_400_000));
