import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { Icon, type IconName } from './icon.tsx';
import { Zahl } from './text.tsx';

const listener = new Set<(titel: string) => void>();
let seitentitel = '';
/** For the shell, which says it aloud after a change of page. */
export const beobachteTitel = (hoerer: (titel: string) => void) => { listener.add(hoerer); hoerer(seitentitel); return () => void listener.delete(hoerer); };
/** Names the page: tab of the browser, history, and what screen readers hear after a change of page. */
export function useTitel(titel: string) {
  useEffect(() => {
    seitentitel = titel;
    document.title = titel ? `${titel} – Verbundakte` : 'Verbundakte';
    for (const hoerer of listener) hoerer(titel);
  }, [titel]);
}

/** A page whose panes scroll on their own (the page does not); the last child takes the remaining height. */
export const Seite = ({ fest = false, children }: { fest?: boolean; children: ReactNode }) => <div className={`va-seite${fest ? ' va-seite--fest' : ''}`}>{children}</div>;

/** The page's title (its h1), what belongs beside it, and its actions at the right. */
export function Seitenkopf({ titel, neben, aktionen, zurueck }: { titel: string; neben?: ReactNode; aktionen?: ReactNode; zurueck?: { pfad: string; titel: string } }) {
  useTitel(titel);
  return (
    <div className="va-seitenkopf">
      {zurueck && <Link className="va-zurueck" to={zurueck.pfad}><Icon name="zurueck" klein />{zurueck.titel}</Link>}
      <h1>{titel}</h1>{typeof neben === 'string' ? <p className="va-leise">{neben}</p> : neben}
      {aktionen && <div className="va-schub">{aktionen}</div>}
    </div>
  );
}

/** A panel with its title. `rollen`: the body scrolls and can be focused for it. */
export function Tafel({ titel, titelVersteckt = false, zahl, aktionen, id, className = '', children }: { titel: string; titelVersteckt?: boolean; zahl?: ReactNode; aktionen?: ReactNode; id?: string; className?: string; children: ReactNode }) {
  const eigene = useId();
  return (
    <section className={`va-tafel ${className}`} id={id} aria-labelledby={eigene}>
      {titelVersteckt ? <h2 id={eigene} className="kern-sr-only">{titel}</h2>
        : <div className="va-tafel__kopf"><h2 id={eigene}>{titel}</h2>{typeof zahl === 'number' ? <Zahl wert={zahl} /> : zahl}{aktionen && <span className="va-schub">{aktionen}</span>}</div>}
      {children}
    </section>
  );
}
/** The inside of a panel that is text or fields, not a table or list. */
export const Innen = ({ children }: { children: ReactNode }) => <div className="va-tafel__innen">{children}</div>;
/** A pane that scrolls: reachable and named for the keyboard. */
export const Rollen = ({ name, className = '', children }: { name: string; className?: string; children: ReactNode }) =>
  <div className={`va-rollen va-innen ${className}`} tabIndex={0} role="region" aria-label={name}>{children}</div>;

/** Where something lies; every part is an address. */
export const Pfad = ({ name, teile }: { name: string; teile: readonly { titel: string; pfad?: string }[] }) => (
  <nav aria-label={name}><ol className="va-pfad">{teile.map((teil, i) => <li key={i}>{teil.pfad ? <Link to={teil.pfad}>{teil.titel}</Link> : teil.titel}</li>)}</ol></nav>
);

export type ReiterEintrag = { pfad: string; titel: string; icon?: IconName; zahl?: number | undefined; ende?: boolean };
/** Tabs, each an address; the focus stays on the tab when it opens. Where they do not all fit, the open one is in sight. */
export function Reiter({ name, eintraege }: { name: string; eintraege: readonly ReiterEintrag[] }) {
  const leiste = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const offen = leiste.current?.querySelector<HTMLElement>('[aria-current]');
    if (leiste.current && offen) leiste.current.scrollLeft = offen.offsetLeft - leiste.current.offsetLeft - (leiste.current.clientWidth - offen.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav className="va-reiter" aria-label={name} ref={leiste}>
      {eintraege.map(({ pfad, titel, icon, zahl, ende = false }) => (
        <NavLink key={pfad} to={pfad} end={ende} state={{ fokus: 'bleibt' }}>{icon && <Icon name={icon} klein />}{titel}{zahl !== undefined && <>{' '}<Zahl wert={zahl} /></>}</NavLink>
      ))}
    </nav>
  );
}

/** Quick filters above a list, each an address; `aktiv` marks the chosen one. */
export const Filterleiste = ({ name, eintraege }: { name: string; eintraege: readonly { pfad: string; titel: string; zahl?: number | undefined; aktiv: boolean }[] }) => (
  <nav className="va-filter" aria-label={name}>
    {eintraege.map(({ pfad, titel, zahl, aktiv }) => <Link key={titel} to={pfad} aria-current={aktiv ? 'true' : undefined} state={{ fokus: 'bleibt' }}>{titel}{zahl !== undefined && <span> {zahl}</span>}</Link>)}
  </nav>
);

/** Key facts in one line: `dt` muted above, `dd` below. Facts without a value are left out; `breit` ones only where there is room. */
export const Eckdaten = ({ daten }: { daten: readonly { titel: string; wert: ReactNode; breit?: boolean }[] }) => (
  <dl className="va-eckdaten">{daten.filter(({ wert }) => wert !== null && wert !== undefined && wert !== '').map(({ titel, wert, breit }) => <div key={titel} className={breit ? 'va-nurbreit' : undefined}><dt>{titel}</dt><dd>{wert}</dd></div>)}</dl>
);
/** Metadata one below the other: label left, value right. */
export const Angaben = ({ daten }: { daten: readonly { titel: string; wert: ReactNode }[] }) => (
  <dl className="va-angaben">{daten.filter(({ wert }) => wert !== null && wert !== undefined && wert !== '').map(({ titel, wert }) => <div key={titel}><dt>{titel}</dt><dd>{wert}</dd></div>)}</dl>
);
