import type { ComponentType } from 'react';
import type { IconName } from '#platform/web/kern/index.ts';
import type { Objekttyp } from '../contract.ts';

/** What other modules add to the pages of Akte, Vorgang and Dokument. */
declare module '#platform/web/module.ts' {
  interface Slots {
    /** A tab; without `typen` on all three pages. `pfad`: its part of the address, »verlauf«. */
    'schriftgut.reiter': { pfad: string; titel: () => string; icon?: IconName; typen?: readonly Objekttyp[]; Inhalt: ComponentType<{ typ: Objekttyp; id: string; rechte: readonly string[] }> };
  }
}
export { AktenZielWahl, type Ziel } from './ziel-wahl.tsx';
export { Statusmarke } from './teile.tsx';
