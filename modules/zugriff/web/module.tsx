import { Nur } from '#modules/organisation/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [{ element: <Nur recht="zugriff.sehen" />, children: [{
    path: 'verwaltung/schutzbereiche', lazy: () => import('./schutzbereiche.tsx'),
    children: [{ index: true, lazy: () => import('./anfang.tsx') }, { path: ':id', lazy: () => import('./schutzbereich.tsx') }],
  }] }, { element: <Nur recht="zugriff.geheimschutz" />, children: [{ path: 'verwaltung/geheimschutz', lazy: () => import('./geheimschutz.tsx') }] }],
  slots: { 'verwaltung.eintrag': [{ pfad: '/verwaltung/schutzbereiche', titel: () => t('schutzbereiche'), text: () => t('text'), icon: 'schild', recht: 'zugriff.sehen' }, { pfad: '/verwaltung/geheimschutz', titel: () => t('geheimschutz'), text: () => t('geheimschutzText'), icon: 'schloss', recht: 'zugriff.geheimschutz' }] },
});
