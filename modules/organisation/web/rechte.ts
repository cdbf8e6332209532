import type { Answer } from '#platform/contract.ts';
import type { api } from '../contract.ts';

export type Recht = Pick<Answer<typeof api.listRechte>['eintraege'][number], 'recht' | 'name'>;
/** »Akten: lesen«, as the module that declares it says. */
export const dingVon = ({ name }: Recht) => name.split(': ', 1)[0]!;
export const tatVon = ({ name }: Recht) => name.slice(dingVon({ recht: '', name }).length + 2) || name;

/** Rechte by what they are about, in the order in which the modules declare them. */
export const gruppiere = (rechte: readonly Recht[]): { ding: string; rechte: Recht[] }[] =>
  [...Map.groupBy(rechte, dingVon)].map(([ding, dazu]) => ({ ding, rechte: dazu }));
