import { useState } from 'react';
import { Button, Checkbox } from '#platform/web/kern/index.ts';
import { zahl } from '#platform/web/text.ts';
import { t, wortFuer } from './texte.ts';
import { vor30Tagen, type Facetten, type Filtername, type Suchzustand } from './zustand.ts';

type Wert = { wert: string; titel: string; anzahl: number; tiefe?: number; an: boolean; wechsle(): void };
const SICHTBAR = 6;

/** One facet: a few values at first, the chosen ones always. */
function Facette({ titel, werte }: { titel: string; werte: readonly Wert[] }) {
  const [alle, setAlle] = useState(false);
  if (!werte.length) return null;
  const gezeigt = alle ? werte : werte.filter((w, i) => i < SICHTBAR || w.an);
  return (
    <fieldset className="va-facette">
      <legend>{titel}</legend>
      <ul>
        {gezeigt.map((w) => (
          <li key={w.wert} data-tiefe={w.tiefe ? Math.min(w.tiefe, 4) : undefined}>
            <Checkbox label={w.titel} checked={w.an} onChange={w.wechsle} />
            <span className="va-klein va-leise">{zahl(w.anzahl)}<span className="kern-sr-only"> {t('trefferListe')}</span></span>
          </li>
        ))}
      </ul>
      {werte.length > gezeigt.length && <Button art="leicht" klein onClick={() => setAlle(true)}>{t('mehr', werte.length - gezeigt.length)}</Button>}
      {alle && werte.length > SICHTBAR && <Button art="leicht" klein onClick={() => setAlle(false)}>{t('weniger')}</Button>}
    </fieldset>
  );
}

/** One's own first; of a house that has not answered there is no number. */
export const hausWerte = (facetten: Facetten | undefined) => facetten?.haeuser.flatMap((h, i) => (h.anzahl === null ? [] : [{ wert: h.id, bezeichnung: i === 0 ? t('eigenesHaus') : h.name, anzahl: h.anzahl }])) ?? [];

export function Eingrenzen({ facetten, zustand }: { facetten: Facetten | undefined; zustand: Suchzustand }) {
  const { werte: gewaehlt, wechsle, setze, von, bis } = zustand;
  /** A chosen value stays visible even when it finds nothing any more. */
  type Zahlwert = { wert: string; bezeichnung: string; anzahl: number; tiefe?: number; kennzeichen?: string };
  const werte = (name: Filtername, liste: readonly Zahlwert[] = []): Wert[] => {
    const fehlt = gewaehlt(name).filter((w) => facetten && !liste.some((l) => l.wert === w));
    return [...liste, ...fehlt.map((wert): Zahlwert => ({ wert, bezeichnung: wortFuer(wert, '–'), anzahl: 0 }))].map((l) => ({
      wert: l.wert, titel: l.kennzeichen ? `${l.kennzeichen} ${l.bezeichnung}` : wortFuer(l.wert, l.bezeichnung), anzahl: l.anzahl, ...(l.tiefe !== undefined && { tiefe: l.tiefe }),
      an: gewaehlt(name).includes(l.wert), wechsle: () => wechsle(name, l.wert),
    }));
  };
  const vor30 = vor30Tagen();
  const zeit: Wert[] = facetten ? [
    ...(facetten.letzte30Tage ? [{ wert: '30', titel: t('letzte30'), anzahl: facetten.letzte30Tage, an: von === vor30 && !bis, wechsle: () => setze(von === vor30 && !bis ? { von: undefined } : { von: vor30, bis: undefined }) }] : []),
    ...facetten.jahr.map(({ wert, anzahl }) => {
      const an = von === `${wert}-01-01` && bis === `${wert}-12-31`;
      return { wert, titel: wert, anzahl, an, wechsle: () => setze(an ? { von: undefined, bis: undefined } : { von: `${wert}-01-01`, bis: `${wert}-12-31` }) };
    }),
  ] : [];
  // What divides nothing helps nobody: a facet of one value is shown only while it is chosen.
  const teilt = (name: Filtername, liste: Wert[]) => (liste.length > 1 || gewaehlt(name).length ? liste : []);
  return (
    <form className="va-facetten" id="eingrenzen" aria-label={t('eingrenzen')} onSubmit={(e) => e.preventDefault()}>
      <Facette titel={t('haus')} werte={teilt('haus', werte('haus', hausWerte(facetten)))} />
      <Facette titel={t('aktenplan')} werte={werte('aktenplaneinheitId', facetten?.aktenplan)} />
      <Facette titel={t('art')} werte={teilt('typ', werte('typ', facetten?.typ))} />
      <Facette titel={t('zeitraum')} werte={zeit} />
      <Facette titel={t('dokumentart')} werte={teilt('art', werte('art', facetten?.art.filter((a) => !['akte', 'vorgang'].includes(a.wert))))} />
      <Facette titel={t('stand')} werte={teilt('status', werte('status', facetten?.status))} />
      <Facette titel={t('federfuehrung')} werte={teilt('organisationseinheitId', werte('organisationseinheitId', facetten?.organisationseinheit))} />
    </form>
  );
}
