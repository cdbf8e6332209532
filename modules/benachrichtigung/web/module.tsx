import { lazy } from 'react';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [
    { path: 'benachrichtigungen', lazy: () => import('./postfach.tsx') },
    { path: 'benachrichtigungen/einstellungen', lazy: () => import('./einstellungen.tsx') },
  ],
  slots: {
    'kopf.rechts': [{ selbst: true, Inhalt: lazy(() => import('./glocke.tsx')) }],
    'konto.eintrag': [{ selbst: true, pfad: '/benachrichtigungen/einstellungen', titel: () => t('einstellungen') }],
  },
});
