import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const isRoot = process.getuid?.() === 0;
export const repository = new URL('../../..', import.meta.url).pathname.replace(/\/$/, '');
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

export async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined | false>): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; ;) {
    const value = await probe().catch(() => undefined);
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(100);
  }
}

/** The variables of this test run must not reach the program under test. */
export const cleanEnv = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VERBUNDAKTE_|NODE_|npm_|TEST_DATABASE_URL|DATABASE_URL|PORT$|DATEN$|DEMO$)/.test(name)));

export type Options = { daten: string; port: number; cwd?: string; user?: string; env?: Record<string, string> };

/** `npm start` as somebody types it. */
export function npmStart({ daten, port, cwd = repository, user, env = {} }: Options) {
  const own = { DATEN: daten, PORT: String(port), ...env };
  const [file, args] = user
    ? ['runuser', ['-u', user, '--', 'env', ...Object.entries(own).map(([k, v]) => `${k}=${v}`), 'npm', 'start']] as const
    : ['npm', ['start']] as const;
  // a group of its own is what a terminal gives a command: Ctrl-C then reaches all of it
  const child = spawn(file, args, { cwd, env: { ...cleanEnv(), ...(user ? {} : own) }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); });
  const exit = once(child, 'exit').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }));
  const begin = performance.now();
  const address = `http://127.0.0.1:${port}`;
  return {
    address, exit,
    output: () => output,
    /** Seconds until it served and had said so. */
    async ready(seconds = 120) {
      await until(`/ready\n${output}`, seconds, async () => {
        return child.exitCode !== null || ((await fetch(`${address}/ready`)).status === 200 && output.includes('Verbundakte läuft: '));
      }).catch((error: Error) => { throw new Error(`${error.message}\n${output}`); });
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}\n${output}`);
      return (performance.now() - begin) / 1000;
    },
    /** What Ctrl-C in the terminal does. */
    async interrupt() { process.kill(-child.pid!, 'SIGINT'); return exit; },
    terminate() { child.kill('SIGTERM'); return exit; },
    kill(signal: NodeJS.Signals) { process.kill(-child.pid!, signal); },
  };
}

export type Process = { pid: number; kind: 'supervisor' | 'api' | 'worker' | 'postgres'; rssMiB: number };
/** The processes that work on this data folder, by their environment or arguments. */
export async function processesOf(daten: string): Promise<Process[]> {
  const found: Process[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const [args, environment, status] = await Promise.all([read('cmdline'), read('environ'), read('status')]);
    const kind = args.includes('apps/server/start.ts') && !args.startsWith('npm') && !args.startsWith('sh') ? 'supervisor' : /main\.ts\0(api|worker)/.exec(args)?.[1] as 'api' | 'worker' | undefined ?? (args.includes(`${daten}/postgres`) ? 'postgres' : undefined);
    if (!kind || !(args.includes(daten) || environment.split('\0').some((line) => line === `DATEN=${daten}`))) continue;
    found.push({ pid: Number(pid), kind, rssMiB: Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024 });
  }
  return found;
}
/** The 19th field after the name; 0 is the server's, higher is less. */
export async function niceOf(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}
export const killAll = async (daten: string) => { for (const { pid } of await processesOf(daten)) try { process.kill(pid, 'SIGKILL'); } catch { /* ended meanwhile */ } };
