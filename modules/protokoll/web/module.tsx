import { lazy } from 'react';
import { defineWebModule } from '#platform/web/module.ts';
import { l } from './einsichten-texte.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [{
    path: 'verwaltung/protokoll', lazy: () => import('./protokoll.tsx'),
    children: [{ index: true, lazy: () => import('./alle.tsx') }, { path: 'pruefung', lazy: () => import('./pruefung.tsx') }],
  },
  { path: 'revision/lesezugriffe', lazy: () => import('./einsichten.tsx') },
  { path: 'revision/lesezugriffe/:id', lazy: () => import('./einsicht.tsx') }],
  slots: {
    'verwaltung.eintrag': [{ pfad: '/revision/lesezugriffe', titel: () => l('titel'), text: () => l('titelText'), icon: 'auge', recht: 'einsicht.sehen' }, { pfad: '/verwaltung/protokoll', titel: () => t('protokoll'), text: () => t('protokollText'), icon: 'schild', recht: ['protokoll.lesen', 'protokoll.pruefen'] }],
    'objekt.verlauf': [{ titel: () => t('verlauf'), Inhalt: lazy(() => import('./verlauf.tsx')), rechtOhneSchutz: 'protokoll.lesen', gast: true }],
  },
});
