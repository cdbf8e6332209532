/** What other modules' pages may use of »aufbereitung«. Modules above it open the slot `inhalt.ansicht` instead. */
import { lazy } from 'react';

/** Viewer and state of a stored content. */
export const InhaltAnsicht = lazy(() => import('./ansicht.tsx'));
export { useAufbereitung } from './daten.ts';
