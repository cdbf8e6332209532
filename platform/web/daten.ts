import { keepPreviousData, QueryClient, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Answer, CallInput, NamedOperation } from '../contract.ts';
import { ApiError, call } from './client.ts';

/** The only server state of the web. What the server refused is not asked again; what was not reached is, twice. */
export const createQueryClient = () => new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: (anzahl, fehler) => anzahl < 2 && fehler instanceof ApiError && (fehler.status === 0 || fehler.status >= 502) } },
});

type Optionen = { /** false: do not ask yet */ aktiv?: boolean; /** Keep showing the last answer while the next page loads. */ behalte?: boolean; /** Ask again every … ms while the page is open. */ alle?: number | false };
/** The key of a query: invalidate with `[operation.operationId]`. */
export const schluesselVon = (operation: NamedOperation, input: unknown) => [operation.operationId, input] as const;

/** Reads through an operation of a contract: `const akte = useAbfrage(api.getAkte, { params: { id } })`. */
export function useAbfrage<O extends NamedOperation>(operation: O, input: CallInput<O>, { aktiv = true, behalte = false, alle = false }: Optionen = {}): UseQueryResult<Answer<O>, unknown> {
  return useQuery<Answer<O>, unknown>({ queryKey: schluesselVon(operation, input), queryFn: ({ signal }) => call(operation, input, signal), enabled: aktiv, refetchInterval: alle, ...(behalte && { placeholderData: keepPreviousData as never }) });
}

/**
 * Changes through an operation. Afterwards everything on the screen is asked again (only what is mounted), so no page shows an old state.
 * A POST carries an Idempotency-Key that stays the same while the input does: pressing again after a broken connection makes no second object.
 */
export function useAuftrag<O extends NamedOperation>(operation: O, { nachher }: { nachher?: (antwort: Answer<O>, input: CallInput<O>) => void | Promise<void> } = {}) {
  const schluessel = useRef<{ fuer: string; wert: string }>(undefined);
  const [ergebnis, setErgebnis] = useState<Answer<O>>();
  const auftrag = useMutation<Answer<O>, unknown, CallInput<O>>({
    mutationFn: (input) => {
      const fuer = JSON.stringify(input);
      if (schluessel.current?.fuer !== fuer) schluessel.current = { fuer, wert: crypto.randomUUID() };
      return call(operation, (operation.method === 'POST' ? { idempotencyKey: schluessel.current.wert, ...input } : input) as CallInput<O>);
    },
    onSuccess: async (antwort, input, _vorher, { client }) => {
      schluessel.current = undefined;
      setErgebnis(() => antwort);
      await nachher?.(antwort, input);
      void client.invalidateQueries();
    },
  });
  return { ausfuehren: auftrag.mutateAsync, starten: auftrag.mutate, laeuft: auftrag.isPending, fehler: auftrag.error, ergebnis, vergessen: () => { auftrag.reset(); setErgebnis(undefined); } };
}
