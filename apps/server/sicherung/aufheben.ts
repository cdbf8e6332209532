import type { Ort, Verzeichnis } from './ort.ts';
import { beginOf, segmentOf } from './wal.ts';
import { parseLsn } from './replikation.ts';

const TAG = 24 * 3600_000;

/**
 * Removes what nobody can go back to any more: base backups that a younger one makes needless for the window of `tage`, the log before the oldest that stays,
 * contents that no row has named since before it began. The last base backup is never among them. First the list, then the files.
 */
export async function removeAltes(ort: Ort, verzeichnis: Verzeichnis, segment: number, tage: number, jetzt = new Date()): Promise<number> {
  const alle = await ort.listGrund();
  const grenze = new Date(jetzt.getTime() - tage * TAG).toISOString();
  // the youngest from before the window is the one that its first seconds are reached from
  const erste = alle.findLastIndex((g) => g.ende <= grenze);
  const behalten = alle.slice(Math.max(0, erste));
  const aelteste = behalten[0];
  if (!aelteste) return 0;
  const ab = segmentOf(beginOf(parseLsn(aelteste.start), segment), aelteste.zeitlinie, segment);
  const weg = new Set<string>();
  for (const [pfad, eintrag] of verzeichnis.eintraege) {
    if (pfad.startsWith('wal/') && pfad.slice(4) < ab) weg.add(pfad);
    if (eintrag.entfallen !== undefined && eintrag.entfallen < aelteste.beginn) weg.add(pfad);
  }
  await verzeichnis.compact(weg);
  for (const pfad of weg) await ort.store.remove(pfad);
  for (const { name } of alle.slice(0, Math.max(0, erste))) for (const datei of ['basis.json', 'basis']) await ort.store.remove(`basis/${name}/${datei}`);
  return weg.size;
}
