/** The plug is pulled under database and store: XFS on a loop file, shut down without writing its log. Until the processes are ended every fsync of theirs is an I/O error. */
import { join } from 'node:path';
import { pause } from '#apps/server/tests/program.ts';
import { mountXfs, whyNoXfs } from './dateisystem.ts';
import { copyWith, type Ersetzung } from './saat.ts';
import type { Befund } from './pruefer.ts';
import { befrage, openWerk, schritt, zufall, type Ergebnis, type Stoerung, type Umgebung } from './werk.ts';

export const ohneFsync: Ersetzung = { datei: 'platform/server/storage/file-store.ts', statt: 'await handle.sync();', nun: '' };

type Wie = { cuts: number; programm?: { code: string }; settings?: Record<string, string>; mindestens?: number };

export async function cutPower(u: Umgebung, name: string, { cuts, programm, settings, mindestens = 12 }: Wie): Promise<{ befunde: Befund[]; zahlen: string }> {
  const mount = join(u.ordner, `${name}-xfs`);
  const xfs = await mountXfs(mount, join(u.ordner, `${name}.img`), 1024);
  try {
    const werk = await openWerk(u, name, { orte: { postgres: join(mount, 'postgres'), ablage: join(mount, 'ablage') }, anlage: { ...(programm && { programm }), ...(settings && { settings }) } });
    const { anlage, klient } = werk;
    try {
      const befunde: Befund[] = [];
      for (let i = 0; i < cuts && !befunde.length; i++) {
        klient.weiter();
        await klient.acknowledged(mindestens, 60);
        await pause(zufall(0, 400));
        schritt(`Strom weg, ${i + 1} von ${cuts}, ${klient.anzahl} bestätigt`);
        await xfs.pullPlug();
        await pause(zufall(0, 300)); // whoever still runs is told of an I/O error, and must not acknowledge anything
        await Promise.all(['api', 'worker'].map((n) => anlage.kill(n)));
        await anlage.killDatabase().catch(() => anlage.database!.stop('immediate'));
        await xfs.again();
        await anlage.startDatabase();
        await Promise.all([anlage.start('api'), anlage.start('worker')]);
        befunde.push(...await befrage(werk, { seconds: 60 }));
      }
      if (!befunde.length) { await anlage.giveBack(); befunde.push(...await befrage(werk, { nachlauf: true })); }
      return { befunde, zahlen: `${cuts}-mal Strom weg, ${klient.anzahl} bestätigte Vorgänge geprüft` };
    } finally { await werk.end(); }
  } finally { await xfs.end(); }
}

export const strom = (cuts: number): Stoerung => ({
  name: 'strom', was: 'Strom weg unter Datenbank und Ablage (XFS, xfs_io shutdown)',
  async run(u): Promise<Ergebnis> {
    const why = await whyNoXfs();
    return why ? { uebersprungen: why } : cutPower(u, 'strom', { cuts });
  },
});

/** The control: the same without fsync must lose something, or the cut is none. */
export const stromGegenprobe: Stoerung = {
  name: 'strom-gegenprobe', was: 'dasselbe ohne fsync muss Verluste zeigen',
  async run(u): Promise<Ergebnis> {
    const why = await whyNoXfs();
    if (why) return { uebersprungen: why };
    const code = await copyWith(u, 'ohne-fsync', [ohneFsync]);
    const outcome = await cutPower(u, 'strom-gegenprobe', { cuts: 3, programm: { code }, settings: { fsync: 'off' } }).catch((error: Error) => ({ befunde: [`startet nicht mehr: ${error.message.slice(0, 120)}`], zahlen: '' }));
    return outcome.befunde.length ? { befunde: [], zahlen: `gefunden: ${outcome.befunde[0]!.replaceAll('\n', ' ').slice(0, 140)}` } : { befunde: ['ohne fsync ging nichts verloren: die Probe sieht nichts'], zahlen: '' };
  },
};
