import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { writeFileFrom, type Datei } from './dateien.ts';

const list = async (store: ObjectStore) => {
  const found = new Map<string, number>();
  for (const prefix of ['inhalt/', 'schluessel/']) for await (const { path, size } of store.list(prefix)) found.set(path, size);
  return found;
};

/**
 * Content as it lies there, encrypted, with the wrapped keys of the Mandanten. Listed before the database is copied and once more after it,
 * and everything that either list names is copied: so it holds whatever the copied database names.
 */
export async function beginInhalte(store: ObjectStore) {
  const before = await list(store);
  return {
    async copy(ziel: string): Promise<Datei[]> {
      const all = new Map([...before, ...(await list(store))]);
      const dateien: Datei[] = [];
      for (const [path, size] of all) {
        // gone since the first list: its row was gone before the backup began, since nothing is deleted while it runs
        if (!(await store.stat(path))) continue;
        const source = size === 0 ? (async function* () {})() : store.read(path, { start: 0, end: size - 1 });
        dateien.push(await writeFileFrom(source, ziel, `ablage/${path}`));
      }
      return dateien;
    },
  };
}
