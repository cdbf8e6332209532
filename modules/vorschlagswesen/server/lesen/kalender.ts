/** Days as YYYY-MM-DD; counted in UTC, so that no change of clocks moves one. */
const alsDatum = (tag: string) => new Date(`${tag}T00:00:00Z`);
const alsTag = (d: Date) => d.toISOString().slice(0, 10);

export function addTage(tag: string, n: number): string {
  const d = alsDatum(tag);
  d.setUTCDate(d.getUTCDate() + n);
  return alsTag(d);
}
/** The same day n months later; where that month is shorter, its last one (§ 188 Abs. 3 BGB). */
export function addMonate(tag: string, n: number): string {
  const d = alsDatum(tag), t = d.getUTCDate();
  d.setUTCDate(1);
  d.setUTCMonth(d.getUTCMonth() + n);
  const letzter = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0)).getUTCDate();
  d.setUTCDate(Math.min(t, letzter));
  return alsTag(d);
}

/** Sunday of Easter by Gauß and Lichtenberg. */
function ostern(jahr: number): string {
  const a = jahr % 19, k = Math.floor(jahr / 100), m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25), d = (19 * a + m) % 30;
  const s = 2 - Math.floor((3 * k + 3) / 4), r = Math.floor(d / 29) + (Math.floor(d / 28) - Math.floor(d / 29)) * Math.floor(a / 11), og = 21 + d - r, sz = 7 - ((jahr + Math.floor(jahr / 4) + s) % 7);
  return addTage(`${jahr}-03-01`, og + (7 - ((og - sz) % 7)) - 1);
}
/** A day on which nobody works anywhere in Germany; the days of single Länder are left out, which makes a deadline earlier, never later. */
export function istArbeitsfrei(tag: string): boolean {
  const wochentag = alsDatum(tag).getUTCDay();
  if (wochentag === 0 || wochentag === 6) return true;
  const jahr = Number(tag.slice(0, 4)), o = ostern(jahr);
  return ['01-01', '05-01', '10-03', '12-25', '12-26'].includes(tag.slice(5)) || [-2, 1, 39, 50].some((n) => addTage(o, n) === tag);
}
/** § 193 BGB, § 31 Abs. 3 VwVfG: what ends on a day off ends on the next working day. */
export function naechsterWerktag(tag: string): string {
  for (let t = tag; ; t = addTage(t, 1)) if (!istArbeitsfrei(t)) return t;
}
export const schreibTag = (tag: string) => `${tag.slice(8, 10)}.${tag.slice(5, 7)}.${tag.slice(0, 4)}`;
