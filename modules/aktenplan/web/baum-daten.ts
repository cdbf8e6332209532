import { useQueries } from '@tanstack/react-query';
import { call } from '#platform/web/client.ts';
import { schluesselVon } from '#platform/web/daten.ts';
import type { Knoten } from '#platform/web/kern/index.ts';
import { api, type AktenplaneinheitKurz } from '../contract.ts';

/** All children of one unit; a level of more than 200 takes several pages. */
async function holeEbene(query: { aktenplanId?: string; parentId: string; stillgelegte?: 'true' }, signal: AbortSignal) {
  const alle: AktenplaneinheitKurz[] = [];
  let cursor: string | undefined;
  do {
    const seite = await call(api.listAktenplaneinheiten, { query: { ...query, limit: 200, ...(cursor && { cursor }) } }, signal);
    alle.push(...seite.eintraege);
    cursor = seite.weiter ?? undefined;
  } while (cursor);
  return alle;
}

/** The levels that are open, each asked for once; below them the tree's nodes. */
export function useBaum(offen: ReadonlySet<string>, stillgelegte: boolean, titel: (e: AktenplaneinheitKurz) => Knoten) {
  const ids = ['wurzel', ...offen];
  const antworten = useQueries({
    queries: ids.map((parentId) => {
      const query = { parentId, ...(stillgelegte && { stillgelegte: 'true' as const }) };
      return { queryKey: schluesselVon(api.listAktenplaneinheiten, { baum: query }), queryFn: ({ signal }: { signal: AbortSignal }) => holeEbene(query, signal) };
    }),
  });
  const ebenen = new Map(ids.map((id, i) => [id, antworten[i]?.data]));
  const knoten = (parentId: string): Knoten[] => (ebenen.get(parentId) ?? []).map((e) => ({ ...titel(e), ...(e.kinder > 0 && { kinder: offen.has(e.id) ? knoten(e.id) : [] }) }));
  const erste = antworten[0]!;
  return { knoten: knoten('wurzel'), laedt: erste.isPending, fehler: antworten.find((a) => a.error)?.error, nochmal: () => antworten.forEach((a) => a.error && void a.refetch()) };
}
