import { scanner } from '#platform/server/clamd.ts';
import { AppError } from '#platform/server/errors.ts';

export const befunde = ['ungeprueft', 'wartet', 'sauber', 'offen', 'gefunden', 'freigegeben', 'vernichtet'] as const;
export type Befund = (typeof befunde)[number];
export type Sperre = { art: 'wartet' | 'gefunden' | 'vernichtet'; schadsoftware: string | null; hindernis: 'unerreichbar' | 'zu_gross' | 'fehler' | null };

/** Why these bytes are not to be opened; null: they may be. What waits for a scanner that is no longer configured waits for nothing. */
export function sperreOf({ befund, schadsoftware, hindernis }: { befund: Befund; schadsoftware: string | null; hindernis: Sperre['hindernis'] }): Sperre | null {
  if (befund === 'gefunden' || befund === 'vernichtet') return { art: befund, schadsoftware, hindernis: null };
  return befund === 'wartet' && scanner() ? { art: 'wartet', schadsoftware: null, hindernis } : null;
}

const warten = {
  unerreichbar: 'Diese Datei ist noch nicht auf Schadsoftware geprüft, denn der Virenscanner ist gerade nicht erreichbar. Sie lässt sich öffnen, sobald er sie geprüft hat',
  zu_gross: 'Diese Datei ist größer, als der Virenscanner prüft, und lässt sich deshalb nicht öffnen. Ihre Administration kann das ändern',
  fehler: 'Der Virenscanner kann diese Datei nicht prüfen, deshalb lässt sie sich nicht öffnen. Er versucht es täglich erneut',
};
export function toError({ art, schadsoftware, hindernis }: Sperre): AppError {
  if (art === 'vernichtet') return new AppError('ablage.vernichtet', 423, `In dieser Datei war Schadsoftware (${schadsoftware}). Sie wurde vernichtet; was zu ihr vermerkt ist, bleibt`);
  if (art === 'gefunden') return new AppError('ablage.schadsoftware', 423, `Schadsoftware gefunden: ${schadsoftware}. Die Datei bleibt verwahrt und lässt sich nicht öffnen; Ihre Administration weiß davon`);
  return new AppError('ablage.wird_geprueft', 423, hindernis ? warten[hindernis] : 'Diese Datei wird gerade auf Schadsoftware geprüft. Bitte versuchen Sie es in einem Augenblick noch einmal');
}
export const requireOffen = (sperre: Sperre | null) => { if (sperre) throw toError(sperre); };
