import { lazy } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';
import { stapelzahl } from './zahl.ts';

const t = katalog({ scanstelle: ['Scanstelle', 'Scan station'], pruefen: ['zu prüfen', 'to be checked'], profile: ['Scanprofile', 'Scan profiles'], profileText: ['Was mit gescannter Post geschieht: Trennung, Prüfung, Ordner', 'What is done with scanned post: separation, check, folder'], weg: ['Scan mit mehreren Briefen: in die Scanstelle', 'Scan with several letters: to the scan station'] });
const useZahl = () => {
  const n = useAbfrage(stapelzahl, { query: { limit: 1, status: ['zu_pruefen', 'geprueft'] } }, { alle: 60_000 }).data?.gesamt;
  return n ? { anzahl: n, wort: t('pruefen') } : undefined;
};

export default defineWebModule({
  routes: [
    { path: 'scanstelle', lazy: () => import('./stapel-liste.tsx') },
    { path: 'verwaltung/scanprofile', lazy: () => import('./profile.tsx') },
    { path: 'scanstelle/:id', lazy: () => import('./pruefseite.tsx') },
  ],
  navigation: [{ titel: () => t('scanstelle'), pfad: '/scanstelle', icon: 'seiten', recht: 'scanstapel.bearbeiten', rang: 11, useZahl }],
  slots: {
    'verwaltung.eintrag': [{ pfad: '/verwaltung/scanprofile', titel: () => t('profile'), text: () => t('profileText'), icon: 'seiten', recht: 'scanstelle.verwalten' }],
    'posteingang.weg': [{ pfad: '/scanstelle', titel: () => t('weg'), icon: 'seiten', recht: 'scanstapel.bearbeiten' }],
    'eingang.abschnitt': [{ recht: 'eingang.sehen', Inhalt: lazy(() => import('./vermerk.tsx')) }],
  },
});
