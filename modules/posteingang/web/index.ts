import type { ComponentType } from 'react';
import type { IconName } from '#platform/web/kern/index.ts';

/** What pages of other modules may use of »posteingang«, and the places they fill on its own. */
declare module '#platform/web/module.ts' {
  interface Slots {
    /** Another way for post to come in, named where files are added. */
    'posteingang.weg': { pfad: string; titel: () => string; icon: IconName };
    /** What else is to be known of an Eingang; renders nothing where there is nothing. */
    'eingang.abschnitt': { Inhalt: ComponentType<{ eingangId: string }> };
  }
}
export { AkteWahl, VorgangWahl, type AkteZiel } from './akte-wahl.tsx';
