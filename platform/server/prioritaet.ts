import { readFile, writeFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';

/** What waits for nobody yields to what a person waits for: nice values, 0 being the server's. */
export const NACHRANG = { worker: 5, umwandler: 10 } as const;

/**
 * Lowers a process with all it will start. Linux by default also weighs whole sessions against each other (sched_autogroup), and a process that leads
 * one of its own keeps its full share whatever its nice value says: so the session is lowered as well, where there is one. Never a reason to fail.
 */
export function lowerPriority(pid: number | undefined, nice: number): void {
  if (pid === undefined) return;
  try { setPriority(pid, nice); } catch { /* gone already, or lower than this */ }
  lowerSession(pid, nice);
}

export function lowerSession(pid: number | undefined, nice: number): void {
  if (pid !== undefined && process.platform === 'linux') void writeSession(pid, nice);
}
async function writeSession(pid: number, nice: number) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // fields after the name in brackets: state, parent, group, session; somebody else's session, a terminal's say, is left alone
  if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]) !== pid) return;
  // the kernel takes ten of these a second from an ordinary user and answers EAGAIN to more
  for (let attempt = 0; attempt < 20; attempt++) {
    try { await writeFile(`/proc/${pid}/autogroup`, String(nice)); return; }
    catch (error) { if ((error as { code?: string }).code !== 'EAGAIN') return; }
    await new Promise((r) => setTimeout(r, 120).unref());
  }
}

/** A command that begins with this priority, its session to be lowered by `lowerSession`: lowered afterwards, what it had forked in the meantime would keep the old one. */
export const withPriority = (befehl: readonly string[], nice: number): readonly string[] => {
  const less = nice - getPriority();
  return process.platform === 'linux' && less > 0 ? ['nice', '-n', String(less), ...befehl] : befehl;
};
