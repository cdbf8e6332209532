import { tagVon } from '#platform/server/zeit.ts';

const STUNDE = 3600_000, TAG = 24 * STUNDE;

/** Easter Sunday by Gauß, as corrected by Lichtenberg; days of the year in UTC. */
function ostern(jahr: number): number {
  const k = Math.floor(jahr / 100), m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25), s = 2 - Math.floor((3 * k + 3) / 4);
  const a = jahr % 19, d = (19 * a + m) % 30, r = Math.floor((d + Math.floor(a / 11)) / 29), og = 21 + d - r;
  const sz = 7 - ((jahr + Math.floor(jahr / 4) + s) % 7), oe = 7 - ((og - sz) % 7);
  return Date.UTC(jahr, 2, og + oe);
}
/** The holidays of all Länder; those of some only are working days here, so that nothing waits too long. */
const FEST = new Set(['01-01', '05-01', '10-03', '12-25', '12-26']);
const BEWEGLICH = [-2, 1, 39, 50];
export function isWerktag(tag: string): boolean {
  const zeit = Date.parse(`${tag}T00:00:00Z`);
  if ([0, 6].includes(new Date(zeit).getUTCDay()) || FEST.has(tag.slice(5))) return false;
  return !BEWEGLICH.includes(Math.round((zeit - ostern(Number(tag.slice(0, 4)))) / TAG));
}

/** So many hours later, of which only those on working days count. What comes at a weekend counts from the first hour of the next working day. */
export function addWerkstunden(von: Date, stunden: number): Date {
  let zeit = von.getTime();
  const ruht = () => !isWerktag(tagVon(new Date(zeit)));
  if (ruht()) {
    while (ruht()) zeit += TAG;
    const tag = tagVon(new Date(zeit));
    while (tagVon(new Date(zeit - STUNDE)) === tag) zeit -= STUNDE;
    zeit -= zeit % STUNDE;
  }
  for (let rest = stunden; rest > 0; rest -= 24) {
    zeit += Math.min(rest, 24) * STUNDE;
    while (ruht()) zeit += TAG;
  }
  return new Date(zeit);
}
