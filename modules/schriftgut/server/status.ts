import type { Status } from '../contract.ts';

/**
 * The legal transitions of Akte and Vorgang (ST-05); every other pair is refused. Storno and Sperre are marks beside the status, not states.
 * zda → vernichtet exists only for AU-06 (c): there is no duty to offer to an archive.
 */
export const uebergaenge: Readonly<Record<Status, readonly Status[]>> = {
  in_bearbeitung: ['zda'],
  zda: ['in_bearbeitung', 'angeboten', 'vernichtet'],
  angeboten: ['bewertet_a', 'bewertet_v', 'zda'],
  bewertet_a: ['abgegeben'],
  bewertet_v: ['vernichtet'],
  abgegeben: ['vernichtet'],
  vernichtet: [],
};
export const darfWechseln = (von: Status, nach: Status) => uebergaenge[von].includes(nach);

export const statusworte: Record<Status, string> = {
  in_bearbeitung: 'in Bearbeitung', zda: 'z. d. A.', angeboten: 'angeboten', bewertet_a: 'archivwürdig bewertet', bewertet_v: 'zur Vernichtung bewertet', abgegeben: 'abgegeben', vernichtet: 'vernichtet',
};

/** Last day of keeping: the period begins with the end of the calendar year of closing (AU-01); undefined years: for ever. */
export const aufbewahrungsende = (zdaAm: string, jahre: number | null, unbefristet: boolean): string | null =>
  unbefristet || jahre === null ? null : `${String(Number(zdaAm.slice(0, 4)) + jahre).padStart(4, '0')}-12-31`;
