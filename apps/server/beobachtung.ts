import { statfs } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { countWarteschlange, readSicherungsalter, saveLangsame } from '#modules/betrieb/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { systemContext } from '#platform/server/context.ts';
import { describeError } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import type { Log } from '#platform/server/log.ts';
import type { Messung } from '#platform/server/messung/messung.ts';
import type { Kennzahl } from '#platform/server/extension.ts';
import type { Module } from '#platform/server/module.ts';
import type { Database } from '#platform/server/tx.ts';

const MINUTE = 60_000;
type Umgebung = { config: Config; database: Database; verbundId: string; prozess: 'api' | 'worker'; log: Log };

/** What every process tells operators beside its requests and jobs: room in the store, and once a minute the slow statements. Answers what ends it. */
export function observe(messung: Messung, { config, database, verbundId, prozess, log }: Umgebung): () => Promise<void> {
  const ablage = new URL(config.ABLAGE_URL!);
  if (ablage.protocol === 'file:') {
    messung.stand('verbundakte_ablage_frei_bytes', 'Freier Platz im Dateisystem der Ablage', async () => { const { bavail, bsize } = await statfs(fileURLToPath(ablage)).catch(() => ({ bavail: NaN, bsize: 1 })); return bavail * bsize; });
  }
  const flush = async () => {
    const abfragen = messung.langsame.take();
    if (!abfragen.length) return;
    await database.write(systemContext(verbundId, verbundId, 'beobachtung', [], newId()), (tx) => saveLangsame(tx, prozess, abfragen))
      .catch((error: unknown) => log.warn({ err: describeError(error) }, 'slow statements not kept'));
  };
  const timer = setInterval(() => void flush(), MINUTE).unref();
  return async () => { clearInterval(timer); await flush(); await messung.spuren?.close(); };
}

/** What is the same for all processes, told by the worker: the queue, and the figures that modules register. Read anew once a minute at most. */
export function observeInstallation(messung: Messung, { modules, database, verbundId, listMandantIds }: { modules: readonly Module[]; database: Database; verbundId: string; listMandantIds(): Promise<readonly string[]> }) {
  const im = (mandantId: string) => systemContext(mandantId, verbundId, 'beobachtung', [], newId());
  const lage = remember(() => database.read(im(verbundId), countWarteschlange));
  messung.staende('verbundakte_auftraege', 'Aufträge im Hintergrund nach Zustand', 'zustand', async () => new Map((await lage()).map((z) => [z.zustand, z.anzahl])));
  messung.stand('verbundakte_auftrag_wartet_sekunden', 'Wie lange der älteste Auftrag schon laufen könnte', async () => {
    const aeltester = (await lage()).find((z) => z.zustand === 'wartend')?.aeltester;
    return aeltester ? Math.max(0, (Date.now() - Date.parse(aeltester)) / 1000) : 0;
  });
  const sicherung = remember(() => database.read(im(verbundId), readSicherungsalter));
  messung.stand('verbundakte_sicherung_alter_sekunden', 'Wie lange es her ist, bis wohin alles gesichert ist', async () => (await sicherung()).stand);
  messung.stand('verbundakte_grundsicherung_alter_sekunden', 'Alter der letzten Grundsicherung', async () => (await sicherung()).grund);
  for (const kennzahl of modules.flatMap((m) => (m.extensions?.kennzahl ?? []) as Kennzahl[])) {
    messung.stand(kennzahl.name, kennzahl.hilfe, remember(async () => {
      const werte: number[] = [];
      for (const mandantId of await listMandantIds()) werte.push(await database.read(im(mandantId), (tx) => kennzahl.lies(tx)));
      return kennzahl.zusammen === 'summe' ? werte.reduce((a, b) => a + b, 0) : Math.max(0, ...werte);
    }));
  }
}

function remember<T>(lies: () => Promise<T>): () => Promise<T> {
  let zuletzt: { um: number; antwort: Promise<T> } | undefined;
  return () => {
    if (!zuletzt || Date.now() - zuletzt.um > MINUTE) {
      const eine = { um: Date.now(), antwort: lies() };
      eine.antwort.catch(() => { if (zuletzt === eine) zuletzt = undefined; });
      zuletzt = eine;
    }
    return zuletzt.antwort;
  };
}
