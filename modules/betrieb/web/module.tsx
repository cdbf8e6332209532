import { defineWebModule } from '#platform/web/module.ts';
import { t } from './texte.ts';

export default defineWebModule({
  routes: [{ path: 'betrieb', lazy: () => import('./betrieb.tsx') }],
  navigation: [{ titel: () => t('betrieb'), pfad: '/betrieb', icon: 'betrieb', recht: 'betrieb.sehen', unten: true }],
});
