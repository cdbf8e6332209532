import { formatZeit } from '#platform/server/zeit.ts';
import { Refusal } from '../start/say.ts';
import type { Grundsicherung, Ort, Stand, Verzeichnis } from './ort.ts';
import { parseLsn } from './replikation.ts';
import { kette, segmentOf } from './wal.ts';

export const alsZeit = (iso: string) => formatZeit(new Date(iso), { dateStyle: 'medium', timeStyle: 'medium' });

/** To a whole second, so that what is printed can be asked for. */
const aufgerundet = (iso: string) => new Date(Math.ceil(Date.parse(iso) / 1000) * 1000).toISOString();

export type Lage = { stand: Stand; segment: number; verzeichnis: Verzeichnis; alle: { grund: Grundsicherung; bis: string; bisStand: boolean }[] };

/** Every base backup that is whole, and how far the log after it goes. */
export async function readLage(ort: Ort, verzeichnis: Verzeichnis): Promise<Lage> {
  const [kennung, stand, gruende] = [await ort.readKennung(), await ort.readStand(), await ort.listGrund()];
  if (!kennung || !stand || !gruende.length) throw new Refusal(`In ${ort.ordner} liegt keine vollständige Sicherung.`);
  if (verzeichnis.stand.nr < stand.verzeichnis.nr) throw new Refusal(`Die Sicherung ist unvollständig: In ${ort.ordner}/verzeichnis fehlt das letzte Verzeichnis (${stand.verzeichnis.nr}).`);
  const { segment } = kennung;
  const alle = gruende.map((grund) => {
    const { segmente, naechstes } = kette(verzeichnis.eintraege, parseLsn(grund.start), grund.zeitlinie, segment);
    const bisStand = grund.zeitlinie === stand.zeitlinie && (stand.teil?.segment ?? segmentOf(parseLsn(stand.lsn), stand.zeitlinie, segment)) <= naechstes;
    const zeit = segmente.at(-1)?.eintrag.zeit ?? grund.ende;
    return { grund, bisStand, bis: bisStand ? stand.bis : zeit > grund.ende ? zeit : grund.ende };
  });
  return { stand, segment, verzeichnis, alle };
}

/** From when to when one can go back: as stretches without a gap. */
export function fensterOf({ alle }: Lage): { von: string; bis: string }[] {
  const fenster: { von: string; bis: string }[] = [];
  for (const { grund, bis } of alle) {
    if (bis < grund.ende) continue;
    const last = fenster.at(-1);
    if (last && grund.ende <= last.bis) last.bis = bis > last.bis ? bis : last.bis;
    else fenster.push({ von: grund.ende, bis });
  }
  return fenster;
}
export const fensterVon = async (ort: Ort, verzeichnis: Verzeichnis) => fensterOf(await readLage(ort, verzeichnis)).map(({ von, bis }) => ({ von: alsZeit(aufgerundet(von)), bis: alsZeit(bis) }));
