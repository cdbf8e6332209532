import { lazy } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';
import { zahlen } from './zahlen.ts';

const t = katalog({ posteingang: ['Posteingang', 'Inbox'], offen: ['offen', 'open'], korb: ['Posteingang', 'Inbox'], korbText: ['Korb für Post ohne Angabe einer Organisationseinheit', 'Basket for post that names no office'] });
const useZahlen = () => useAbfrage(zahlen, { query: {} }, { alle: 60_000 }).data;

export default defineWebModule({
  routes: [
    { path: 'verwaltung/posteingang', lazy: () => import('./einstellungen.tsx') },
    { path: 'posteingang/vernichtung', lazy: () => import('./vernichtung.tsx') },
    { path: 'posteingang/bilanz', lazy: () => import('./bilanz.tsx') },
    { path: 'posteingang/:id?', lazy: () => import('./posteingang.tsx') },
  ],
  navigation: [{ titel: () => t('posteingang'), pfad: '/posteingang', icon: 'ein', recht: 'eingang.sehen', rang: 10, taste: 'p', useZahl: () => { const z = useZahlen(); return z && z.offen > 0 ? { anzahl: z.offen, wort: t('offen') } : undefined; } }],
  slots: {
    'verwaltung.eintrag': [{ pfad: '/verwaltung/posteingang', titel: () => t('korb'), text: () => t('korbText'), icon: 'ein', recht: 'posteingang.verwalten' }],
    'schreibtisch.bereich': [{ recht: 'eingang.sehen', breit: true, rang: 10, Inhalt: lazy(() => import('./schreibtisch.tsx')) }],
  },
});
