/** The log of the database, taken while it is written: whole segments once, the one that is being written anew with each round. */
import { createHash } from 'node:crypto';
import type { KeyFile } from '#platform/server/keys.ts';
import { Refusal } from '../start/say.ts';
import { pack } from './huelle.ts';
import type { Eintrag, Ort, Stand, Verzeichnis } from './ort.ts';
import { formatLsn, type Lsn, type Replikation } from './replikation.ts';

const hex = (n: bigint | number) => n.toString(16).toUpperCase().padStart(8, '0');
const PER_FILE = 0x1_0000_0000n;
/** Name of the segment that holds this position, as PostgreSQL calls it. */
export function segmentOf(lsn: Lsn, zeitlinie: number, size: number) {
  const [nr, per] = [lsn / BigInt(size), PER_FILE / BigInt(size)];
  return `${hex(zeitlinie)}${hex(nr / per)}${hex(nr % per)}`;
}
export const beginOf = (lsn: Lsn, size: number): Lsn => lsn - (lsn % BigInt(size));
export const walPath = (segment: string) => `wal/${segment}`;
/** The segments from one position to another, both of them included. */
export function segmentsBetween(from: Lsn, to: Lsn, zeitlinie: number, size: number) {
  const all: string[] = [];
  for (let at = beginOf(from, size); at <= to; at += BigInt(size)) all.push(segmentOf(at, zeitlinie, size));
  return all;
}

type Umgebung = { ort: Ort; verzeichnis: Verzeichnis; keys: KeyFile; replikation: Replikation; slot: string; zeitlinie: number; segment: number };
const MOST_WAITING = 4;

/** Receives from `von` (begin of a segment) until the connection breaks; `gescheitert` settles then. */
export function receiveWal({ ort, verzeichnis, keys, replikation, slot, zeitlinie, segment: size }: Umgebung, von: Lsn) {
  let [begin, filled, empfangen, zeit]: [Lsn, number, Lsn, Date] = [von, 0, von, new Date()];
  let [sicher, gesehen]: [Lsn, Lsn] = [von, von];
  let buffer = Buffer.alloc(size);
  let teil: Stand['teil'] = null;
  let writing: Promise<void> = Promise.resolve();
  let waiting = 0;
  const strom = replikation.strom(slot, von, zeitlinie);
  const arrived = new Set<() => void>();

  async function store(segment: string, bytes: Buffer, ende: Date) {
    const klar = createHash('sha256').update(bytes).digest('hex');
    const da = verzeichnis.eintraege.get(walPath(segment));
    if (da && da.klar !== klar) throw new Refusal(`Am Sicherungsort liegt schon ein anderes Schreibprotokoll ${segment}: Er gehört zu einer anderen Fortsetzung dieser Datenbank. Wählen Sie einen neuen Ordner.`);
    if (!da) verzeichnis.set(walPath(segment), { ...(await ort.write(walPath(segment), pack(keys, bytes))), klar, zeit: ende.toISOString() });
  }
  function take(bytes: Buffer) {
    for (let at = 0; at < bytes.length;) {
      const taken = bytes.copy(buffer, filled, at);
      [at, filled, empfangen] = [at + taken, filled + taken, empfangen + BigInt(taken)];
      if (filled < size) continue;
      const [segment, whole, ende] = [segmentOf(begin, zeitlinie, size), buffer, zeit];
      waiting++;
      writing = writing.then(async () => { await store(segment, whole, ende); waiting--; });
      writing.catch(() => {});
      [begin, filled, buffer] = [begin + BigInt(size), 0, Buffer.alloc(size)];
    }
  }
  const gescheitert = (async () => {
    for await (const nachricht of strom.nachrichten()) {
      if (nachricht.art === 'daten') {
        if (nachricht.von !== empfangen) throw new Error(`Im Strom des Schreibprotokolls fehlt etwas: erwartet ${formatLsn(empfangen)}, gekommen ${formatLsn(nachricht.von)}`);
        zeit = nachricht.zeit;
        take(nachricht.bytes);
        for (const wake of arrived) wake();
        if (waiting > MOST_WAITING) await writing;
      } else if (nachricht.antworten) strom.bestaetige(sicher);
    }
  })();
  gescheitert.catch(() => {});

  async function writeTeil(bytes: Buffer) {
    const segment = segmentOf(gesehen, zeitlinie, size);
    const pfad = `${walPath(segment)}.${bytes.length.toString(16)}.teil`;
    if (teil?.pfad !== pfad) teil = { pfad, segment, ...(await ort.write(pfad, pack(keys, bytes))) };
  }
  return {
    gescheitert,
    get teil() { return teil; },
    get lsn() { return gesehen; },
    /** Everything up to there lies at the Sicherungsort; it counts, and the server is told, once the list is written. */
    async await(lsn: Lsn) {
      while (empfangen < lsn) {
        const { promise, resolve } = Promise.withResolvers<void>();
        arrived.add(resolve);
        await Promise.race([promise, gescheitert]);
        arrived.delete(resolve);
      }
      for (let last; last !== writing;) { last = writing; await last; }
      gesehen = empfangen;
      if (filled) await writeTeil(Buffer.from(buffer.subarray(0, filled))); else teil = null;
    },
    bestaetige() { sicher = gesehen; strom.bestaetige(sicher); },
  };
}
export type WalEmpfang = ReturnType<typeof receiveWal>;

/** How long the log goes on without a gap from a base backup on: names of its segments, the last of them when it ends. */
export function kette(eintraege: ReadonlyMap<string, Eintrag>, start: Lsn, zeitlinie: number, size: number) {
  const segmente: { segment: string; eintrag: Eintrag }[] = [];
  for (let at = beginOf(start, size); ; at += BigInt(size)) {
    const segment = segmentOf(at, zeitlinie, size);
    const eintrag = eintraege.get(walPath(segment));
    if (!eintrag) return { segmente, naechstes: segment };
    segmente.push({ segment, eintrag });
  }
}
