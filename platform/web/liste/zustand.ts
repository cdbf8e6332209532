import { useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { Answer, CallInput, NamedOperation } from '../../contract.ts';
import { call } from '../client.ts';
import { useAbfrage } from '../daten.ts';

type Seite = { eintraege: readonly unknown[]; gesamt: number | null; weiter: string | null };
/** An operation with `listQuery` and `listAnswer`. */
export type ListOperation = NamedOperation & { readonly returns: z.ZodType<Seite> };
export type EintragVon<O extends ListOperation> = Answer<O> extends { eintraege: readonly (infer Z)[] } ? Z : never;

type Optionen = {
  params?: Record<string, string>;
  /** Names of the filters whose values stand in the URL. */
  filter?: readonly string[];
  /** Filters that the page sets and nobody changes. */
  fest?: Record<string, unknown>;
  proSeite?: number;
  /** When a page has two lists: `a.` makes `?a.sort=…`. */
  praefix?: string;
  aktiv?: boolean;
  /** Ask again every … ms. */
  alle?: number | false;
};

/** The orders a list allows, the first is the default: read from its contract. */
function ordnungen(operation: ListOperation): readonly string[] {
  const shape = (operation.query as unknown as { shape?: { sort?: { unwrap?(): { options?: readonly string[] } } } } | undefined)?.shape;
  return shape?.sort?.unwrap?.().options ?? [];
}

/** A list's state in the URL (sort, filters, page), its data, its selection, and all pages for an export. */
export function useListe<O extends ListOperation>(operation: O, { params, filter = [], fest, proSeite = 50, praefix = '', aktiv = true, alle = false }: Optionen = {}) {
  type Z = EintragVon<O>;
  const [suche] = useSearchParams();
  const navigate = useNavigate();
  const { pathname, state } = useLocation() as { pathname: string; state: { seiten?: string[] } | null };
  const erlaubt = useMemo(() => ordnungen(operation), [operation]);
  const lies = (name: string) => suche.getAll(praefix + name);

  const sort = lies('sort')[0] ?? erlaubt[0] ?? '';
  const cursor = lies('cursor')[0];
  const ab = Number(lies('ab')[0] ?? 0) || 0;
  const werte = Object.fromEntries(filter.flatMap((name) => { const w = lies(name); return w.length ? [[name, w.length === 1 ? w[0] : w]] : []; }));
  const query = { ...fest, ...werte, ...(sort && { sort }), limit: proSeite };
  const eingabe = (c: string | undefined) => ({ ...(params && { params }), query: { ...query, ...(c && { cursor: c }) } }) as CallInput<O>;
  const { data, error, isPending, isPlaceholderData, refetch } = useAbfrage(operation, eingabe(cursor), { behalte: true, aktiv, alle });
  const seite = data as (Seite & { eintraege: readonly Z[] }) | undefined;

  /** Writes into the URL; a change of filter or order begins at the first page. */
  const setze = (neu: Record<string, readonly string[] | string | undefined>, { verlauf = true, seiten }: { verlauf?: boolean; seiten?: string[] } = {}) => {
    const naechste = new URLSearchParams(suche);
    for (const name of ['cursor', 'ab', ...Object.keys(neu)]) naechste.delete(praefix + name);
    for (const [name, wert] of Object.entries(neu)) for (const w of [wert ?? []].flat()) if (w !== '') naechste.append(praefix + name, w);
    void navigate({ pathname, search: `?${naechste}` }, { replace: !verlauf, state: { fokus: 'bleibt', ...(seiten && { seiten }) } });
  };
  const seiten = state?.seiten ?? [];
  const auswahl = useAuswahl<Z>();
  return {
    eintraege: seite?.eintraege ?? [], gesamt: seite?.gesamt, laedt: isPending, alt: isPlaceholderData, fehler: error, nochmal: () => void refetch(),
    ab, proSeite, sort, erlaubt, werte, auswahl, antwort: data,
    filterwert: (name: string) => lies(name),
    gefiltert: Object.keys(werte).length > 0,
    setzeFilter: (name: string, wert: readonly string[] | string | undefined, sofort = true) => setze({ sort: lies('sort'), [name]: wert }, { verlauf: sofort }),
    filterLeeren: () => setze({ sort: lies('sort'), ...Object.fromEntries(filter.map((f) => [f, undefined])) }),
    setzeSort: (neu: string) => setze({ sort: neu === erlaubt[0] ? undefined : neu }),
    weiter: seite?.weiter ? () => setze({ cursor: seite.weiter!, ab: String(ab + proSeite) }, { seiten: [...seiten, cursor ?? ''] }) : undefined,
    // A page opened from a mailed address knows no page before it: then back is the beginning.
    zurueck: cursor ? () => { const vorige = seiten.at(-1); setze(vorige ? { cursor: vorige, ab: String(Math.max(0, ab - proSeite)) } : {}, { seiten: seiten.slice(0, -1) }); } : undefined,
    anfang: cursor ? () => setze({}) : undefined,
    /** All pages of what is filtered, for an export. */
    async alleEintraege(signal: AbortSignal, fortschritt: (geladen: number, gesamt: number | null) => void): Promise<Z[]> {
      const eintraege: Z[] = [];
      let naechster: string | undefined;
      do {
        const input = { ...(params && { params }), query: { ...query, limit: 200, ...(naechster && { cursor: naechster }) } } as CallInput<O>;
        const antwort = (await call(operation, input, signal)) as Seite;
        eintraege.push(...(antwort.eintraege as Z[]));
        fortschritt(eintraege.length, antwort.gesamt);
        naechster = antwort.weiter ?? undefined;
      } while (naechster);
      return eintraege;
    },
  };
}
export type ListenZustand<Z = any> = Omit<ReturnType<typeof useListe<ListOperation>>, 'eintraege' | 'auswahl' | 'alleEintraege'> & {
  eintraege: readonly Z[]; auswahl: Auswahl<Z>; alleEintraege(signal: AbortSignal, fortschritt: (geladen: number, gesamt: number | null) => void): Promise<Z[]>;
};

export type Auswahl<Z> = { anzahl: number; ids: string[]; eintraege: Z[]; hat(id: string): boolean; wechsle(id: string, eintrag: Z, bis?: { alle: readonly Z[]; idVon(z: Z): string }): void; setze(eintraege: readonly Z[], idVon: (z: Z) => string, an: boolean): void; leeren(): void };
/** What is chosen for a bulk action; it outlives a change of page. */
export function useAuswahl<Z>(): Auswahl<Z> {
  const [gewaehlt, setGewaehlt] = useState<ReadonlyMap<string, Z>>(new Map());
  const letzter = useRef<string>(undefined);
  return {
    anzahl: gewaehlt.size, ids: [...gewaehlt.keys()], eintraege: [...gewaehlt.values()], hat: (id) => gewaehlt.has(id),
    wechsle(id, eintrag, bis) {
      const neu = new Map(gewaehlt);
      const an = !gewaehlt.has(id);
      const [a, b] = bis ? [bis.alle.findIndex((z) => bis.idVon(z) === letzter.current), bis.alle.findIndex((z) => bis.idVon(z) === id)] : [-1, -1];
      const bereich = bis && a >= 0 ? bis.alle.slice(Math.min(a, b), Math.max(a, b) + 1).map((z) => [bis.idVon(z), z] as const) : [[id, eintrag] as const];
      for (const [i, z] of bereich) if (an) neu.set(i, z); else neu.delete(i);
      letzter.current = id;
      setGewaehlt(neu);
    },
    setze(eintraege, idVon, an) {
      const neu = new Map(gewaehlt);
      for (const z of eintraege) if (an) neu.set(idVon(z), z); else neu.delete(idVon(z));
      setGewaehlt(neu);
    },
    leeren: () => setGewaehlt(new Map()),
  };
}
