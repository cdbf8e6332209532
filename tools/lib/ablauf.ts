import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
export type Zahlen = { passed: number; failed: number; skipped: number };
export const add = (...all: readonly Zahlen[]): Zahlen => all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), { passed: 0, failed: 0, skipped: 0 });

/** Groups of their own would outlive us when we are ended. */
const groups = new Set<number>();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => { for (const pid of groups) try { process.kill(-pid, 'SIGKILL'); } catch { /* ended meanwhile */ } process.exit(1); });

export type Outcome = { code: number; output: string; seconds: number };
/** Runs a program of ours with the Node that npm brought; ended with its children when it takes too long. */
export function run(command: string, args: readonly string[], { env = {}, quiet = false, minutes = 30, cwd = root }: { env?: Record<string, string>; quiet?: boolean; minutes?: number; cwd?: string } = {}): Promise<Outcome> {
  const begin = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, PATH: `${root}/node_modules/.bin:${process.env.PATH}` } });
    if (child.pid) groups.add(child.pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); if (!quiet) process.stdout.write(chunk); });
    let late = false;
    const timer = setTimeout(() => { late = true; try { process.kill(-child.pid!, 'SIGKILL'); } catch { /* ended meanwhile */ } }, minutes * 60_000);
    const done = (code: number) => { clearTimeout(timer); groups.delete(child.pid!); resolve({ code: late ? 124 : code, output: late ? `${output}\nnach ${minutes} Minuten abgebrochen` : output, seconds: (performance.now() - begin) / 1000 }); };
    child.on('error', (error) => { output += error.message; done(127); });
    child.on('close', (code) => done(code ?? 1));
  });
}

/** One check that is right or wrong as a whole: shown in a line, with its words only when it fails. */
export async function check(name: string, command: string, args: readonly string[], minutes = 10): Promise<Zahlen> {
  const { code, output, seconds } = await run(command, args, { quiet: true, minutes });
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(0)} s)`);
  if (code !== 0) { console.log(output); gescheitert.push(`${name}\n${output.slice(-1500)}`); }
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; testResults: { name: string; status: string; message: string; assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[] };
/** What failed, to be said once more at the end: of a long run only the end may be kept. */
const gescheitert: string[] = [];
function failuresOf({ name, status, message, assertionResults }: Report['testResults'][number]): string[] {
  const file = name.replace(`${root}/`, '');
  if (status === 'failed' && !assertionResults.length) return [`${file}: ${message}`];
  return assertionResults.filter((a) => a.status === 'failed').map((a) => `${file} > ${a.fullName}\n    ${(a.failureMessages[0] ?? '').split('\n').slice(0, 12).join('\n    ').slice(0, 1500)}`);
}

/** A run of vitest, counted. A run that broke off without its report has failed. */
export async function vitest(projects: readonly string[], { filters = [], env = {}, minutes = 15 }: { filters?: readonly string[]; env?: Record<string, string>; minutes?: number } = {}): Promise<Zahlen> {
  const report = join(tmpdir(), `va-vitest-${process.pid}-${projects[0]}.json`);
  await rm(report, { force: true });
  const { code } = await run('vitest', ['run', ...projects.flatMap((p) => ['--project', p]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '--passWithNoTests', ...filters], { env: { ...env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) }, minutes });
  const result = await readFile(report, 'utf8').then((text) => JSON.parse(text) as Report, () => undefined);
  await rm(report, { force: true });
  if (!result) { gescheitert.push(`vitest ${projects.join(', ')}: kein Bericht (Ende mit ${code})`); return { passed: 0, failed: 1, skipped: 0 }; }
  gescheitert.push(...result.testResults.flatMap(failuresOf));
  // a file that could not even be loaded has no tests to fail
  const broken = result.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length).length;
  const failed = result.numFailedTests + broken;
  return { passed: result.numPassedTests, failed: failed || (code === 0 ? 0 : 1), skipped: result.numPendingTests + result.numTodoTests };
}

/** The last line, for people and for the machine that reads it. */
export function finish({ passed, failed, skipped }: Zahlen): never {
  for (const was of gescheitert) console.log(`✗ ${was}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed ? 1 : 0);
}
