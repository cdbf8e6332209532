import { useSyncExternalStore } from 'react';

/** How it looks: kept with the person, and in this browser so that the first paint is right. */
export type Einstellungen = { darstellung: 'system' | 'hell' | 'dunkel'; dichte: 'kompakt' | 'dicht' | 'weit'; tastenkuerzel: boolean };
const vorgabe: Einstellungen = { darstellung: 'system', dichte: 'kompakt', tastenkuerzel: true };
const speicher = 'va-darstellung';

function lies(): Einstellungen {
  try { return { ...vorgabe, ...JSON.parse(localStorage.getItem(speicher) ?? '{}') as Partial<Einstellungen> }; } catch { return vorgabe; }
}
let jetzt = lies();
const hoerer = new Set<() => void>();

export function wendeAn({ darstellung, dichte } = jetzt) {
  const html = document.documentElement;
  if (darstellung === 'system') html.removeAttribute('data-kern-theme'); else html.setAttribute('data-kern-theme', darstellung === 'hell' ? 'light' : 'dark');
  if (dichte === 'kompakt') document.body.removeAttribute('data-dichte'); else document.body.setAttribute('data-dichte', dichte);
}
export function setze(neu: Partial<Einstellungen>) {
  jetzt = { ...jetzt, ...neu };
  localStorage.setItem(speicher, JSON.stringify(jetzt));
  wendeAn();
  for (const h of hoerer) h();
}
export const einstellungen = () => jetzt;
export const useEinstellungen = () => useSyncExternalStore((h) => { hoerer.add(h); return () => void hoerer.delete(h); }, einstellungen);
