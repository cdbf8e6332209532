import { lazy } from 'react';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

const GemerkteSuchen = lazy(async () => ({ default: (await import('./gemerkt.tsx')).GemerkteSuchen }));

export default defineWebModule({
  routes: [{ path: 'suche', lazy: () => import('./suche.tsx') }],
  navigation: [{ titel: () => t('suche'), pfad: '/suche', icon: 'suche', taste: 'f', recht: ['akte.sehen', 'dokument.sehen'], gast: true }],
  slots: {
    'kopf.suche': [{ pfad: '/suche', platzhalter: () => t('platzhalter'), recht: ['akte.sehen', 'dokument.sehen'], gast: true }],
    'schreibtisch.bereich': [{ Inhalt: GemerkteSuchen, rang: 800, recht: ['akte.sehen', 'dokument.sehen'] }],
  },
});
