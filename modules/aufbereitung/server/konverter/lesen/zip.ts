import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { KonverterFehler } from '../protokoll.ts';

/** One member or all that we read together; a member may be compressed so many times; so many names. A 42.zip ends at the first of them. */
const GRENZEN = { mitglied: 200 * 2 ** 20, summe: 400 * 2 ** 20, faktor: 250, faktorAb: 10 * 2 ** 20, namen: 10_000 };

export type Zip = {
  namen: readonly string[];
  has(name: string): boolean;
  /** undefined if there is no such member. */
  read(name: string): Promise<Buffer | undefined>;
  verschluesselt: boolean;
  close(): void;
};

/** Opens by the central directory; reads a member only when asked, and counts what really comes out instead of believing the header. */
export async function openZip(datei: string): Promise<Zip> {
  const zip = await open(datei);
  const entries = new Map<string, Entry>();
  await list(zip, entries).catch((error: unknown) => { zip.close(); throw error; });
  let gelesen = 0;
  return {
    namen: [...entries.keys()],
    has: (name) => entries.has(name),
    verschluesselt: [...entries.values()].some((e) => (e.generalPurposeBitFlag & 1) === 1),
    async read(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const inhalt = await inflate(zip, entry, GRENZEN.summe - gelesen);
      gelesen += inhalt.length;
      return inhalt;
    },
    close: () => zip.close(),
  };
}

const broken = (error: unknown) => error instanceof KonverterFehler ? error : new KonverterFehler('beschaedigt', { meldung: String((error as Error).message).slice(0, 200) });

const open = (datei: string) => new Promise<ZipFile>((resolve, reject) =>
  yauzl.open(datei, { lazyEntries: true, autoClose: false, decodeStrings: true, strictFileNames: false, validateEntrySizes: true }, (error, zip) => error ? reject(broken(error)) : resolve(zip)));

const list = (zip: ZipFile, entries: Map<string, Entry>) => new Promise<void>((resolve, reject) => {
  zip.on('entry', (entry: Entry) => {
    if (entries.size >= GRENZEN.namen) return reject(new KonverterFehler('archivgrenze', { grenze: GRENZEN.namen }));
    entries.set(entry.fileName, entry);
    zip.readEntry();
  }).on('end', resolve).on('error', (e: unknown) => reject(broken(e)));
  zip.readEntry();
});

const inflate = (zip: ZipFile, entry: Entry, rest: number) => new Promise<Buffer>((resolve, reject) => {
  if ((entry.generalPurposeBitFlag & 1) === 1) return reject(new KonverterFehler('verschluesselt'));
  zip.openReadStream(entry, (error, stream) => {
    if (error) return reject(broken(error));
    const teile: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (teil: Buffer) => {
      bytes += teil.length;
      const bombe = bytes > GRENZEN.faktorAb && bytes > entry.compressedSize * GRENZEN.faktor;
      if (bombe || bytes > GRENZEN.mitglied || bytes > rest) { stream.destroy(); return reject(new KonverterFehler('archivgrenze', { name: entry.fileName.slice(0, 200) })); }
      teile.push(teil);
    }).on('end', () => resolve(Buffer.concat(teile))).on('error', (e: unknown) => reject(broken(e)));
  });
});
