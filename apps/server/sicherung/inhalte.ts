import { createHash } from 'node:crypto';
import type pg from 'pg';
import { readWhole, type Ort, type Verzeichnis } from './ort.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';

export const inhaltPath = (mandantId: string, key: string) => `inhalt/${mandantId}/${key.slice(0, 2)}/${key}`;
/** Ids begin with their time: what a transaction that ran for so long has made is still seen. */
const UEBERLAPPUNG_MS = 3600_000;
const GLEICHZEITIG = 8;
const idAb = (ms: number) => { const hex = Math.max(0, ms).toString(16).padStart(12, '0'); return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`; };

type Umgebung = { ort: Ort; verzeichnis: Verzeichnis; store: ObjectStore; admin: pg.Client };

/** Copied as it lies there, encrypted. What is gone is that of an upload nobody attached, whose row was gone before, too. */
async function copyAll({ ort, verzeichnis, store }: Umgebung, paths: readonly string[]) {
  const offen = paths.filter((path) => !verzeichnis.eintraege.has(path));
  let copied = 0;
  await Promise.all(Array.from({ length: GLEICHZEITIG }, async () => {
    for (let path = offen.pop(); path !== undefined; path = offen.pop()) {
      const found = await store.stat(path);
      if (!found) continue;
      const eintrag = await ort.write(path, found.size ? store.read(path, { start: 0, end: found.size - 1 }) : (async function* () {})());
      if (eintrag.groesse !== found.size) throw new Error(`${path} ließ sich nicht ganz lesen`);
      verzeichnis.set(path, eintrag);
      copied++;
    }
  }));
  return copied;
}

/** The keys of the Mandanten, wrapped: few and small. One that was wrapped anew is another file. */
async function copySchluessel({ ort, verzeichnis, store }: Umgebung) {
  for await (const { path } of store.list('schluessel/')) {
    const bytes = await readWhole(store, path);
    if (!bytes) continue;
    const ziel = `${path}.${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
    if (!verzeichnis.eintraege.has(ziel)) verzeichnis.set(ziel, await ort.write(ziel, (async function* () { yield bytes; })()));
  }
}

/**
 * What has come since `seit`, as the database knows it: rows by their ids, and what is about to be deleted, which the worker holds back until we were here
 * (`darfLoeschen`). So whatever the database named at any moment lies in the backup.
 */
export async function copyNeue(umgebung: Umgebung, seit: Date): Promise<number> {
  await copySchluessel(umgebung);
  const { rows } = await umgebung.admin.query<{ mandant_id: string; key: string }>(`
    select o.mandant_id, o.key from organisation.mandant m cross join lateral (select mandant_id, key from ablage.objekt where mandant_id = m.id and id >= $1::uuid) o
    union select (j.payload->>'mandantId')::uuid, j.payload->'payload'->>'key' from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'ablage.objekt_entfernen'`,
    [idAb(seit.getTime() - UEBERLAPPUNG_MS)]);
  return copyAll(umgebung, rows.map((r) => inhaltPath(r.mandant_id, r.key)));
}

/** Everything the database names, held against the list; says what of the list it no longer names. In steps, so that neither side is ever whole in memory twice. */
export async function compareAll(umgebung: Umgebung): Promise<{ kopiert: number }> {
  const { admin, verzeichnis } = umgebung;
  await copySchluessel(umgebung);
  const { rows: mandanten } = await admin.query<{ id: string; jetzt: string }>("select id, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as jetzt from organisation.mandant");
  const genannt = new Set<string>();
  let kopiert = 0;
  for (const { id } of mandanten) {
    for (let nach = '';;) {
      const { rows } = await admin.query<{ key: string }>('select key from ablage.objekt where mandant_id = $1 and key > $2 order by key limit 5000', [id, nach]);
      const paths = rows.map((r) => inhaltPath(id, r.key));
      for (const path of paths) genannt.add(path);
      kopiert += await copyAll(umgebung, paths);
      if (rows.length < 5000) break;
      nach = rows.at(-1)!.key;
    }
  }
  const jetzt = mandanten[0]?.jetzt ?? new Date().toISOString();
  for (const [pfad, eintrag] of verzeichnis.eintraege) {
    if (pfad.startsWith('inhalt/') && (eintrag.entfallen !== undefined) === genannt.has(pfad)) {
      const { entfallen: _, ...rest } = eintrag;
      verzeichnis.set(pfad, genannt.has(pfad) ? rest : { ...rest, entfallen: jetzt });
    }
  }
  return { kopiert };
}
