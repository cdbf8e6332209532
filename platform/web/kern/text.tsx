import type { ReactNode } from 'react';
import { datum, nah, zeitpunkt } from '../zeit.ts';
import { Icon, type IconName } from './icon.tsx';

/** Aktenplan key muted, own number strong, never broken: `631.20-`**`2026/0347`**. */
export function Aktenzeichen({ wert, className = '' }: { wert: string; className?: string }) {
  const trenner = wert.indexOf('-');
  return <span className={`va-az ${className}`}>{trenner > 0 && wert.slice(0, trenner + 1)}<b>{wert.slice(trenner + 1)}</b></span>;
}

/** »heute, 8:52«; the full moment on hover and for machines. */
export const Zeit = ({ wert, className }: { wert: string; className?: string }) => <time dateTime={wert} title={zeitpunkt(wert)} className={className}>{nah(wert)}</time>;
/** 26.11.2026; with `nah` as in lists: »heute«, »26.11.«. */
export const Datum = ({ wert, kurz = false, className }: { wert: string; kurz?: boolean; className?: string }) =>
  <time dateTime={wert} title={datum(wert)} className={className}>{kurz ? nah(wert.slice(0, 10)) : datum(wert)}</time>;

export type Ton = 'neutral' | 'info' | 'gut' | 'warnung' | 'gefahr';
const toene: Record<Ton, string> = { neutral: 'va-badge--neutral', info: 'kern-badge--info', gut: 'kern-badge--success', warnung: 'kern-badge--warning', gefahr: 'kern-badge--danger' };
/** A state is a word; the colour only helps. */
export const Badge = ({ ton = 'neutral', icon, children }: { ton?: Ton; icon?: IconName; children: ReactNode }) => (
  <span className={`kern-badge kern-badge--small ${toene[ton]}`}>{icon && <Icon name={icon} klein />}<span className="kern-label">{children}</span></span>
);

/** A count beside a heading or a rail entry. `wort` says to screen readers what is counted. */
export const Zahl = ({ wert, wort, dringend = false }: { wert: number | string; wort?: string; dringend?: boolean }) => (
  <span className={`va-zahl${dringend ? ' va-zahl--dringend' : ''}`}>{wert}{wort && <span className="kern-sr-only"> {wort}</span>}</span>
);

export const farben = ['violett', 'tuerkis', 'orange', 'blau', 'hellblau', 'gruen', 'limette', 'gelb'] as const;
export type MandantKurz = { name: string; kuerzel: string; farbe?: string | null };
/** Marks objects by Mandant; without `farbe` neutral (the login, where none dominates). */
export const Kuerzel = ({ mandant, neutral = false }: { mandant: MandantKurz; neutral?: boolean }) => (
  <span className="va-kuerzel" data-farbe={neutral ? undefined : mandant.farbe ?? undefined} title={mandant.name}>
    <span aria-hidden="true">{mandant.kuerzel}</span><span className="kern-sr-only">{mandant.name}</span>
  </span>
);

/** Initials in a circle; no photos. */
export const Person = ({ kurz }: { kurz: string }) => <span className="va-person" aria-hidden="true">{kurz}</span>;

/** Text with the found passages marked: [start, end) pairs in ascending order. */
export function Markiert({ text, stellen }: { text: string; stellen: readonly (readonly [number, number])[] }) {
  const teile: ReactNode[] = [];
  let bis = 0;
  for (const [von, ende] of stellen) {
    if (von < bis) continue;
    teile.push(text.slice(bis, von), <mark key={von}>{text.slice(von, ende)}</mark>);
    bis = ende;
  }
  return <>{teile}{text.slice(bis)}</>;
}
export const Leise = ({ children }: { children: ReactNode }) => <span className="va-klein va-leise">{children}</span>;
/** Only for screen readers. */
export const Unsichtbar = ({ children }: { children: ReactNode }) => <span className="kern-sr-only">{children}</span>;
