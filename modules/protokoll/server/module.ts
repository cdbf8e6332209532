import { defineModule } from '#platform/server/module.ts';
import { versiegelnJob } from './jobs.ts';

export default defineModule({
  name: 'protokoll',
  nachlauf: [versiegelnJob],
  zeitplan: [{ cron: '7 * * * *', job: versiegelnJob }],
});
