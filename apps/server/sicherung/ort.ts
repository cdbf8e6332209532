/**
 * A Sicherungsort: a folder that holds everything to go back to any second of a window (docs/betrieb/sicherung.md). Files are written once, whole or not at all;
 * only the two small ones at its top are replaced. `verzeichnis/` names each with size and hash, in a chain: what is not in it is not part of the backup.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { openFileStore } from '#platform/server/storage/file-store.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { Refusal } from '../start/say.ts';

export const FORMAT = 2;
const [KENNUNG, STAND] = ['sicherung.json', 'stand.json'] as const;

/** Whose backup it is. */
export type Kennung = { format: number; systemId: string; art: 'eingebettet' | 'extern'; datenbank: string; segment: number; begonnen: string };
/** How far it reaches: up to `bis` whatever was acknowledged lies here, with its contents. */
export type Stand = { format: number; bis: string; lsn: string; zeitlinie: number; verzeichnis: { nr: number; sha256: string }; teil: (Eintrag & { pfad: string; segment: string }) | null; behalten: number };
export type Eintrag = {
  groesse: number; sha256: string;
  /** Of a segment of the log: when its last bytes were written, and the hash of what is in it. */
  zeit?: string; klar?: string;
  /** Of a content: since when no row of the database names it any more. */
  entfallen?: string;
};
export type Grundsicherung = { name: string; format: number; beginn: string; ende: string; start: string; stop: string; zeitlinie: number; postgres: string; version: string; migrationen: number; bytes: number; datei: Eintrag };

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const veraendert = (pfad: string) => new Refusal(`Die Sicherung ist beschädigt: ${pfad} ist verändert.`);
const fehlt = (pfad: string) => new Refusal(`Die Sicherung ist unvollständig: ${pfad} fehlt.`);

export async function readWhole(store: ObjectStore, pfad: string): Promise<Buffer | undefined> {
  const found = await store.stat(pfad);
  return found && (found.size ? Buffer.concat(await Array.fromAsync(store.read(pfad, { start: 0, end: found.size - 1 }))) : Buffer.alloc(0));
}
/** JSON that says itself whether it is as it was written. */
const sealJson = (value: object) => { const text = JSON.stringify(value); return `${JSON.stringify({ ...value, pruefsumme: sha256(text) })}\n`; };
function openJson<T>(bytes: Buffer, pfad: string): T {
  try {
    const { pruefsumme, ...value } = JSON.parse(bytes.toString()) as { pruefsumme: string };
    if (sha256(JSON.stringify(value)) === pruefsumme) return value as T;
  } catch { /* said below */ }
  throw veraendert(pfad);
}

export async function openOrt(given: string) {
  const ordner = resolve(process.env.INIT_CWD ?? '.', given); // as typed, wherever npm was called
  const store = openFileStore({ root: ordner });
  const writeText = (pfad: string, text: string) => store.write(pfad, (async function* () { yield Buffer.from(text); })());
  const readJson = async <T extends { format: number }>(pfad: string) => {
    const bytes = await readWhole(store, pfad);
    if (!bytes) return undefined;
    const value = openJson<T>(bytes, pfad);
    if (value.format !== FORMAT) throw new Refusal(`${join(ordner, pfad)} hat das Format ${value.format}, das dieses Programm nicht kennt.`);
    return value;
  };
  return {
    ordner, store,
    readKennung: () => readJson<Kennung>(KENNUNG),
    readStand: () => readJson<Stand>(STAND),
    writeStand: (stand: Stand) => writeText(STAND, sealJson(stand)),
    /** A new or empty folder, or one of the same database. What killed processes left goes. */
    async prepare(kennung: Omit<Kennung, 'format' | 'begonnen'>) {
      await mkdir(ordner, { recursive: true, mode: 0o700 });
      const da = await readJson<Kennung>(KENNUNG);
      if (!da) {
        const andere = (await readdir(ordner)).filter((name) => !['lost+found', 'teil'].includes(name));
        if (andere.length) throw new Refusal(`In ${ordner} liegt schon etwas anderes (${andere[0]}). Eine Sicherung braucht einen eigenen Ordner.`);
        await chmod(ordner, 0o700);
        await writeText(KENNUNG, sealJson({ format: FORMAT, ...kennung, begonnen: new Date().toISOString() }));
      } else if (da.systemId !== kennung.systemId) throw new Refusal(`${ordner} ist die Sicherung einer anderen Datenbank. Wählen Sie einen eigenen Ordner.`);
      await store.sweep();
    },
    /** Copies a stream here, and answers what the list is to hold of it. */
    async write(pfad: string, source: AsyncIterable<Uint8Array>): Promise<Eintrag> {
      const hash = createHash('sha256');
      let groesse = 0;
      await store.write(pfad, (async function* () { for await (const piece of source) { hash.update(piece); groesse += piece.length; yield piece; } })());
      return { groesse, sha256: hash.digest('hex') };
    },
    /** Reads every byte again, or with `schnell` only looks whether it is there in its size. */
    async verify(pfad: string, { groesse, sha256: wanted }: Eintrag, schnell = false) {
      const found = await store.stat(pfad);
      if (!found) throw fehlt(pfad);
      if (found.size !== groesse) throw veraendert(pfad);
      if (schnell) return;
      const hash = createHash('sha256');
      if (groesse) for await (const piece of store.read(pfad, { start: 0, end: groesse - 1 })) hash.update(piece);
      if (hash.digest('hex') !== wanted) throw veraendert(pfad);
    },
    async writeGrund(grund: Grundsicherung) { await writeText(`basis/${grund.name}/basis.json`, sealJson(grund)); },
    /** The base backups that are whole, oldest first. */
    async listGrund(): Promise<Grundsicherung[]> {
      const found: Grundsicherung[] = [];
      for await (const { path } of store.list('basis/')) if (path.endsWith('/basis.json')) { const grund = await readJson<Grundsicherung>(path); if (grund) found.push(grund); }
      return found.toSorted((a, b) => (a.ende < b.ende ? -1 : 1));
    },
    openVerzeichnis: () => openVerzeichnis(store, writeText),
  };
}
export type Ort = Awaited<ReturnType<typeof openOrt>>;

type Kopf = { nr: number; vorher: string; anfang: boolean };
const nameOf = (nr: number) => `verzeichnis/${String(nr).padStart(12, '0')}`;

/** All that lies here. Grows by a small file with each round; once a day all of them become one. */
async function openVerzeichnis(store: ObjectStore, writeText: (pfad: string, text: string) => Promise<void>) {
  const eintraege = new Map<string, Eintrag>();
  let [neu, last]: [string[], { nr: number; sha256: string }] = [[], { nr: 0, sha256: '' }];
  const line = (pfad: string, eintrag: Eintrag) => JSON.stringify([pfad, eintrag]);
  async function append(lines: readonly string[], anfang: boolean) {
    const nr = last.nr + 1;
    const body = [JSON.stringify({ nr, vorher: last.sha256, anfang } satisfies Kopf), ...lines].join('\n');
    const sum = sha256(body);
    await writeText(nameOf(nr), `${body}\n${sum}\n`);
    last = { nr, sha256: sum };
  }

  const namen: string[] = [];
  for await (const { path } of store.list('verzeichnis/')) namen.push(path);
  const gelesen: { kopf: Kopf; zeilen: string[]; sum: string; pfad: string }[] = [];
  // backwards to the last one that holds everything
  for (const pfad of namen.toSorted().toReversed()) {
    const text = (await readWhole(store, pfad))!.toString();
    const at = text.lastIndexOf('\n', text.length - 2);
    const [body, sum] = [text.slice(0, at), text.slice(at + 1, -1)];
    if (at < 0 || sha256(body) !== sum) throw veraendert(pfad);
    const [first = '', ...zeilen] = body.split('\n');
    const kopf = JSON.parse(first) as Kopf;
    const davor = gelesen.at(-1);
    if (davor && (davor.kopf.nr !== kopf.nr + 1 || davor.kopf.vorher !== sum)) throw fehlt(nameOf(davor.kopf.nr - 1));
    gelesen.push({ kopf, zeilen, sum, pfad });
    if (kopf.anfang) break;
  }
  if (gelesen.length && !gelesen.at(-1)!.kopf.anfang) throw fehlt(nameOf(gelesen.at(-1)!.kopf.nr - 1));
  for (const { zeilen } of gelesen.toReversed()) for (const zeile of zeilen) { const [pfad, eintrag] = JSON.parse(zeile) as [string, Eintrag]; eintraege.set(pfad, eintrag); }
  if (gelesen[0]) last = { nr: gelesen[0].kopf.nr, sha256: gelesen[0].sum };

  return {
    eintraege: eintraege as ReadonlyMap<string, Eintrag>,
    get stand() { return last; },
    set(pfad: string, eintrag: Eintrag) { eintraege.set(pfad, eintrag); neu.push(line(pfad, eintrag)); },
    /** What was set since the last time lies on the disk after this. */
    async flush() {
      const lines = neu;
      if (!lines.length) return;
      await append(lines, last.nr === 0);
      neu = neu.slice(lines.length);
    },
    /** One file in place of all, without what is to go; the files themselves go after it. */
    async compact(weg: ReadonlySet<string>) {
      for (const pfad of weg) eintraege.delete(pfad);
      const alt = last.nr;
      await append([...eintraege].map(([pfad, eintrag]) => line(pfad, eintrag)), true);
      neu = [];
      for await (const { path } of store.list('verzeichnis/')) if (path <= nameOf(alt)) await store.remove(path);
    },
  };
}
export type Verzeichnis = Awaited<ReturnType<typeof openVerzeichnis>>;

/** Whether one place lies in the other: keys and data must not. */
export async function sindGetrennt(a: string, b: string) {
  const [x, y] = [a, b].map((p) => `${resolve(process.env.INIT_CWD ?? '.', p)}${sep}`) as [string, string];
  const inode = async (p: string) => { const s = await stat(p).catch(() => undefined); return s && `${s.dev}:${s.ino}`; };
  const [ix, iy] = [await inode(x), await inode(y)];
  return !x.startsWith(y) && !y.startsWith(x) && (ix === undefined || ix !== iy);
}
