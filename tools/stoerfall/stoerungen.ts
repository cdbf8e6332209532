import { datenbank } from './datenbank.ts';
import { fsyncFehler, platteAblage, platteDatenbank } from './platte.ts';
import { postfach } from './postfach.ts';
import { sicherungAbgebrochen, sicherungPlatte, zurueckAufSekunde } from './sicherung.ts';
import { strom, stromGegenprobe } from './strom.ts';
import { toeten } from './toeten.ts';
import { umwandler } from './umwandler.ts';
import { eingefroren, zuZweit } from './worker.ts';
import type { Stoerung } from './werk.ts';

/** The small profile for every change, the whole one for the night. */
export const stoerungen = (voll: boolean): Stoerung[] => [
  toeten(voll ? 1000 : 26), datenbank(voll ? 20 : 2), fsyncFehler, platteAblage, platteDatenbank, strom(voll ? 50 : 2), stromGegenprobe, eingefroren, zuZweit, umwandler, postfach,
  zurueckAufSekunde(voll ? 10 : 1), sicherungAbgebrochen(voll ? 30 : 3), sicherungPlatte,
];
