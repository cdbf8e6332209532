import { lazy } from 'react';
import { defineWebModule } from '#platform/web/module.ts';

export default defineWebModule({
  slots: {
    'inhalt.ansicht': [{ Inhalt: lazy(() => import('./ansicht.tsx')), gast: true }],
    'schreibtisch.bereich': [{ breit: true, rang: 1400, recht: ['dokument.sehen', 'eingang.sehen'], Inhalt: lazy(() => import('./tisch.tsx')) }],
  },
});
