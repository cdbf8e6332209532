import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';
import { sitzung } from './sitzung.ts';

const t = katalog({ kennwort: ['Kennwort ändern', 'Change password'] });

export default defineWebModule({
  sitzung,
  freieRouten: [
    { path: '/anmeldung', lazy: () => import('./anmeldung.tsx') },
    { path: '/kennwort', lazy: () => import('./kennwort.tsx') },
  ],
  slots: { 'konto.eintrag': [{ pfad: '/kennwort', titel: () => t('kennwort') }] },
});
