import { lazy } from 'react';
import '#modules/organisation/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [
    {
      path: 'aktenplan', lazy: () => import('./aktenplan.tsx'),
      children: [
        { index: true, lazy: () => import('./anfang.tsx') },
        { path: 'neu', lazy: () => import('./einheit-formular.tsx') },
        { path: ':id', lazy: () => import('./einheit.tsx') },
        { path: ':id/bearbeiten', lazy: () => import('./einheit-formular.tsx') },
        { path: ':id/zusammenfuehren', lazy: () => import('./zusammenfuehren.tsx') },
      ],
    },
    { path: 'verwaltung/aktenplan', lazy: () => import('./plaene.tsx') },
    { path: 'verwaltung/aktenplan/neu', lazy: () => import('./plan-formular.tsx') },
    { path: 'verwaltung/aktenplan/:id', lazy: () => import('./plan-formular.tsx') },
    { path: 'verwaltung/aktenplan/:id/import', lazy: () => import('./import.tsx') },
    { path: 'verwaltung/aktenzeichen', lazy: () => import('./aktenzeichen.tsx') },
  ],
  navigation: [{ titel: () => t('aktenplan'), pfad: '/aktenplan', icon: 'plan', recht: 'aktenplan.sehen', taste: 'l', unten: true }],
  slots: {
    'vertretung.sachgebiet': [{ recht: 'aktenplan.sehen', Inhalt: lazy(() => import('./sachgebiete.tsx')) }],
    'verwaltung.eintrag': [
      { pfad: '/verwaltung/aktenplan', titel: () => t('aktenplaene'), text: () => t('planText'), icon: 'plan', recht: 'aktenplan.verwalten' },
      { pfad: '/verwaltung/aktenzeichen', titel: () => t('aktenzeichen'), text: () => t('zeichenText'), icon: 'dok', recht: 'aktenzeichen.verwalten' },
    ],
  },
});
