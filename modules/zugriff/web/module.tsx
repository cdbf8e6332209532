import { Nur } from '#modules/organisation/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [{ element: <Nur recht="zugriff.sehen" />, children: [{
    path: 'verwaltung/schutzbereiche', lazy: () => import('./schutzbereiche.tsx'),
    children: [{ index: true, lazy: () => import('./anfang.tsx') }, { path: ':id', lazy: () => import('./schutzbereich.tsx') }],
  }] }],
  slots: { 'verwaltung.eintrag': [{ pfad: '/verwaltung/schutzbereiche', titel: () => t('schutzbereiche'), text: () => t('text'), icon: 'schild', recht: 'zugriff.sehen' }] },
});
