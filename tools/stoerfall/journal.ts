/** What a client was told: one line for each acknowledged operation, on the disk before the next is asked for. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export type Art = 'dokument' | 'eingang' | 'sendung' | 'ablage' | 'vorgang' | 'akte';
export type Eintrag = {
  art: Art; mandant: number; id: string;
  /** Number or Kennzeichen that was answered. */
  nummer: string;
  betreff: string;
  /** Of what was made with content. */
  inhaltId?: string; sha256?: string;
  /** Clock of the client before it asked, and after it had the answer: of what a restore to a second must bring back, and must not. */
  begonnen: number; bestaetigt: number;
  /** Number of the Ereignis in the history. */
  ereignis: number;
};
/** The Ereignis that each operation must have, exactly once. */
export const EREIGNIS: Record<Art, string> = { dokument: 'dokument.angelegt', eingang: 'eingang.angelegt', sendung: 'sendung.angenommen', ablage: 'eingang.abgelegt', vorgang: 'vorgang.angelegt', akte: 'akte.angelegt' };

export function openJournal(path: string) {
  const file = openSync(path, 'a', 0o600);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return {
    append(eintrag: Eintrag) { writeSync(file, `${JSON.stringify(eintrag)}\n`); fsyncSync(file); },
    close() { closeSync(file); },
  };
}
export const writeJournal = (path: string, eintraege: readonly Eintrag[]) => { const journal = openJournal(path); for (const e of eintraege) journal.append(e); journal.close(); };
export const readJournal = (path: string): Eintrag[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Eintrag) : []);
