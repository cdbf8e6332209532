import type pg from 'pg';
import type { KeyFile } from '#platform/server/keys.ts';
import { version } from '#platform/server/version.ts';
import { packStream } from './huelle.ts';
import { FORMAT, type Grundsicherung, type Ort } from './ort.ts';
import { formatLsn, openReplikation } from './replikation.ts';

/** A base backup of the cluster. Its folder counts once `basis.json` lies in it, which is written last. */
export async function makeGrund({ ort, keys, url, admin }: { ort: Ort; keys: KeyFile; url: string; admin: pg.Client }): Promise<Grundsicherung> {
  const zeit = async () => (await admin.query<{ zeit: Date }>("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as zeit")).rows[0]!.zeit as unknown as string;
  const beginn = await zeit();
  const name = beginn.slice(0, 19).replaceAll(':', '') + 'Z';
  const { rows: [lage] } = await admin.query<{ postgres: string; migrationen: number }>("select current_setting('server_version') as postgres, (select count(*)::int from public.migration) as migrationen");
  const replikation = await openReplikation(url);
  try {
    const { tar, lage: stelle } = replikation.baseBackup(`verbundakte ${name}`);
    let bytes = 0;
    const counted = (async function* () { for await (const piece of tar) { bytes += piece.length; yield piece; } })();
    const datei = await ort.write(`basis/${name}/basis`, packStream(keys, counted));
    return { name, format: FORMAT, beginn, ende: await zeit(), start: formatLsn(stelle.start), stop: formatLsn(stelle.ende), zeitlinie: stelle.zeitlinie, ...lage!, version, bytes, datei };
  } finally { replikation.close(); }
}

/** What a backup that was interrupted has left. */
export async function removeHalves(ort: Ort) {
  const whole = new Set((await ort.listGrund()).map((g) => g.name));
  for await (const { path } of ort.store.list('basis/')) if (!whole.has(path.split('/')[1]!)) await ort.store.remove(path);
}
