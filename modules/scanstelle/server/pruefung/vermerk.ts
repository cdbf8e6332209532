import { createHash } from 'node:crypto';
import type { Analyse } from '../angaben.ts';
import type { RohdateiRow, SeiteRow, StapelRow } from '../queries.ts';

/** What is stored, hashed and sealed; its words never change once written. */
export type Vermerk = {
  fassung: 1; eingang: string;
  stapel: { nummer: string; station: string | null; profil: string };
  gescannt: { von: string | null; am: string | null }; geprueft: { von: string; am: string }; uebernommen: { von: string; am: string };
  dokument: { dateiname: string; sha256: string; seiten: number };
  quellen: { dateiname: string; sha256: string; seiten: number[] }[];
  aenderungen: string[];
  erklaerung: string;
};
const ERKLAERUNG = 'Das elektronische Dokument stimmt mit der Papiervorlage bildlich und inhaltlich überein. Es wurde aus den genannten Seiten der unverändert aufbewahrten Rohdateien hergestellt; was dabei geändert wurde, ist vollständig aufgeführt.';
const OHNE_SICHT = ' Der Brief gehörte nicht zu der Stichprobe, die eine Person angesehen hat.';

/** Runs of numbers, as people write them: 1–3, 5. */
export function seitenfolge(zahlen: readonly number[]): string {
  const laeufe: [number, number][] = [];
  for (const n of zahlen.toSorted((a, b) => a - b)) { const letzter = laeufe.at(-1); if (letzter && n === letzter[1] + 1) letzter[1] = n; else laeufe.push([n, n]); }
  return laeufe.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(', ');
}

/** What was done to the pages on their way from the raw file to the letter; `entfernt`: pages of the letter that are not in it. */
export function listAenderungen(seiten: readonly SeiteRow[], entfernt: readonly SeiteRow[]): string[] {
  const liste: string[] = [];
  seiten.forEach((s, i) => {
    const a = s.befund as Analyse, grad = ((a.drehung?.grad ?? 0) + s.drehung) % 360;
    const was = [...(grad ? [`um ${grad}° gedreht${s.drehung ? ' (von Hand)' : ''}`] : []), ...(a.gerade ? [`um ${Math.abs(a.gerade).toLocaleString('de-DE', { maximumFractionDigits: 1 })}° gerade gerichtet`] : [])];
    if (was.length) liste.push(`Seite ${i + 1}: ${was.join(', ')}`);
  });
  const gruppen = { leer: 'als leer erkannt und nicht übernommen', entfernt: 'von Hand nicht übernommen', ersetzt: 'durch einen erneuten Scan ersetzt' } as const;
  for (const [status, satz] of Object.entries(gruppen)) {
    const weg = entfernt.filter((s) => s.status === status);
    if (weg.length) liste.push(`${weg.length} ${weg.length === 1 ? 'Seite' : 'Seiten'} ${satz} (Seite ${seitenfolge(weg.map((s) => s.seite))} der Rohdatei)`);
  }
  return liste;
}

type Angaben = { eingang: string; row: StapelRow; namen: { gescannt: string | null; geprueft: string; uebernommen: string }; jetzt: string; dokument: Vermerk['dokument']; seiten: readonly SeiteRow[]; entfernt: readonly SeiteRow[]; dateien: readonly RohdateiRow[]; gesehen: boolean };
export function createVermerk({ eingang, row, namen, jetzt, dokument, seiten, entfernt, dateien, gesehen }: Angaben): { vermerk: string; sha256: string } {
  const vermerk: Vermerk = {
    fassung: 1, eingang, stapel: { nummer: row.nummer, station: row.station, profil: (row.profil as { bezeichnung: string }).bezeichnung },
    gescannt: { von: namen.gescannt, am: row.gescannt_am ?? row.eingetroffen }, geprueft: { von: namen.geprueft, am: row.geprueft_am! }, uebernommen: { von: namen.uebernommen, am: jetzt },
    dokument, quellen: [...Map.groupBy(seiten, (s) => s.rohdatei_id)].map(([id, liste]) => { const d = dateien.find((x) => x.id === id)!; return { dateiname: d.dateiname, sha256: d.sha256, seiten: liste.map((s) => s.seite) }; }),
    aenderungen: listAenderungen(seiten, entfernt), erklaerung: ERKLAERUNG + (gesehen ? '' : OHNE_SICHT),
  };
  const text = JSON.stringify(vermerk);
  return { vermerk: text, sha256: hashVermerk(text) };
}
export const hashVermerk = (text: string) => createHash('sha256').update(text).digest('hex');
