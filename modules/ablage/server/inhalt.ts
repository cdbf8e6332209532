import { defineErrors } from '#platform/server/errors.ts';

/** Hours between upload and attach. */
export const GUELTIG_STUNDEN = 24;

export const InhaltErrors = defineErrors('ablage', {
  inhalt_unbekannt: { status: 404, title: 'Die hochgeladene Datei ist nicht (mehr) vorhanden. Ein Upload gilt 24 Stunden, für eine Person und einmal: Bitte laden Sie die Datei erneut hoch' },
  inhalt_verwendet: { status: 409, title: 'Diese hochgeladene Datei wurde bereits abgelegt' },
  pruefung_laeuft: { status: 409, title: 'Die Ablage wird gerade geprüft', constraint: 'pruefung_laeuft' },
});

// C0 and C1 controls, and the marks that turn the reading direction (»gpj.exe« for »exe.jpg«): neither belongs to a name in DIN 91379.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LONGEST = 200;

/** A name fit to show and to offer at download: no path, no hidden characters, never empty, at most 200 characters with the extension kept. */
export function cleanDateiname(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1)!.replace(HIDDEN, '').trim();
  const name = /^\.*$/.test(last) ? 'unbenannt' : last;
  const letters = [...name];
  if (letters.length <= LONGEST) return name;
  const extension = [.../\.[^.\s]{1,15}$/u.exec(name)?.[0] ?? ''];
  return [...letters.slice(0, LONGEST - extension.length), ...extension].join('');
}

const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;
/** What the sender says; aufbereitung finds the type by content. */
export function cleanMime(given: string): string {
  const mime = given.split(';')[0]!.trim().toLowerCase();
  return MIME.test(mime) ? mime : 'application/octet-stream';
}
