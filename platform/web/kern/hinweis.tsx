import { useEffect, useState, type ReactNode } from 'react';
import { ApiError } from '../client.ts';
import { katalog } from '../text.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

const t = katalog({
  nochmal: ['Noch einmal versuchen', 'Try again'],
  rueckgaengig: ['Rückgängig', 'Undo'],
  wirdGeladen: ['Wird geladen …', 'Loading …'],
  netz: ['Der Server ist nicht zu erreichen', 'The server cannot be reached'],
  netzRat: ['Nichts wurde geändert. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.', 'Nothing was changed. Check the connection and try again.'],
  veraltet: ['Jemand anderes hat das inzwischen geändert', 'Somebody else has changed this in the meantime'],
  veraltetRat: ['Ihre Eingaben stehen noch im Formular. Laden Sie den neuen Stand und vergleichen Sie.', 'Your input is still in the form. Load the new state and compare.'],
  verboten: ['Dazu fehlt Ihnen ein Recht', 'You lack a right for this'],
  verbotenRat: ['Nichts wurde geändert. Ihre Administration kann das Recht erteilen.', 'Nothing was changed. Your administration can grant the right.'],
  fehlt: ['Das gibt es nicht, oder Sie dürfen es nicht sehen', 'It does not exist, or you may not see it'],
  fehltRat: ['Vielleicht wurde es verschoben. Die Suche findet es, wenn Sie es sehen dürfen.', 'Perhaps it was moved. The search finds it if you may see it.'],
  unerwartet: ['Das hat nicht geklappt', 'That did not work'],
  unerwartetRat: ['Nichts wurde geändert. Versuchen Sie es noch einmal; hilft das nicht, nennen Sie der Betreuung die Kennung.', 'Nothing was changed. Try again; if that does not help, give the reference to your support.'],
  kennung: [(id: string) => `Kennung ${id}`, (id: string) => `Reference ${id}`],
});

type Ton = 'info' | 'gut' | 'warnung' | 'gefahr';
const icons: Record<Ton, IconName> = { info: 'info', gut: 'haken', warnung: 'achtung', gefahr: 'achtung' };
/** A message in its place. `laut`: read aloud at once (what went wrong); otherwise politely. */
export const Hinweis = ({ ton = 'info', titel, children, aktion, laut = false }: { ton?: Ton; titel?: ReactNode; children?: ReactNode; aktion?: ReactNode; laut?: boolean }) => (
  <div className={`va-hinweis va-hinweis--${ton}`} role={laut ? 'alert' : 'status'}>
    <Icon name={icons[ton]} />
    <div className="va-hinweis__text">{titel && <p className="va-stark">{titel}</p>}{children && <div>{children}</div>}</div>
    {aktion && <div className="va-hinweis__aktion">{aktion}</div>}
  </div>
);

/** The result stands where the action was, with the way back where the law allows it. No toasts. */
export const Ergebnis = ({ children, rueckgaengig, weiter }: { children: ReactNode; rueckgaengig?: (() => void) | undefined; weiter?: ReactNode }) => (
  <span className="va-ergebnis" role="status"><Icon name="haken" klein /><span>{children}</span>{rueckgaengig && <Button art="leicht" klein icon="zurueckholen" onClick={rueckgaengig}>{t('rueckgaengig')}</Button>}{weiter}</span>
);

/** What happened, what was kept, what to do. The server's title is German and fit to show. */
export function fehlertext(fehler: unknown): { titel: string; rat: string; kennung?: string } {
  if (!(fehler instanceof ApiError)) return { titel: t('unerwartet'), rat: t('unerwartetRat') };
  if (fehler.status === 0) return { titel: t('netz'), rat: t('netzRat') };
  if (fehler.status === 403) return { titel: fehler.message || t('verboten'), rat: t('verbotenRat') };
  if (fehler.status === 404) return { titel: t('fehlt'), rat: t('fehltRat') };
  if (fehler.status === 412) return { titel: t('veraltet'), rat: t('veraltetRat') };
  if (fehler.status >= 500) return { titel: t('unerwartet'), rat: t('unerwartetRat'), ...(fehler.kennung && { kennung: fehler.kennung }) };
  return { titel: fehler.message, rat: '' };
}
/** Any refusal of the server in its place, with "again" where that can help. */
export function Fehler({ fehler, nochmal, kompakt = false }: { fehler: unknown; nochmal?: (() => void) | undefined; kompakt?: boolean }) {
  const { titel, rat, kennung } = fehlertext(fehler);
  return (
    <div className={kompakt ? '' : 'va-mitte'}>
      <Hinweis ton="gefahr" laut titel={titel} aktion={nochmal && <Button klein icon="umlauf" onClick={nochmal}>{t('nochmal')}</Button>}>
        {rat}{kennung && <><br /><span className="va-klein va-leise">{t('kennung', kennung)}</span></>}
      </Hinweis>
    </div>
  );
}

/** One sentence and one action. */
export const Leer = ({ children, aktion, icon }: { children: ReactNode; aktion?: ReactNode; icon?: IconName }) => (
  <div className="va-leer">{icon && <Icon name={icon} />}<p>{children}</p>{aktion}</div>
);

/** Appears only when waiting becomes noticeable, so that fast pages do not flicker. */
export function Laden({ was = t('wirdGeladen') }: { was?: string }) {
  const [sichtbar, setSichtbar] = useState(false);
  useEffect(() => { const uhr = setTimeout(() => setSichtbar(true), 250); return () => clearTimeout(uhr); }, []);
  return <div className="va-laden" role="status">{sichtbar && <><span className="va-laden__rad" aria-hidden="true" /><span>{was}</span></>}</div>;
}
/** Known length: "12 von 30". */
export const Fortschritt = ({ wert, von, name }: { wert: number; von: number; name: string }) => <progress className="va-fortschritt" value={wert} max={von || 1} aria-label={name} />;
