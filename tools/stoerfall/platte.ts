/** Disks that run full, and an fsync that fails. */
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '#apps/server/tests/program.ts';
import { mountTmpfs, whyNoTmpfs } from './dateisystem.ts';
import { befrage, openWerk, type Ergebnis, type Stoerung, type Umgebung, type Werk } from './werk.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Takes all but `left` MiB of the file system at `path`. */
export async function fill(path: string, left: number) {
  const { stdout } = await run('df', ['--output=avail', '-BM', path]);
  const free = Number(/(\d+)M/.exec(stdout)?.[1] ?? 0);
  const filler = join(path, 'fuellung');
  await run('fallocate', ['-l', `${Math.max(1, free - left)}M`, filler]);
  return () => rm(filler);
}

/** Files until the disk has no place left for one more, and a while on. Answers false when that does not come. */
async function untilFull({ klient, anlage }: Werk, was: 'ablage' | 'postgres', path: string, seconds: number): Promise<boolean> {
  klient.weiter();
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await pause(100)) {
    const { bavail, bsize } = await statfs(path);
    // A segment of the log is begun anew and anew: the one that finds no place is where PostgreSQL ends.
    const answers = await anlage.sql('select pg_switch_wal()').then(() => true, () => false);
    if (answers && (was === 'postgres' || bavail * bsize > 700_000)) continue;
    await pause(3000);
    return true;
  }
  return false;
}

async function full(u: Umgebung, was: 'ablage' | 'postgres', mebibytes: number, bytes: number): Promise<Ergebnis> {
  const why = await whyNoTmpfs();
  if (why) return { uebersprungen: why };
  const name = `platte-voll-${was}`;
  const mount = join(u.ordner, `${name}-fs`);
  const disk = await mountTmpfs(mount, `${mebibytes}m`);
  try {
    const werk = await openWerk(u, name, { orte: { [was]: join(mount, was) }, klient: { bytes, pause: 50 }, ...(was === 'postgres' && { anlage: { settings: { wal_recycle: 'off' } } }) });
    const { anlage, klient } = werk;
    try {
      klient.weiter();
      await klient.acknowledged(5);
      const free = await fill(mount, was === 'postgres' ? 8 : 3);
      const befunde = await untilFull(werk, was, mount, 120) ? [] : ['die Platte wurde nicht voll'];
      const before = klient.anzahl;
      await free();
      if (was === 'postgres') { await anlage.database!.stop('immediate'); await anlage.startDatabase(); } // it may have ended by itself, as PostgreSQL does
      await klient.acknowledged(5, 40);
      if (klient.anzahl === before) befunde.push('mit freiem Platz geht es nicht weiter');
      befunde.push(...await befrage(werk, { nachlauf: true }));
      return { befunde, zahlen: `voll nach ${before} bestätigten Vorgängen, ${klient.anzahl} geprüft` };
    } finally { await werk.end(); }
  } finally { await disk.end(); }
}

export const platteAblage: Stoerung = { name: 'platte-ablage', was: 'Datenträger der Ablage voll, dann wieder Platz', run: (u) => full(u, 'ablage', 40, 600_000) };
export const platteDatenbank: Stoerung = { name: 'platte-datenbank', was: 'Datenträger der Datenbank voll, dann wieder Platz', run: (u) => full(u, 'postgres', 400, 20_000) };

/** At the storage's own fsync and rename, where no disk of ours can be made to fail to order; under `strom` the kernel itself refuses them. */
export const fsyncFehler: Stoerung = {
  name: 'fsync', was: 'Ein-/Ausgabefehler beim fsync der Ablage (Schritte ablage.written, .synced, .renamed, .folder_synced)',
  async run(u): Promise<Ergebnis> {
    const werk = await openWerk(u, 'fsync');
    const { anlage, klient } = werk;
    try {
      await anlage.kill('api');
      await anlage.start('api', { stoerung: ['ablage.written=fehler:EIO@3', 'ablage.synced=fehler:EIO@6', 'ablage.renamed=fehler:EIO@9', 'ablage.folder_synced=fehler:EIO@12'].join(',') });
      klient.weiter();
      await klient.acknowledged(25);
      return { befunde: await befrage(werk, { nachlauf: true }), zahlen: `4 Fehler, ${klient.anzahl} bestätigte Vorgänge geprüft` };
    } finally { await werk.end(); }
  },
};
