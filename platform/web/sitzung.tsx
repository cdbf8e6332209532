import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import { alleModule, eintraegeVon, type Eintrag, type Slots } from './module.ts';
import type { Ich } from './sitzung-port.ts';

export const sitzungsPort = () => alleModule().find((m) => m.sitzung)?.sitzung;
export const useIch = () => useQuery({ queryKey: ['ich'], queryFn: ({ signal }) => sitzungsPort()!.holeIch(signal), staleTime: 60_000, retry: false });

const Kontext = createContext<Ich | undefined>(undefined);
export const SitzungGeber = ({ ich, children }: { ich: Ich; children: ReactNode }) => <Kontext value={ich}>{children}</Kontext>;

const haelt = (ich: Ich, recht: string | readonly string[] | undefined) => recht === undefined || (typeof recht === 'string' ? [recht] : recht).some((r) => ich.rechte.includes(r));
/** The session inside the frame. `darf('akte.anlegen')`: in general; on an object ask its `rechte`. */
export function useSitzung() {
  const ich = use(Kontext);
  if (!ich) throw new Error('useSitzung stands inside the frame only');
  const client = useQueryClient();
  return {
    ich,
    /** At another Mandant's: what is of one's own house (desk, bell, marks) is not here. */
    gast: ich.sicht?.art === 'bei',
    /** Here to look, and nothing else: not even marks of one's own are kept. */
    nurLesen: ich.sicht?.nurLesen === true,
    darf: (recht: string | readonly string[] | undefined) => haelt(ich, recht),
    /** A full load: nothing of the person before may stay in memory. */
    abmelden: async () => { await sitzungsPort()!.abmelden(); client.clear(); sessionStorage.clear(); location.assign(sitzungsPort()!.anmeldung); },
    wechsleMandant: async (id: string) => { await sitzungsPort()!.wechsleMandant(id); client.clear(); location.assign('/'); },
  };
}
/** The entries of a slot that this person may see. */
export function useSlot<S extends keyof Slots>(slot: S): Eintrag<S>[] {
  const { ich, darf, gast } = useSitzung();
  return eintraegeVon(slot).filter((e) => darf(e.recht) && (!gast || e.gast) && (!ich.sicht || !e.selbst));
}
