import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CallInput } from '#platform/contract.ts';
import { call } from '#platform/web/client.ts';
import { schluesselVon } from '#platform/web/daten.ts';
import type { z } from 'zod';
import { api, type Pruefschritt, type Seite, type Stapel } from '../contract.ts';

type Schritt = z.input<typeof Pruefschritt>;

/**
 * Steps one after another, each from the version that the one before has made: whoever works by keys does not wait for the server, and no key is lost. A step that
 * is refused stops those behind it, and what the server has is shown.
 */
export function useSchritte(id: string) {
  const client = useQueryClient();
  const kette = useRef<Promise<unknown>>(Promise.resolve());
  const [offen, setOffen] = useState(0);
  const [fehler, setFehler] = useState<unknown>();
  const schluessel = schluesselVon(api.getStapel, { params: { id } });
  const stand = () => client.getQueryData<Stapel>(schluessel)!;
  function reihe(tun: (s: Stapel) => Promise<Stapel>) {
    setOffen((n) => n + 1); setFehler(undefined);
    kette.current = kette.current.then(async () => { client.setQueryData(schluessel, await tun(stand())); }).catch((e: unknown) => { setFehler(e); void client.invalidateQueries({ queryKey: schluessel }); }).finally(() => setOffen((n) => n - 1));
    return kette.current;
  }
  return {
    laeuft: offen > 0, fehler,
    schritt: (s: Schritt) => reihe((st) => call(api.updateStapelseiten, { params: { id: id as never }, ifMatch: st.version, body: s })),
    /** A step that is known only once those before it are done. */
    mitStand: (welcher: (st: Stapel) => Schritt | undefined) => reihe(async (st) => { const s = welcher(st); return s ? call(api.updateStapelseiten, { params: { id: id as never }, ifMatch: st.version, body: s }) : st; }),
    /** What changes the state of the whole batch. */
    tu: <O extends typeof api.closeStapelpruefung | typeof api.transferStapel>(operation: O) => reihe((st) => call(operation, { params: { id }, ifMatch: st.version, body: {}, idempotencyKey: crypto.randomUUID() } as unknown as CallInput<O>) as Promise<Stapel>),
  };
}
export type Schritte = ReturnType<typeof useSchritte>;

/** The pages as one walks through them: replaced ones are passed over. */
export const blaetter = (s: Stapel): Seite[] => s.seitenliste.filter((x) => x.status !== 'ersetzt' && x.position >= 0);
/** Pages in groups: each letter, and what lies between. */
export type Gruppe = { briefId: string | null; nummer: number; seiten: Seite[] };
export function gruppen(s: Stapel): Gruppe[] {
  const alle: Gruppe[] = [];
  for (const seite of blaetter(s)) {
    const letzte = alle.at(-1);
    if (letzte && letzte.briefId === seite.briefId) letzte.seiten.push(seite);
    else alle.push({ briefId: seite.briefId, nummer: s.briefliste.findIndex((b) => b.id === seite.briefId) + 1, seiten: [seite] });
  }
  return alle;
}

/** What can be done at the page that is looked at. */
export type Tun = {
  drehe(um: 90 | 270): void; teile(): void; verbinde(): void; entferne(): void; merke(): void; verschiebe(um: -1 | 1): void; beurteile(ergebnis: 'in_ordnung' | 'mangel', bemerkung?: string): void;
};
