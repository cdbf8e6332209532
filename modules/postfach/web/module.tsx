import { lazy } from 'react';
import { Nur } from '#modules/organisation/web/index.ts';
import '#modules/schriftgut/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [{ element: <Nur recht="postfach.verwalten" />, children: [{ path: 'verwaltung/postfaecher', lazy: () => import('./postfaecher.tsx') }] }],
  slots: {
    'inhalt.hinweis': [{ gast: true, Inhalt: lazy(() => import('./bericht.tsx')) }],
    'schriftgut.reiter': [{ pfad: 'e-mail', titel: () => t('reiter'), icon: 'mail', typen: ['akte', 'vorgang'], recht: 'ablageadresse.verwenden', Inhalt: lazy(() => import('./ablageadresse.tsx')) }],
    'verwaltung.eintrag': [{ pfad: '/verwaltung/postfaecher', titel: () => t('titel'), text: () => t('eintragText'), icon: 'mail', recht: 'postfach.verwalten' }],
  },
});
