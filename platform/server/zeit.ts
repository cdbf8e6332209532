/**
 * Legal days, years and shown times of the whole installation (setting ZEITZONE), wherever the machine stands. One value per process, set once at the
 * start; `enter()` hands it to every transaction, so that `current_date` and `::date` in SQL mean the same day. Stored is always UTC.
 */
let zone = 'Europe/Berlin';
export const zeitzone = () => zone;
export function setZeitzone(name: string) {
  if (!/^[\w+/-]+$/.test(name)) throw new TypeError('not the name of a time zone'); // it becomes part of a statement
  zone = name;
}

/** `YYYY-MM-DD` of this moment. */
export const tagVon = (zeit: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(zeit);
export const heute = () => tagVon(new Date());
/** As people read it in German. */
export const formatZeit = (zeit: Date, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('de-DE', { timeZone: zone, ...options }).format(zeit);
