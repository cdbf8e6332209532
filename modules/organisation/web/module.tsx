import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';
import { Nur } from './nur.tsx';
import { sitzung } from './sitzung.ts';
import { t as w } from './texte.ts';

const t = katalog({ kennwort: ['Kennwort ändern', 'Change password'] });

export default defineWebModule({
  sitzung,
  freieRouten: [
    { path: '/anmeldung', lazy: () => import('./anmeldung.tsx') },
    { path: '/kennwort', lazy: () => import('./kennwort.tsx') },
  ],
  routes: [
    { path: 'konto', lazy: () => import('./konto.tsx') },
    { path: 'konto/vertretung', lazy: () => import('./vertretung/eigene.tsx') },
    { element: <Nur recht="vertretung.anordnen" />, children: [{ path: 'verwaltung/vertretungen', lazy: () => import('./vertretung/liste.tsx') }] },
    { element: <Nur recht="benutzer.verwalten" />, children: [
      { path: 'verwaltung/benutzer', lazy: () => import('./benutzer-liste.tsx') },
      { path: 'verwaltung/benutzer/neu', lazy: () => import('./benutzer-neu.tsx') },
      { path: 'verwaltung/benutzer/:id', lazy: () => import('./benutzer.tsx') },
    ] },
    { element: <Nur recht="rolle.verwalten" />, children: [
      { path: 'verwaltung/rollen', lazy: () => import('./rollen-liste.tsx') },
      { path: 'verwaltung/rollen/matrix', lazy: () => import('./rollen-matrix.tsx') },
      { path: 'verwaltung/rollen/neu', lazy: () => import('./rolle.tsx') },
      { path: 'verwaltung/rollen/:id', lazy: () => import('./rolle.tsx') },
    ] },
    { element: <Nur recht="organisationseinheit.verwalten" />, children: [{
      path: 'verwaltung/organisation', lazy: () => import('./organisation.tsx'),
      children: [{ index: true, lazy: () => import('./einheit-anfang.tsx') }, { path: ':id', lazy: () => import('./einheit.tsx') }],
    }] },
    { element: <Nur recht="mandant.verwalten" />, children: [
      { path: 'verwaltung/mandanten', lazy: () => import('./mandanten-liste.tsx') },
      { path: 'verwaltung/mandanten/neu', lazy: () => import('./mandant.tsx') },
      { path: 'verwaltung/mandanten/:id', lazy: () => import('./mandant.tsx') },
    ] },
  ],
  slots: {
    'konto.eintrag': [
      { selbst: true, pfad: '/konto', titel: () => w('konto') }, { selbst: true, pfad: '/konto/vertretung', titel: () => w('vertretung') },
      { selbst: true, pfad: '/kennwort', titel: () => t('kennwort') },
    ],
    'verwaltung.eintrag': [
      { pfad: '/verwaltung/mandanten', titel: () => w('mandanten'), text: () => w('mandantenText'), icon: 'portal', recht: 'mandant.verwalten' },
      { pfad: '/verwaltung/organisation', titel: () => w('einheiten'), text: () => w('einheitenText'), icon: 'oe', recht: 'organisationseinheit.verwalten' },
      { pfad: '/verwaltung/benutzer', titel: () => w('benutzer'), text: () => w('benutzerText'), icon: 'personen', recht: 'benutzer.verwalten' },
      { pfad: '/verwaltung/vertretungen', titel: () => w('vertretungen'), text: () => w('vertretungenText'), icon: 'uhr', recht: 'vertretung.anordnen' },
      { pfad: '/verwaltung/rollen', titel: () => w('rollen'), text: () => w('rollenText'), icon: 'schluessel', recht: 'rolle.verwalten' },
    ],
  },
});
