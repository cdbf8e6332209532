import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../kern/button.tsx';
import { Checkbox, Field, Select, type Wahl } from '../kern/eingabe.tsx';
import { Fehler, Fortschritt, Laden, Leer } from '../kern/hinweis.tsx';
import { Icon } from '../kern/icon.tsx';
import { Menue } from '../kern/menue.tsx';
import { Tabelle, type Spalte } from '../kern/tabelle.tsx';
import { useTaste } from '../tasten.ts';
import { useTippen } from '../tippen.ts';
import { katalog, mehrzahl, zahl } from '../text.ts';
import { tagVon } from '../zeit.ts';
import { csv, speichere, xlsx, type Wert } from './export.ts';
import type { ListenZustand } from './zustand.ts';

const t = katalog({
  sortieren: ['Sortieren nach', 'Sort by'], aufsteigend: [(s: string) => `${s}, aufsteigend`, (s: string) => `${s}, ascending`], absteigend: [(s: string) => `${s}, absteigend`, (s: string) => `${s}, descending`],
  stueck: [(von: string, bis: string) => `${von} bis ${bis}`, (von: string, bis: string) => `${von} to ${bis}`],
  seite: [(von: string, bis: string, gesamt: string) => `${von} bis ${bis} von ${gesamt}`, (von: string, bis: string, gesamt: string) => `${von} to ${bis} of ${gesamt}`],
  alle: [(n: number) => mehrzahl(n, 'Eintrag', 'Einträge'), (n: number) => mehrzahl(n, 'entry', 'entries')],
  weiter: ['Weiter', 'Next'], zurueck: ['Zurück', 'Back'], anfang: ['Zum Anfang', 'To the beginning'], blaettern: ['Blättern', 'Pages'],
  gewaehlt: [(n: number) => `${zahl(n)} gewählt`, (n: number) => `${zahl(n)} chosen`], aufheben: ['Auswahl aufheben', 'Clear selection'],
  alleWaehlen: ['Alle auf dieser Seite auswählen', 'Choose all on this page'], waehlen: [(was: string) => `${was} auswählen`, (was: string) => `Choose ${was}`],
  export: ['Liste herunterladen', 'Download list'], csv: ['als CSV', 'as CSV'], xlsx: ['als Excel-Tabelle (XLSX)', 'as spreadsheet (XLSX)'],
  exportiert: [(n: string, g: string) => `${n} von ${g} geladen`, (n: string, g: string) => `${n} of ${g} loaded`], abbrechen: ['Abbrechen', 'Cancel'],
  nichts: ['Hier ist noch nichts.', 'There is nothing here yet.'], keine: ['Kein Eintrag passt zu den Filtern.', 'No entry matches the filters.'], leeren: ['Filter aufheben', 'Clear filters'],
  runter: ['nächster Eintrag', 'next entry'], hoch: ['voriger Eintrag', 'previous entry'], tasteWaehlen: ['Eintrag auswählen', 'choose entry'], alles: ['Alle', 'All'],
});

export type Filter = { name: string; titel: string } & ({ art: 'text'; platzhalter?: string } | { art: 'auswahl'; wahl: readonly Wahl[] } | { art: 'mehrfach'; wahl: readonly Wahl[] } | { art: 'datum' });
export type ListenSpalte<Z> = Spalte<Z> & {
  /** Name of the order in the contract, without sign: the header sorts. */
  sort?: string;
  /** Plain value for CSV and XLSX; a column without it is not exported. */
  text?: (zeile: Z) => Wert;
};
type Props<Z> = {
  titel: string; liste: ListenZustand<Z>; spalten: readonly ListenSpalte<Z>[]; idVon(zeile: Z): string;
  /** What a row is called in "… auswählen". With it rows can be chosen. */
  nameVon?: (zeile: Z) => string;
  filter?: readonly Filter[]; aktionen?: ReactNode; werkzeuge?: ReactNode; leer?: ReactNode; dateiname?: string; gewaehlt?: (zeile: Z) => boolean; zeilenKlasse?: (zeile: Z) => string;
};

/** A list as UX-02 asks: sort, filter, pages with an exact count, selection with bulk actions, all in the URL, export as CSV and XLSX. */
export function Liste<Z>({ titel, liste, spalten, idVon, nameVon, filter = [], aktionen, werkzeuge, leer, dateiname, gewaehlt, zeilenKlasse }: Props<Z>) {
  const wurzel = useRef<HTMLDivElement>(null);
  useListenTasten(wurzel, nameVon !== undefined);
  const { auswahl } = liste;
  const alleSpalten: ListenSpalte<Z>[] = nameVon ? [{
    name: '_wahl', titel: '', schmal: 'weg',
    kopfzelle: <Checkbox labelVersteckt label={t('alleWaehlen')} checked={liste.eintraege.length > 0 && liste.eintraege.every((z) => auswahl.hat(idVon(z)))} teil={liste.eintraege.some((z) => auswahl.hat(idVon(z)))} onChange={(an) => auswahl.setze(liste.eintraege, idVon, an)} />,
    zelle: (z) => <Checkbox labelVersteckt label={t('waehlen', nameVon(z))} checked={auswahl.hat(idVon(z))} onChange={(_, e) => auswahl.wechsle(idVon(z), z, (e.nativeEvent as MouseEvent).shiftKey ? { alle: liste.eintraege, idVon } : undefined)} />,
  }, ...spalten] : [...spalten];
  const exportierbar = spalten.flatMap(({ text, titel: spaltentitel }) => (text && typeof spaltentitel === 'string' ? [{ titel: spaltentitel, text }] : []));
  const inhalt = () => {
    if (liste.fehler) return <Fehler fehler={liste.fehler} nochmal={liste.nochmal} />;
    if (liste.laedt) return <Laden />;
    if (liste.eintraege.length === 0) return liste.gefiltert ? <Leer icon="filter" aktion={<Button klein onClick={liste.filterLeeren}>{t('leeren')}</Button>}>{t('keine')}</Leer> : leer ?? <Leer>{t('nichts')}</Leer>;
    return <Tabelle titel={titel} zeilen={liste.eintraege} spalten={alleSpalten.map((s) => mitSortierung(s, liste))} schluessel={idVon} gewaehlt={(z) => auswahl.hat(idVon(z)) || (gewaehlt?.(z) ?? false)} {...(zeilenKlasse && { zeilenKlasse })} />;
  };
  return (
    <div ref={wurzel} className={liste.alt ? 'va-liste-laedt' : undefined} aria-busy={liste.alt || undefined}>
      {(filter.length > 0 || werkzeuge || dateiname) && (
        <div className="va-listenkopf">
          {filter.map((f) => <Filterfeld key={f.name} filter={f} liste={liste} />)}
          <SortierWahl spalten={spalten} liste={liste} />
          <div className="va-schub">{werkzeuge}{dateiname && exportierbar.length > 0 && <Export spalten={exportierbar} liste={liste} dateiname={dateiname} />}</div>
        </div>
      )}
      {auswahl.anzahl > 0 && <div className="va-auswahl" role="group" aria-label={t('gewaehlt', auswahl.anzahl)}><span role="status">{t('gewaehlt', auswahl.anzahl)}</span>{aktionen}<Button art="leicht" klein nurIcon icon="weg" onClick={auswahl.leeren}>{t('aufheben')}</Button></div>}
      {inhalt()}
      <Seitenwahl liste={liste} name={titel} />
    </div>
  );
}

function mitSortierung<Z>(spalte: ListenSpalte<Z>, liste: ListenZustand<Z>): Spalte<Z> {
  const { sort } = spalte;
  const auf = sort && liste.erlaubt.includes(sort);
  const ab = sort && liste.erlaubt.includes(`-${sort}`);
  if (!auf && !ab) return spalte;
  const naechste = liste.sort === sort && ab ? `-${sort}` : liste.sort === `-${sort}` && auf ? sort! : liste.erlaubt.find((o) => o === sort || o === `-${sort}`)!;
  return { ...spalte, ordnung: liste.sort === sort ? 'ascending' : liste.sort === `-${sort}` ? 'descending' : undefined, kopfzelle: <button type="button" className="va-sortierung" onClick={() => liste.setzeSort(naechste)}>{spalte.titel}</button> };
}
/** Cards have no headers to click. */
function SortierWahl<Z>({ spalten, liste }: { spalten: readonly ListenSpalte<Z>[]; liste: ListenZustand<Z> }) {
  const wahl = spalten.flatMap(({ sort, titel }) => (sort && typeof titel === 'string' ? [[sort, t('aufsteigend', titel)], [`-${sort}`, t('absteigend', titel)]] : [])).filter(([o]) => liste.erlaubt.includes(o!)).map(([wert, text]) => ({ wert: wert!, titel: text! }));
  return wahl.length > 1 ? <div className="va-nurschmal"><Select label={t('sortieren')} wahl={wahl} value={liste.sort} onChange={(e) => liste.setzeSort(e.target.value)} /></div> : null;
}

function Filterfeld<Z>({ filter, liste }: { filter: Filter; liste: ListenZustand<Z> }) {
  const wert = liste.filterwert(filter.name);
  if (filter.art === 'text') return <Textfilter filter={filter} wert={wert[0] ?? ''} onWert={(w) => liste.setzeFilter(filter.name, w, false)} />;
  if (filter.art === 'datum') return <Field type="date" label={filter.titel} value={wert[0] ?? ''} onChange={(e) => liste.setzeFilter(filter.name, e.target.value)} />;
  if (filter.art === 'auswahl') return <Select label={filter.titel} leer={t('alles')} wahl={filter.wahl} value={wert[0] ?? ''} onChange={(e) => liste.setzeFilter(filter.name, e.target.value)} />;
  return (
    <Menue className="va-menue--feld" knopf={<><span>{filter.titel}</span>{wert.length > 0 && <span className="va-zahl">{wert.length}</span>}</>}>
      {filter.wahl.map((w) => <li key={w.wert}><Checkbox label={w.titel} checked={wert.includes(w.wert)} onChange={(an) => liste.setzeFilter(filter.name, an ? [...wert, w.wert] : wert.filter((x) => x !== w.wert))} /></li>)}
    </Menue>
  );
}
/** Asks when the typing pauses. */
function Textfilter({ filter, wert, onWert }: { filter: Filter & { art: 'text' }; wert: string; onWert(wert: string): void }) {
  const { text, tippe, sofort } = useTippen(wert, onWert);
  return <div className="va-listenkopf__suche"><Field type="search" label={filter.titel} placeholder={filter.platzhalter} value={text} autoComplete="off" onChange={(e) => tippe(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter') sofort(); }} /></div>;
}

/** »51 bis 100 von 10.000« with exact figures. */
export function Seitenwahl({ liste, name }: { liste: ListenZustand; name?: string }) {
  const { ab, gesamt, eintraege, weiter, zurueck, anfang } = liste;
  const mehrere = weiter !== undefined || zurueck !== undefined;
  if (gesamt === undefined || gesamt === 0 || (gesamt === null && !mehrere)) return null;
  return (
    <nav className="va-listenfuss" aria-label={name ? `${t('blaettern')}: ${name}` : t('blaettern')}>
      <span role="status">{gesamt === null ? t('stueck', zahl(ab + 1), zahl(ab + eintraege.length)) : mehrere ? t('seite', zahl(ab + 1), zahl(ab + eintraege.length), zahl(gesamt)) : t('alle', gesamt)}</span>
      {mehrere && <span className="va-reihe">
        {anfang && <Button art="leicht" klein onClick={anfang}>{t('anfang')}</Button>}
        <Button klein icon="zurueck" disabled={!zurueck} onClick={zurueck}>{t('zurueck')}</Button>
        <Button klein iconRechts="weiter" disabled={!weiter} onClick={weiter}>{t('weiter')}</Button>
      </span>}
    </nav>
  );
}

function Export<Z>({ spalten, liste, dateiname }: { spalten: { titel: string; text(z: Z): Wert }[]; liste: ListenZustand<Z>; dateiname: string }) {
  const [stand, setStand] = useState<{ geladen: number; gesamt: number | null; abbruch: AbortController } | undefined>();
  const [fehler, setFehler] = useState<unknown>();
  const lade = async (art: 'csv' | 'xlsx') => {
    const abbruch = new AbortController();
    setFehler(undefined);
    setStand({ geladen: 0, gesamt: liste.gesamt ?? 0, abbruch });
    try {
      const zeilen = await liste.alleEintraege(abbruch.signal, (geladen, gesamt) => setStand({ geladen, gesamt, abbruch }));
      speichere(art === 'csv' ? new Blob([csv(spalten, zeilen)], { type: 'text/csv;charset=utf-8' }) : await xlsx(spalten, zeilen), `${dateiname}-${tagVon(new Date())}.${art}`);
    } catch (e) { if ((e as Error).name !== 'AbortError') setFehler(e); } finally { setStand(undefined); }
  };
  if (stand) return <span className="va-reihe" role="status"><Fortschritt wert={stand.geladen} von={stand.gesamt ?? stand.geladen} name={t('export')} /><span className="va-klein va-leise">{t('exportiert', zahl(stand.geladen), zahl(stand.gesamt ?? stand.geladen))}</span><Button art="leicht" klein onClick={() => stand.abbruch.abort()}>{t('abbrechen')}</Button></span>;
  return (
    <>
      {fehler !== undefined && <Fehler kompakt fehler={fehler} />}
      <Menue rechts className="va-menue--icon" name={t('export')} knopf={<span title={t('export')}><Icon name="lade" klein /></span>}>
        <li><button type="button" onClick={() => void lade('csv')}>{t('csv')}</button></li>
        <li><button type="button" onClick={() => void lade('xlsx')}>{t('xlsx')}</button></li>
      </Menue>
    </>
  );
}

/** j and k walk over the rows of a list, x chooses: for tables of `Liste` and for anything whose rows carry `data-zeile`. */
export function useListenTasten(wurzel: React.RefObject<HTMLElement | null>, waehlbar = false) {
  const zeilen = () => [...(wurzel.current?.querySelectorAll<HTMLElement>('[data-zeile]') ?? [])];
  const gehe = (schritt: 1 | -1) => {
    const alle = zeilen();
    const jetzt = alle.findIndex((z) => z.contains(document.activeElement));
    const ziel = alle[jetzt < 0 ? (schritt > 0 ? 0 : alle.length - 1) : Math.min(alle.length - 1, Math.max(0, jetzt + schritt))];
    (ziel?.querySelector<HTMLElement>('a, [data-oeffnen]') ?? ziel?.querySelector<HTMLElement>('button, input'))?.focus();
    ziel?.scrollIntoView({ block: 'nearest' });
  };
  useTaste('j', t('runter'), () => gehe(1));
  useTaste('k', t('hoch'), () => gehe(-1));
  useTaste('x', t('tasteWaehlen'), () => zeilen().find((z) => z.contains(document.activeElement))?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click(), { aktiv: waehlbar });
}
