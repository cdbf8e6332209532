import { randomInt } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Anlage, copyGrund, type Orte } from './anlage.ts';
import { Klient } from './klienten.ts';
import { Pruefer, type Befund } from './pruefer.ts';

/** Where a run works: `grund` is the installation that each fault begins with, `journale` lies apart from everything that is put to the test. */
export type Umgebung = { ordner: string; grund: string; journale: string };
/** What a fault is answered with. `zahlen`: what was counted, for the reader. */
export type Ergebnis = { befunde: Befund[]; zahlen: string } | { uebersprungen: string };
export type Stoerung = { name: string; was: string; run(u: Umgebung): Promise<Ergebnis> };

export type Werk = { anlage: Anlage; klient: Klient; pruefer: Pruefer };
type Optionen = { orte?: Partial<Orte>; anlage?: ConstructorParameters<typeof Anlage>[1]; klient?: Parameters<typeof Klient.start>[2]; apis?: string[]; worker?: string[]; journal?: string; vorher?(anlage: Anlage): Promise<void>; env?: Record<string, string> };

/** A copy of the installation at work: database, api, worker and a client that files. */
export async function openWerk(u: Umgebung, name: string, { orte = {}, anlage: options, klient: wie, apis = ['api'], worker = ['worker'], vorher, env = {} }: Optionen = {}): Promise<Werk & { end(): Promise<void> }> {
  const ordner = join(u.ordner, name);
  await rm(ordner, { recursive: true, force: true });
  await copyGrund(u.grund, { ordner, ...orte });
  const anlage = new Anlage({ ordner, ...orte }, options);
  let klient: Klient | undefined;
  try {
    await anlage.startDatabase();
    await vorher?.(anlage);
    await Promise.all([...apis.map((n) => anlage.start('api', { name: n, env })), ...worker.map((n) => anlage.start('worker', { name: n, env }))]);
    const folder = join(u.journale, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    klient = await Klient.start(anlage, join(folder, 'journal'), { apis, ...wie });
  } catch (error) { await anlage.stop(); throw error; }
  const started = klient;
  return { anlage, klient, pruefer: new Pruefer(anlage, klient.journal, apis[0]), async end() { started.end(); await anlage.stop(); } };
}

/** Lets the client come to an end and asks the oracle; `nachlauf`: also what follows, and the protocol. */
export async function befrage({ klient, pruefer }: Werk, { nachlauf = false, seconds = 40 }: { nachlauf?: boolean; seconds?: number } = {}): Promise<Befund[]> {
  const stands = await klient.halt(seconds);
  const befunde = stands ? [] : [`der Klient bekommt seit ${seconds} s keine Antwort mehr`];
  befunde.unshift(...await pruefer.pruefe({ alles: nachlauf }).catch((error: Error) => [`nicht zu prüfen: ${error.message}`]));
  if (stands && nachlauf) befunde.push(...await pruefer.pruefeNachlauf());
  return [...befunde, ...klient.fehler.splice(0).map((f) => `Klient: ${f}`)];
}

/** Shown to whoever waits in front of a terminal. */
export const schritt = (was: string) => { if (process.stderr.isTTY || process.env.VERBUNDAKTE_TEST_LAUT) process.stderr.write(`  ${new Date().toISOString().slice(11, 19)} ${was}\n`); };
export const zufall = (from: number, to: number) => randomInt(from, to + 1);
