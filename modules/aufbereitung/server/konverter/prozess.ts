import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { lowerSession, NACHRANG, withPriority } from '#platform/server/prioritaet.ts';

/** Wall time, resident memory of the process with all its children, bytes it may leave in its folder. */
export type Grenzen = { zeitMs: number; speicherMiB: number; ausgabeMiB: number };
export type Ursache = 'zeit' | 'speicher' | 'ausgabe' | 'abbruch';
export type Ende = { code: number | null; signal: NodeJS.Signals | null; ursache?: Ursache };
export type Prozess = { child: ChildProcess; ende: Promise<Ende>; kill(ursache?: Ursache): void };

const run = promisify(execFile);
const works = (befehl: readonly string[]) => run(befehl[0]!, [...befehl.slice(1), 'true'], { timeout: 5_000 }).then(() => true, () => false);

/** The parent's death, even by kill -9, takes the whole tree along: setpriv kills unshare, and with the first of its PID namespace all others go. */
const TOD = ['setpriv', '--pdeathsig', 'KILL', '--'];
const RAUM = ['--user', '--map-root-user', '--net', '--ipc', '--pid', '--fork', '--kill-child=KILL'];
/** Strongest first: no network and nothing of ours to see; no network; no orphans; nothing but the process group. */
const STUFEN = { netz: [[...TOD, 'unshare', ...RAUM, '--'], TOD, []], dateien: [[...TOD, 'unshare', ...RAUM, '--mount', '--mount-proc', '--']] };

let stufen: Promise<{ netz: readonly string[]; dateien?: readonly string[] }> | undefined;
/** What this machine allows is found out once: containers and hardened kernels often refuse user namespaces. */
export function getAbschottung() {
  return stufen ??= (async () => {
    if (process.platform !== 'linux') return { netz: [] };
    const first = async (list: readonly (readonly string[])[]) => { for (const b of list) if (!b.length || await works(b)) return b; return undefined; };
    const [netz, dateien] = await Promise.all([first(STUFEN.netz), first(STUFEN.dateien)]);
    return { netz: netz ?? [], ...(dateien && { dateien }) };
  })();
}
/** For the log and the operator's page. */
export async function describeAbschottung() {
  const { netz, dateien } = await getAbschottung();
  return { ohneNetz: netz.includes('unshare'), ohneFremdeDateien: dateien !== undefined, stirbtMit: netz.includes('setpriv') };
}

/**
 * LibreOffice opens what a document links to, also `file:///…`. So, where the kernel allows it, it sees empty folders instead of our data.
 * `prlimit` bounds a single file even between two looks of the watch.
 */
export async function sandboxed(befehl: readonly string[], { verstecken, sichtbar }: { verstecken: readonly string[]; sichtbar: string }) {
  const { netz, dateien } = await getAbschottung();
  if (!dateien) return [...netz, ...befehl];
  const ordner = verstecken.filter((o) => o !== '/' && !`${sichtbar}/`.startsWith(`${o}/`));
  const verdecken = 'while [ "$1" != -- ]; do [ ! -d "$1" ] || mount -t tmpfs -o size=64k,mode=755 leer "$1" || exit 126; shift; done; shift; exec "$@"';
  return [...dateien, 'sh', '-c', verdecken, 'sh', ...ordner, '--', ...befehl];
}

/** Nothing of our own environment: no connection string, no key. */
export const minimalEnv = (ordner: string): NodeJS.ProcessEnv =>
  ({ PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', HOME: ordner, TMPDIR: ordner, TMP: ordner, TEMP: ordner, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }) });

export function startProzess(befehl: readonly string[], { ordner, env, ipc }: { ordner: string; env?: NodeJS.ProcessEnv; ipc?: boolean }): Prozess {
  const [programm = '', ...argumente] = withPriority(befehl, NACHRANG.umwandler);
  const child = spawn(programm, argumente, {
    cwd: ordner, env: { ...minimalEnv(ordner), ...env }, windowsHide: true,
    detached: process.platform !== 'win32', // a group of its own, so that its children go with it
    stdio: ipc ? ['ignore', 'ignore', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  lowerSession(child.pid, NACHRANG.umwandler);
  let ursache: Ursache | undefined;
  const ende = new Promise<Ende>((resolve) => {
    child.once('error', () => resolve({ code: 127, signal: null }));
    child.once('exit', (code, signal) => { killGroup(child); resolve({ code, signal, ...(ursache && { ursache }) }); });
  });
  return { child, ende, kill(u = 'abbruch') { ursache ??= u; killGroup(child); } };
}

function killGroup({ pid }: ChildProcess) {
  if (!pid) return;
  try { process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL'); } catch { /* already gone */ }
}

/** Looks five times a second; returns how to stop looking. */
export function watch(prozess: Prozess, grenzen: Grenzen, ordner: string): () => void {
  const bis = performance.now() + grenzen.zeitMs;
  let looking = false;
  let runde = 0;
  const timer = setInterval(() => {
    if (performance.now() > bis) return prozess.kill('zeit');
    if (looking) return;
    looking = true;
    void (async () => {
      if (await residentMiB(prozess.child.pid) > grenzen.speicherMiB) prozess.kill('speicher');
      if (++runde % 3 === 0 && await folderMiB(ordner) > grenzen.ausgabeMiB) prozess.kill('ausgabe');
    })().catch(() => {}).finally(() => { looking = false; });
  }, 200);
  return () => clearInterval(timer);
}

/** Resident memory of a process and its descendants; 0 where /proc does not tell. */
export async function residentMiB(pid: number | undefined): Promise<number> {
  if (!pid || process.platform !== 'linux') return 0;
  const read = (datei: string) => readFile(datei, 'utf8').catch(() => '');
  const [statm, kinder] = await Promise.all([read(`/proc/${pid}/statm`), read(`/proc/${pid}/task/${pid}/children`)]);
  const eigen = Number(statm.split(' ')[1] ?? 0) * 4096 / 2 ** 20;
  const fremd = await Promise.all(kinder.trim().split(/\s+/).filter(Boolean).map((kind) => residentMiB(Number(kind))));
  return fremd.reduce((summe, r) => summe + r, eigen);
}

export async function folderMiB(ordner: string): Promise<number> {
  const entries = await readdir(ordner, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(entries.filter((e) => e.isFile()).map((e) => stat(join(e.parentPath, e.name)).then((s) => s.size, () => 0)));
  return sizes.reduce((summe, s) => summe + s, 0) / 2 ** 20;
}

/** Runs an external program to its end within limits. Its output is for messages only and is cut. */
export async function runProgramm(befehl: readonly string[], { ordner, grenzen, env }: { ordner: string; grenzen: Grenzen; env?: NodeJS.ProcessEnv }): Promise<Ende & { ausgabe: string }> {
  const prozess = startProzess(befehl, { ordner, ...(env && { env }) });
  const stop = watch(prozess, grenzen, ordner);
  let ausgabe = '';
  for (const stream of [prozess.child.stdout, prozess.child.stderr]) stream?.on('data', (d: Buffer) => { if (ausgabe.length < 4_000) ausgabe += d.toString('utf8'); });
  try { return { ...await prozess.ende, ausgabe }; } finally { stop(); }
}

/** Is a program in PATH? */
export async function findProgramm(namen: readonly string[]): Promise<string | undefined> {
  for (const name of namen) for (const ordner of (process.env.PATH ?? '').split(delimiter)) {
    if (ordner && await stat(join(ordner, name)).then((s) => s.isFile(), () => false)) return join(ordner, name);
  }
  return undefined;
}
