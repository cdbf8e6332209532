import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { copyFile, listTree, writeFileFrom, type Datei } from './dateien.ts';

/** What a new server makes anew, or must not find (as pg_basebackup leaves it out). The folders themselves are kept. */
const CONTENTS_LEFT_OUT = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/|(^|\/)pgsql_tmp/;
const FILES_LEFT_OUT = /(^|\/)(postmaster\.pid|postmaster\.opts|pg_internal\.init.*|backup_label.*|tablespace_map.*)$/;
const CONTROL = 'global/pg_control';

/**
 * A base backup without pg_basebackup, which the embedded package does not bring: between pg_backup_start and pg_backup_stop the files are copied
 * as they are, torn or not; the log written meanwhile makes them whole when the copy is started. A slot keeps that log until it is copied.
 */
export async function copyCluster(admin: pg.Client, dataDir: string, ziel: string): Promise<{ dateien: Datei[]; ordner: string[] }> {
  await admin.query("select pg_create_physical_replication_slot('verbundakte_sicherung', true, true)");
  const { rows: [start] } = await admin.query<{ segment: string }>("select pg_walfile_name(pg_backup_start('verbundakte', fast => true)) as segment");
  const kopie: Datei[] = [];
  const keep = (datei: Datei | undefined) => { if (datei) kopie.push(datei); };
  const { dateien, ordner } = await listTree(dataDir);
  for (const name of dateien) {
    if (CONTENTS_LEFT_OUT.test(name) || FILES_LEFT_OUT.test(name) || name === CONTROL) continue;
    keep(await copyFile(join(dataDir, name), ziel, `postgres/${name}`));
  }
  keep(await copyFile(join(dataDir, CONTROL), ziel, `postgres/${CONTROL}`));
  const { rows: [stop] } = await admin.query<{ segment: string; label: string }>("select pg_walfile_name(lsn) as segment, labelfile as label from pg_backup_stop(wait_for_archive => false)");
  kopie.push(await writeFileFrom((async function* () { yield Buffer.from(stop!.label); })(), ziel, 'postgres/backup_label'));
  const segments = (await readdir(join(dataDir, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= start!.segment && name <= stop!.segment).toSorted();
  if (segments[0] !== start!.segment || segments.at(-1) !== stop!.segment) throw new Error(`Es fehlen Protokollsegmente der Datenbank (${start!.segment} bis ${stop!.segment})`);
  for (const name of segments) kopie.push(await writeFileFrom(createReadStream(join(dataDir, 'pg_wal', name), { highWaterMark: 1 << 20 }), ziel, `postgres/pg_wal/${name}`));
  await admin.query("select pg_drop_replication_slot('verbundakte_sicherung')");
  return { dateien: kopie, ordner: ordner.filter((name) => !/pgsql_tmp/.test(name) && !name.startsWith('pg_replslot/')) };
}
