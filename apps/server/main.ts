import { ConfigError } from '#platform/server/config.ts';
import { Refusal } from './start/say.ts';

/** Every process of Verbundakte begins here; `npm start` runs api and worker as its children. Each part is loaded only when asked for. */
const commands: Record<string, () => Promise<{ run(args: readonly string[]): Promise<void> }>> = {
  api: () => import('./api.ts'),
  worker: () => import('./worker.ts'),
  migrate: () => import('./commands/migrate.ts'),
  sicherung: () => import('./commands/sicherung.ts'),
  wiederherstellung: () => import('./commands/wiederherstellung.ts'),
  'datenbank-rollen': () => import('./commands/datenbank-rollen.ts'),
  demo: () => import('./commands/demo.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!load) {
  console.error(`Aufruf: node apps/server/main.ts ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
try { await (await load()).run(args); }
catch (error) {
  // What the operator can mend is said in a sentence; everything else with its stack.
  const known = error instanceof ConfigError || error instanceof Refusal || (error as { code?: string }).code === 'EADDRINUSE';
  console.error(known ? (error as Error).message : error);
  process.send?.({ fehler: (error as Error).message });
  process.exit(known ? 2 : 1);
}
