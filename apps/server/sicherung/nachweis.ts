import { createHash } from 'node:crypto';
import { verifyBestand } from '#modules/protokoll/server/index.ts';
import { systemContext } from '#platform/server/context.ts';
import type { EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { newId } from '#platform/server/ids.ts';
import type { KeyFile } from '#platform/server/keys.ts';
import { createSiegel } from '#platform/server/siegel.ts';
import { openStorage } from '#platform/server/storage/encrypted.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { openDatabase } from '#platform/server/tx.ts';
import { loadModules } from '../load-modules.ts';
import { Refusal } from '../start/say.ts';
import { inhaltPath } from './inhalte.ts';
import type { Ort, Verzeichnis } from './ort.ts';
import { sql } from './wieder.ts';

export type Mandant = { id: string; art: 'verbund' | 'mandant'; name: string; kuerzel: string };
export const listMandanten = (server: EmbeddedPostgres, datenbank: string) => sql<Mandant>(server, datenbank, 'select id, art, name, kuerzel from organisation.mandant order by art desc, name');

export type Inhalte = { inhalte: number; bytes: number; schlechte: string[] };
const STUFE = 2000;
const GLEICHZEITIG = 8;

/** Contents that the restored database names, and the keys of these Mandanten, from the backup into the new store. What it knew to be lost is told. */
export async function restoreInhalte({ server, datenbank, ort, verzeichnis, store, mandanten }: { server: EmbeddedPostgres; datenbank: string; ort: Ort; verzeichnis: Verzeichnis; store: ObjectStore; mandanten: readonly Mandant[] }): Promise<Inhalte> {
  const ergebnis: Inhalte = { inhalte: 0, bytes: 0, schlechte: [] };
  const bring = async (von: string, nach: string) => {
    const { groesse } = verzeichnis.eintraege.get(von)!;
    await store.write(nach, groesse ? ort.store.read(von, { start: 0, end: groesse - 1 }) : (async function* () {})());
    ergebnis.bytes += groesse;
  };
  const ids = new Set(mandanten.map((m) => m.id));
  // of a key that was wrapped anew the last one counts: the list is in the order in which they came
  for (const pfad of verzeichnis.eintraege.keys()) { const [, mandant = '', id] = /^schluessel\/([^/]+)\/([^.]+)\.[0-9a-f]+$/.exec(pfad) ?? []; if (ids.has(mandant)) await bring(pfad, `schluessel/${mandant}/${id}`); }
  for (const { id } of mandanten) {
    for (let nach = '';;) {
      const rows = await sql<{ key: string; zustand: string }>(server, datenbank, 'select key, zustand from ablage.objekt where mandant_id = $1 and key > $2 order by key limit $3', [id, nach, STUFE]);
      const offen = [...rows];
      await Promise.all(Array.from({ length: GLEICHZEITIG }, async () => {
        for (let row = offen.pop(); row; row = offen.pop()) {
          const pfad = inhaltPath(id, row.key);
          if (!verzeichnis.eintraege.has(pfad)) {
            if (row.zustand === 'gut') throw new Refusal(`Die Sicherung ist unvollständig: ${pfad} fehlt, und die Datenbank dieser Sekunde nennt es.`);
            ergebnis.schlechte.push(pfad);
            continue;
          }
          await bring(pfad, pfad);
          ergebnis.inhalte++;
        }
      }));
      if (rows.length < STUFE) break;
      nach = rows.at(-1)!.key;
    }
  }
  return ergebnis;
}

export type Nachweis = { mandant: Mandant; eintraege: number; unversiegelt: number; inhalte: number };

/** Each protocol recomputed under its seals; with `lesen` every content decrypted and held against the hash in its row. Throws at the first that is not right. */
export async function verifyRestored({ server, datenbank, keys, store, mandanten, lesen }: { server: EmbeddedPostgres; datenbank: string; keys: KeyFile; store: ObjectStore; mandanten: readonly Mandant[]; lesen: boolean }): Promise<Nachweis[]> {
  const database = openDatabase(server.url('va_app', datenbank), { max: 2, modules: await loadModules() });
  const storage = openStorage(store, keys);
  const siegel = createSiegel(keys);
  const verbundId = mandanten.find((m) => m.art === 'verbund')?.id ?? newId();
  try {
    const alle: Nachweis[] = [];
    for (const mandant of mandanten) {
      const { eintraege, unversiegelt, befund } = await verifyBestand((work) => database.read(systemContext(mandant.id, verbundId, 'wiederherstellung', [], newId()), work), siegel);
      if (befund) throw new Refusal(`Das Protokoll von ${mandant.name} besteht die Prüfung nicht: ${befund}`);
      const rows = lesen ? await sql<{ key: string; sha256: string }>(server, datenbank, "select key, sha256 from ablage.objekt where mandant_id = $1 and zustand = 'gut' order by key", [mandant.id]) : [];
      for (const { key, sha256 } of rows) {
        const hash = createHash('sha256');
        for await (const piece of await storage.open(mandant.id, key)) hash.update(piece as Buffer);
        if (hash.digest('hex') !== sha256) throw new Refusal(`Der Inhalt ${inhaltPath(mandant.id, key)} passt nicht zu dem, was die Datenbank von ihm sagt.`);
      }
      alle.push({ mandant, eintraege, unversiegelt, inhalte: rows.length });
    }
    return alle;
  } finally { await database.close(); }
}
