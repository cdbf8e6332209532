import type { z } from 'zod';
import type { Bericht } from '#platform/server/bericht/bericht.ts';
import { erstelltAm } from '#platform/server/bericht/bericht.ts';
import { formatZeit } from '#platform/server/zeit.ts';
import type { GespraechsnotizAnlegen } from '../contract.ts';

export type Notiz = z.output<typeof GespraechsnotizAnlegen>;
const kanalworte = { telefon: 'am Telefon', schalter: 'am Schalter' };
const tag = (iso: string) => formatZeit(new Date(`${iso}T12:00:00Z`), { dateStyle: 'long' });

const ABSATZ = 1200;
/** A report prints twenty lines of a paragraph at most, and of a note nothing may be lost. */
export function absaetze(text: string): string[] {
  return text.split('\n').flatMap((zeile) => {
    const teile: string[] = [];
    let rest = zeile.trim();
    while (rest.length > ABSATZ) {
      const luecke = rest.lastIndexOf(' ', ABSATZ);
      const bis = luecke > 0 ? luecke : ABSATZ;
      teile.push(rest.slice(0, bis));
      rest = rest.slice(bis).trim();
    }
    return [...teile, rest];
  }).filter((zeile, i, alle) => zeile !== '' || (i > 0 && alle[i - 1] !== ''));
}

const bisWann = ({ bis, rueckruf }: Notiz) => [rueckruf && 'Rückruf erbeten', bis && `bis ${tag(bis)}`].filter(Boolean).join(' ');
/** What stands in one line under the item in the basket. */
export const bemerkungOf = (n: Notiz) => [n.kontakt && `Erreichbar: ${n.kontakt}`, n.wunsch && `Wunsch: ${n.wunsch}`, bisWann(n)].filter(Boolean).join('\n');

/** The note as a document to read: who, about what, what is to be done. */
export function berichtOf(n: Notiz, { behoerde, von, jetzt }: { behoerde: string; von: string; jetzt: Date }): Bericht {
  const angaben = ([['Gesprochen mit', n.wer], ['Erreichbar', n.kontakt], ['Worum es ging', n.betreff], ['Wunsch', n.wunsch], ['Frist', bisWann(n)]] as [string, string | undefined][]).flatMap(([was, wert]) => (wert ? [[was, wert]] : []));
  return {
    behoerde, titel: 'Gesprächsnotiz', untertitel: n.betreff, erstellt: `${erstelltAm(jetzt, von)}, ${kanalworte[n.kanal]}`,
    abschnitte: [
      { titel: 'Angaben', tabelle: { spalten: [{ titel: 'Angabe', breite: 20 }, { titel: 'Inhalt', breite: 80 }], zeilen: angaben } },
      ...(n.notiz ? [{ titel: 'Notiz', text: absaetze(n.notiz) }] : []),
    ],
  };
}
