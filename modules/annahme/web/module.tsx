import { Nur } from '#modules/organisation/web/index.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({ titel: ['Anschlüsse', 'Connections'], text: ['Fachverfahren und Portale, die Post einliefern', 'Specialist applications and portals that deliver post'] });

export default defineWebModule({
  routes: [{ element: <Nur recht="annahme.verwalten" />, children: [
    { path: 'verwaltung/anschluesse', lazy: () => import('./anschluesse.tsx') },
    { path: 'verwaltung/anschluesse/:id', lazy: () => import('./anschluss.tsx') },
  ] }],
  slots: { 'verwaltung.eintrag': [{ pfad: '/verwaltung/anschluesse', titel: () => t('titel'), text: () => t('text'), icon: 'link', recht: 'annahme.verwalten' }] },
});
