import { useEffect, useRef, useSyncExternalStore } from 'react';
import { einstellungen } from './einstellungen.ts';

type Bindung = { taste: string; titel: string; tun: () => void; ort: 'ueberall' | 'seite' };
let bindungen: readonly Bindung[] = [];
const hoerer = new Set<() => void>();
const aendere = (neu: readonly Bindung[]) => { bindungen = neu; for (const h of hoerer) h(); };
export const useTastenliste = () => useSyncExternalStore((h) => { hoerer.add(h); return () => void hoerer.delete(h); }, () => bindungen);

/**
 * Binds a key while the component is mounted: a single letter, a sequence (`g a`) or `Strg Eingabe` (the screen's primary action; works in fields, too).
 * Single keys act only outside fields and can be switched off (WCAG 2.1.4). `titel` is what the key help says.
 */
export function useTaste(taste: string, titel: string, tun: () => void, { aktiv = true, ort = 'seite' }: { aktiv?: boolean; ort?: Bindung['ort'] } = {}) {
  const jetzt = useRef(tun);
  useEffect(() => { jetzt.current = tun; });
  useEffect(() => {
    if (!aktiv) return;
    const bindung: Bindung = { taste, titel, tun: () => jetzt.current(), ort };
    aendere([...bindungen, bindung]);
    return () => aendere(bindungen.filter((b) => b !== bindung));
  }, [taste, titel, aktiv, ort]);
}

const imFeld = (ziel: EventTarget | null) => ziel instanceof HTMLElement && (ziel.isContentEditable || ziel.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'));
let folge = '';
let uhr: ReturnType<typeof setTimeout> | undefined;

function beiTaste(e: KeyboardEvent) {
  const finde = (taste: string) => bindungen.findLast((b) => b.taste === taste);
  if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
    const haupt = finde('Strg Eingabe');
    if (haupt) { e.preventDefault(); haupt.tun(); }
    return;
  }
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.key.length !== 1 || imFeld(e.target) || !einstellungen().tastenkuerzel || document.querySelector('dialog[open]')) return;
  clearTimeout(uhr);
  const gedrueckt = folge ? `${folge} ${e.key}` : e.key;
  folge = '';
  if (bindungen.some((b) => b.taste.startsWith(`${gedrueckt} `))) {
    folge = gedrueckt;
    uhr = setTimeout(() => { folge = ''; }, 1500);
    return;
  }
  const bindung = finde(gedrueckt);
  if (bindung) { e.preventDefault(); bindung.tun(); }
}
export const starteTasten = () => document.addEventListener('keydown', beiTaste);
