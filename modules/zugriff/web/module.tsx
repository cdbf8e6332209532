import { lazy } from 'react';
import { Nur } from '#modules/organisation/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [{ path: 'was-darf-ich', lazy: () => import('./was-darf-ich.tsx') }, { element: <Nur recht="zugriff.sehen" />, children: [
    { path: 'verwaltung/schutzbereiche/matrix', lazy: () => import('./matrix.tsx') }, { path: 'verwaltung/personen/:id/rechte', lazy: () => import('./person.tsx') },
    { path: 'verwaltung/schutzbereiche', lazy: () => import('./schutzbereiche.tsx'), children: [{ index: true, lazy: () => import('./anfang.tsx') }, { path: ':id', lazy: () => import('./schutzbereich.tsx') }] },
  ] }, { element: <Nur recht="zugriff.geheimschutz" />, children: [{ path: 'verwaltung/geheimschutz', lazy: () => import('./geheimschutz.tsx') }] }],
  slots: {
    'benutzer.aktion': [{ pfad: (id) => `/verwaltung/personen/${id}/rechte`, titel: () => t('wasPerson'), recht: 'zugriff.sehen' }],
    'schriftgut.reiter': [{ pfad: 'rechte', titel: () => t('reiterRechte'), Inhalt: lazy(() => import('./warum.tsx')), gast: true }],
    'konto.eintrag': [{ selbst: true, pfad: '/was-darf-ich', titel: () => t('wasIch') }],
    'verwaltung.eintrag': [{ pfad: '/verwaltung/schutzbereiche', titel: () => t('schutzbereiche'), text: () => t('text'), icon: 'schild', recht: 'zugriff.sehen' }, { pfad: '/verwaltung/geheimschutz', titel: () => t('geheimschutz'), text: () => t('geheimschutzText'), icon: 'schloss', recht: 'zugriff.geheimschutz' }] },
});
