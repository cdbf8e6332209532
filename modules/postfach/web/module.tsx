import { lazy } from 'react';
import { Nur } from '#modules/organisation/web/index.ts';
import '#modules/schriftgut/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({ titel: ['Postfächer', 'Mailboxes'], eintragText: ['E-Mail-Postfächer, die in einen Korb abgeholt werden', 'Mailboxes that are fetched into a basket'], reiter: ['E-Mail', 'E-mail'] });

export default defineWebModule({
  routes: [{ element: <Nur recht="postfach.verwalten" />, children: [{ path: 'verwaltung/postfaecher', lazy: () => import('./postfaecher.tsx') }] }],
  slots: {
    'inhalt.hinweis': [{ gast: true, Inhalt: lazy(() => import('./bericht.tsx')) }],
    'schriftgut.reiter': [{ pfad: 'e-mail', titel: () => t('reiter'), icon: 'mail', typen: ['akte', 'vorgang'], recht: 'ablageadresse.verwenden', Inhalt: lazy(() => import('./ablageadresse.tsx')) }],
    'verwaltung.eintrag': [{ pfad: '/verwaltung/postfaecher', titel: () => t('titel'), text: () => t('eintragText'), icon: 'mail', recht: 'postfach.verwalten' }],
  },
});
