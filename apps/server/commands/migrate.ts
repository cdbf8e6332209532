import { loadConfig } from '#platform/server/config.ts';
import { migrate } from '#platform/server/migrate.ts';

export async function run() {
  const config = loadConfig({ needs: ['DATABASE_URL_MIGRATION', 'DATABASE_URL_WORKER'] });
  await migrate({ ownerUrl: config.DATABASE_URL_MIGRATION!, workerUrl: config.DATABASE_URL_WORKER! });
  console.log('Die Datenbank ist auf dem Stand dieses Programms.');
}
