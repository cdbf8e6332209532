import { ConfigError, loadConfig, type Config, type SettingName } from '#platform/server/config.ts';
import { Refusal } from './start/say.ts';

type Command = {
  /** Keys it cannot do without: asked for before anything heavy is loaded. */
  needs?: readonly SettingName[];
  load(): Promise<{ run(args: readonly string[], config: Config): Promise<void> }>;
};
const SERVICE = ['DATABASE_URL', 'ABLAGE_URL', 'SCHLUESSEL_DATEI', 'OEFFENTLICHE_URL'] as const;

/** Every process of Verbundakte begins here; `npm start` runs api and worker as its children. Each part is loaded only when asked for. */
const commands: Record<string, Command> = {
  api: { needs: SERVICE, load: () => import('./api.ts') },
  worker: { needs: [...SERVICE, 'DATABASE_URL_WORKER'], load: () => import('./worker.ts') },
  migrate: { needs: ['DATABASE_URL_MIGRATION', 'DATABASE_URL_WORKER'], load: () => import('./commands/migrate.ts') },
  verteilen: { needs: ['DATABASE_URL_MIGRATION'], load: () => import('./commands/verteilen.ts') },
  'datenbank-rollen': { load: () => import('./commands/datenbank-rollen.ts') },
  einrichten: { load: () => import('./commands/einrichten.ts') },
  sicherung: { load: () => import('./commands/sicherung.ts') },
  wiederherstellung: { load: () => import('./commands/wiederherstellung.ts') },
  demo: { needs: SERVICE, load: () => import('./commands/demo.ts') },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) {
  console.error(`Aufruf: node apps/server/main.ts ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
try {
  const config = loadConfig({ needs: command.needs ?? [] });
  await (await command.load()).run(args, config);
}
catch (error) {
  // What the operator can mend is said in a sentence; everything else with its stack.
  const known = error instanceof ConfigError || error instanceof Refusal || (error as { code?: string }).code === 'EADDRINUSE';
  console.error(known ? (error as Error).message : error);
  process.send?.({ fehler: (error as Error).message });
  process.exit(known ? 2 : 1);
}
