import { useSyncExternalStore } from 'react';

/** Kept in this browser: how it looks, not what someone did. */
export type Einstellungen = { thema: 'system' | 'light' | 'dark'; dichte: 'kompakt' | 'dicht' | 'weit'; tasten: 'an' | 'aus' };
const vorgabe: Einstellungen = { thema: 'system', dichte: 'kompakt', tasten: 'an' };
const speicher = 'va-darstellung';

function lies(): Einstellungen {
  try { return { ...vorgabe, ...JSON.parse(localStorage.getItem(speicher) ?? '{}') as Partial<Einstellungen> }; } catch { return vorgabe; }
}
let jetzt = lies();
const hoerer = new Set<() => void>();

export function wendeAn({ thema, dichte } = jetzt) {
  const html = document.documentElement;
  if (thema === 'system') html.removeAttribute('data-kern-theme'); else html.setAttribute('data-kern-theme', thema);
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
