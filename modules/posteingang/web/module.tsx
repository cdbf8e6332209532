import { lazy } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';
import { zahlen } from './zahlen.ts';

const t = katalog({ posteingang: ['Posteingang', 'Inbox'], offen: ['offen', 'open'], eingaengeOffen: ['Eingänge offen', 'items open'], heute: [(n: number) => `heute ${n} neu`, (n: number) => `${n} new today`] });
const useZahlen = () => useAbfrage(zahlen, { query: {} }, { alle: 60_000 }).data;

export default defineWebModule({
  routes: [
    { path: 'posteingang/stapel', lazy: () => import('./stapel.tsx') },
    { path: 'posteingang/:id?', lazy: () => import('./posteingang.tsx') },
  ],
  navigation: [{ titel: () => t('posteingang'), pfad: '/posteingang', icon: 'ein', recht: 'eingang.sehen', taste: 'p', useZahl: () => { const z = useZahlen(); return z && z.insgesamt.offen > 0 ? { anzahl: z.insgesamt.offen, wort: t('offen') } : undefined; } }],
  slots: {
    'schreibtisch.zaehler': [{ pfad: '/posteingang', recht: 'eingang.sehen', rang: 10, useZahl: () => { const z = useZahlen(); return z && { anzahl: z.insgesamt.offen, titel: t('eingaengeOffen'), hinweis: t('heute', z.heute.eingegangen) }; } }],
    'schreibtisch.bereich': [{ recht: 'eingang.sehen', breit: true, rang: 10, Inhalt: lazy(() => import('./schreibtisch.tsx')) }],
  },
});
