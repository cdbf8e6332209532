import { gebiet, katalog } from './text.ts';

/** Legal days are those of the installation (ZEITZONE), wherever the browser stands. */
let zone = 'Europe/Berlin';
export const setzeZeitzone = (name: string) => { zone = name; };
const t = katalog({
  heute: ['heute', 'today'], gestern: ['gestern', 'yesterday'], morgen: ['morgen', 'tomorrow'],
  uhr: [(tag: string, zeit: string) => `${tag}, ${zeit}`, (tag: string, zeit: string) => `${tag}, ${zeit}`],
});
const nurTag = /^\d{4}-\d{2}-\d{2}$/;
/** A `date` of the API is `YYYY-MM-DD`; noon keeps it the same day in every zone. */
const alsDatum = (wert: string | Date) => (wert instanceof Date ? wert : new Date(nurTag.test(wert) ? `${wert}T12:00:00Z` : wert));
const format = (optionen: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(gebiet(), { timeZone: zone, ...optionen });
/** `2026-11-19` */
export const tagVon = (wert: string | Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(alsDatum(wert));
/** `2026-11-19`, today */
export const heute = () => tagVon(new Date());
const tageBis = (wert: string | Date, jetzt: Date) => Math.round((Date.parse(tagVon(wert)) - Date.parse(tagVon(jetzt))) / 86_400_000);

/** 26.11.2026 */
export const datum = (wert: string | Date) => format({ day: '2-digit', month: '2-digit', year: 'numeric' }).format(alsDatum(wert));
/** 8:52 */
export const uhrzeit = (wert: string | Date) => format({ hour: 'numeric', minute: '2-digit' }).format(alsDatum(wert));
/** Donnerstag, 19. November 2026 */
export const tagLang = (wert: string | Date) => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(alsDatum(wert));
/** 19.11.2026, 8:52 */
export const zeitpunkt = (wert: string | Date) => t('uhr', datum(wert), uhrzeit(wert));

/** As people say it in a list: »heute, 8:52«, »gestern«, »26.11.«, »26.11.2025«. */
export function nah(wert: string | Date, jetzt = new Date()) {
  const tage = tageBis(wert, jetzt);
  const hatZeit = wert instanceof Date || !nurTag.test(wert);
  if (Math.abs(tage) <= 1) {
    const tag = tage === 0 ? t('heute') : tage < 0 ? t('gestern') : t('morgen');
    return hatZeit ? t('uhr', tag, uhrzeit(wert)) : tag;
  }
  const gleichesJahr = tagVon(wert).slice(0, 4) === tagVon(jetzt).slice(0, 4);
  return gleichesJahr ? format({ day: '2-digit', month: '2-digit' }).format(alsDatum(wert)) : datum(wert);
}
