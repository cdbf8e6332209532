import { defineWebModule } from '#platform/web/module.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({ schreibtisch: ['Schreibtisch', 'Desk'] });

export default defineWebModule({
  routes: [{ index: true, lazy: () => import('./schreibtisch.tsx') }],
  navigation: [{ titel: () => t('schreibtisch'), pfad: '/', icon: 'tisch', taste: 's', rang: 0 }],
});
