import { lazy } from 'react';
import '#modules/schriftgut/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [
    { path: 'freigaben', lazy: () => import('./gegeben.tsx') },
    { path: 'freigaben/erhalten', lazy: () => import('./erhalten.tsx') },
    { path: 'notzugriffe', lazy: () => import('./notzugriffe.tsx') },
  ],
  slots: {
    'schriftgut.reiter': [{ pfad: 'geteilt', titel: () => t('geteilt'), recht: 'verbundfreigabe.sehen', Inhalt: lazy(() => import('./reiter.tsx')) }],
    'schreibtisch.bereich': [{ Inhalt: lazy(() => import('./schreibtisch.tsx')), recht: 'verbundfreigabe.sehen' }],
    'konto.eintrag': [{ selbst: true, pfad: '/freigaben/erhalten', titel: () => t('freigaben'), recht: 'verbundfreigabe.sehen' }],
    'verwaltung.eintrag': [
      { pfad: '/freigaben', titel: () => t('freigaben'), text: () => t('freigabenText'), icon: 'verschieben', recht: 'verbund.verwalten' },
      { pfad: '/notzugriffe', titel: () => t('notzugriffe'), text: () => t('notText'), icon: 'achtung', recht: 'notzugriff.sehen' },
    ],
  },
});
