import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync, readFileSync, renameSync, statSync } from 'node:fs';

/** What a child process tells its supervisor. */
export type ChildMessage = { bereit: true; port?: number } | { fehler: string };

export type Supervised = {
  readonly name: string;
  /** Settles at the first »bereit«; fails if the process ends before. */
  readonly ready: Promise<{ port?: number }>;
  stop(milliseconds: number): Promise<void>;
};
type Options = {
  name: string; args: readonly string[]; env: Readonly<Record<string, string | undefined>>; logFile: string;
  /** Called with a German sentence whenever the process had to be started again. */
  onRestart(text: string): void;
};

const MAX_LOG = 20 * 1024 * 1024;
/** One generation back is kept; the log is a help for the first start, production logs to the journal. */
function openLog(path: string) {
  try { if (statSync(path).size > MAX_LOG) renameSync(path, `${path}.1`); } catch { /* the first start */ }
  return openSync(path, 'a', 0o600);
}
export const lastLines = (path: string, count = 20) => {
  try { return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n'); } catch { return ''; }
};

/** Keeps one Node process running: starts it again when it ends by itself, later and later if it keeps ending. */
export function supervise({ name, args, env, logFile, onRestart }: Options): Supervised {
  const ready = Promise.withResolvers<{ port?: number }>();
  ready.promise.catch(() => {});
  let child: ChildProcess;
  let stopping = false;
  let started = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  function begin() {
    const log = openLog(logFile);
    // A group of its own: Ctrl-C reaches the supervisor alone. The channel is the life line: a child whose supervisor was killed ends itself.
    child = spawn(process.execPath, args, { env, stdio: ['ignore', log, log, 'ipc'], detached: true });
    closeSync(log);
    const since = Date.now();
    child.on('message', (message: ChildMessage) => {
      if ('bereit' in message) { started = true; ready.resolve(message.port === undefined ? {} : { port: message.port }); }
      else if (!started) ready.reject(new Error(message.fehler));
    });
    child.on('error', () => {});
    child.once('exit', (code, signal) => {
      if (stopping) return;
      const reason = signal ? `Signal ${signal}` : `Code ${code}`;
      if (!started) { ready.reject(new Error(`${name} ist nicht gestartet (${reason}):\n${lastLines(logFile)}`)); return; }
      failures = Date.now() - since > 60_000 ? 0 : failures + 1;
      const wait = Math.min(30_000, 500 * 2 ** failures);
      onRestart(`${name} hat sich unerwartet beendet (${reason}) und wird neu gestartet. Näheres: ${logFile}`);
      timer = setTimeout(begin, wait);
    });
  }
  begin();

  return {
    name, ready: ready.promise,
    async stop(milliseconds) {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      await ended;
      clearTimeout(kill);
    },
  };
}
