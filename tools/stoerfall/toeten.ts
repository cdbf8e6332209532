/** Processes that die without a word: at every named step, and at any moment. */
import { pause } from '#apps/server/tests/program.ts';
import { failpoints, type Failpoint } from '#platform/server/stoerung.ts';
import type { Anlage } from './anlage.ts';
import type { Befund } from './pruefer.ts';
import { befrage, openWerk, schritt, zufall, type Ergebnis, type Stoerung, type Umgebung } from './werk.ts';

type Kind = 'api' | 'worker';
/** Where a process is to die; without `step` at any moment. */
type Tod = { step?: Failpoint; at: number };
const stepsOf = (kind: Kind) => (Object.keys(failpoints) as Failpoint[]).filter((name) => failpoints[name].prozess === kind && !('nur' in failpoints[name]));

/** Every step once, then as many as are wanted: any step at its umpteenth time, or any moment. */
function deaths(kind: Kind, count: number): Tod[] {
  const steps = stepsOf(kind);
  const any = (): Tod => ({ at: zufall(1, 12), ...(zufall(0, 2) && { step: steps[zufall(0, steps.length - 1)]! }) });
  return [...steps.map((step) => ({ step, at: 1 })), ...Array.from({ length: Math.max(0, count - steps.length) }, any)];
}

/** Starts it over and over, each time to die; answers how often it did, and which steps were reached. */
async function dieOften(anlage: Anlage, kind: Kind, tode: readonly Tod[], reached: Set<string>) {
  for (const { step, at } of tode) {
    schritt(`${kind} stirbt ${step ? `an ${step}, beim ${at}. Mal` : 'irgendwann'}`);
    if (kind === 'worker') await anlage.giveBack();
    const early = await anlage.start(kind, { stoerung: step && `${step}=kill@${at}` }).then(() => false, (error: Error) => { if (error.message.includes('SIGKILL')) return true; throw error; });
    if (!step) await pause(zufall(20, 1500));
    else if (early || await anlage.awaitEnd(kind, at === 1 ? 60_000 : 4000)) reached.add(step);
    await anlage.kill(kind);
  }
}

/** `every`: after so many deaths of each the oracle is asked. */
export async function runKills(u: Umgebung, kills: number, { every = 7 } = {}): Promise<Ergebnis> {
  const kinds = ['api', 'worker'] as const;
  const share = { api: Math.ceil(kills * 0.7), worker: Math.floor(kills * 0.3) };
  const plans = { api: deaths('api', share.api), worker: deaths('worker', share.worker) };
  const total = plans.api.length + plans.worker.length;
  const werk = await openWerk(u, 'toeten');
  const { anlage, klient } = werk;
  try {
    const befunde: Befund[] = [];
    const reached = new Set<string>();
    while (kinds.some((kind) => plans[kind].length) && !befunde.length) {
      klient.weiter();
      await Promise.all(kinds.map(async (kind) => {
        const next = plans[kind].splice(0, every);
        if (!next.length) return;
        await anlage.kill(kind);
        await dieOften(anlage, kind, next, reached);
        await anlage.start(kind);
      }));
      befunde.push(...await befrage(werk));
    }
    await anlage.giveBack();
    befunde.push(...await befrage(werk, { nachlauf: true }));
    if (!befunde.length) befunde.push(...kinds.flatMap(stepsOf).filter((name) => !reached.has(name)).map((name) => `der Schritt ${name} wird nicht erreicht`));
    return { befunde, zahlen: `${total}-mal getötet, ${klient.anzahl} bestätigte Vorgänge geprüft` };
  } finally { await werk.end(); }
}

export const toeten = (kills: number): Stoerung => ({
  name: 'toeten', was: 'kill -9 von Server und Worker an jedem benannten Schritt und irgendwann', run: (u) => runKills(u, kills, { every: kills > 100 ? 20 : 7 }),
});
