import type { ReactNode } from 'react';
import { katalog } from '../text.ts';
import { Unsichtbar } from './text.tsx';

const t = katalog({ aktion: ['Aktion', 'Action'] });

export type Spalte<Z> = {
  name: string;
  /** '' for a column of buttons: a header is heard, if not seen. */
  titel: ReactNode;
  zelle(zeile: Z): ReactNode;
  /** The cell that names the row. Exactly one. */
  kopf?: boolean;
  /** Right-aligned and unbroken: numbers, dates. */
  zahl?: boolean;
  /** Fixed width in rem; otherwise the table decides. */
  breite?: 3 | 4 | 5 | 6 | 8 | 10 | 12 | 14 | 16 | 20;
  /** On narrow screens: a line of its own, or left out. */
  schmal?: 'voll' | 'weg';
  /** Column header as a control (sorting). */
  kopfzelle?: ReactNode;
  ordnung?: 'ascending' | 'descending' | undefined;
};
type Props<Z> = {
  titel: string; zeilen: readonly Z[]; spalten: readonly Spalte<Z>[]; schluessel(zeile: Z): string;
  gewaehlt?: (zeile: Z) => boolean; zeilenKlasse?: (zeile: Z) => string; karten?: boolean;
};

/** A real table that becomes cards on narrow screens; roles are explicit because CSS takes them away there. */
export function Tabelle<Z>({ titel, zeilen, spalten, schluessel, gewaehlt, zeilenKlasse, karten = true }: Props<Z>) {
  const klasse = (s: Spalte<Z>) => [s.zahl && 'zahl', s.schmal, s.breite && `va-b-${s.breite}`].filter(Boolean).join(' ') || undefined;
  return (
    <table className={`va-tabelle${karten ? ' va-tabelle--karten' : ''}`} role="table">
      <caption className="kern-sr-only">{titel}</caption>
      <thead role="rowgroup"><tr role="row">{spalten.map((s) => <th key={s.name} role="columnheader" scope="col" className={klasse(s)} aria-sort={s.ordnung}>{s.kopfzelle ?? (s.titel === '' ? <Unsichtbar>{t('aktion')}</Unsichtbar> : s.titel)}</th>)}</tr></thead>
      <tbody role="rowgroup">
        {zeilen.map((zeile) => (
          <tr key={schluessel(zeile)} role="row" data-zeile={schluessel(zeile)} className={[gewaehlt?.(zeile) && 'ist-gewaehlt', zeilenKlasse?.(zeile)].filter(Boolean).join(' ') || undefined}>
            {spalten.map((s) => (s.kopf ? <th key={s.name} role="rowheader" scope="row" className={klasse(s)}>{s.zelle(zeile)}</th> : <td key={s.name} role="cell" className={klasse(s)}>{s.zelle(zeile)}</td>))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
