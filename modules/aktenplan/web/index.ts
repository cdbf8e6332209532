import type { ComponentType } from 'react';
import type { Aktenplaneinheit } from '../contract.ts';

/** What other modules may use of the Aktenplan on the web: the choice of a unit for their forms, and the place below a unit's details. */
declare module '#platform/web/module.ts' {
  interface Slots {
    /** Below a unit's details: its Akten. A `Tafel`. */
    'aktenplaneinheit.inhalt': { Inhalt: ComponentType<{ einheit: Aktenplaneinheit }> };
    /** An action in the head of a unit's page: a small component with a Button. */
    'aktenplaneinheit.aktion': { Inhalt: ComponentType<{ einheit: Aktenplaneinheit }> };
  }
}
export { AktenplaneinheitWahl } from './wahl.tsx';
