import type { Config } from '#platform/server/config.ts';
import { migrate } from '#platform/server/migrate.ts';

export async function run(_args: readonly string[], config: Config) {
  await migrate({ ownerUrl: config.DATABASE_URL_MIGRATION!, workerUrl: config.DATABASE_URL_WORKER! });
  console.log('Die Datenbank ist auf dem Stand dieses Programms.');
}
