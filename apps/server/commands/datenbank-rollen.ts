import pg from 'pg';
import { loadConfig, type SettingName } from '#platform/server/config.ts';
import { databaseRoles, rolesSql, type DatabaseRole } from '#platform/server/roles.ts';
import { Refusal, say } from '../start/say.ts';

const KEYS: Record<DatabaseRole, SettingName> = { va_app: 'DATABASE_URL', va_worker: 'DATABASE_URL_WORKER', va_owner: 'DATABASE_URL_MIGRATION' };
const USAGE = `Aufruf: npm run datenbank-rollen -- --sql            gibt das SQL für die Datenbankverwaltung aus
        npm run datenbank-rollen -- SUPERUSER_URL   führt es aus und legt die Datenbank an, wenn sie fehlt
Die Kennwörter stehen in DATABASE_URL, DATABASE_URL_WORKER und DATABASE_URL_MIGRATION.`;

/** Makes the database roles once per cluster, from the passwords of the configured addresses; or prints what a DBA has to run. */
export async function run(args: readonly string[]) {
  const [what, ...rest] = args;
  if (!what || rest.length) throw new Refusal(USAGE);
  const config = loadConfig({ needs: what === '--sql' ? [] : Object.values(KEYS) });
  const addressOf = (role: DatabaseRole) => config[KEYS[role]] as string | undefined;
  for (const role of databaseRoles) {
    const address = addressOf(role);
    if (address && new URL(address).username !== role) throw new Refusal(`${KEYS[role]}: Der Benutzer muss ${role} heißen.`);
  }
  const sql = rolesSql((role) => { const address = addressOf(role); return address && new URL(address).password ? decodeURIComponent(new URL(address).password) : undefined; });
  const name = addressOf('va_owner') ? decodeURIComponent(new URL(addressOf('va_owner')!).pathname.slice(1)) : 'verbundakte';
  const create = `create database ${pg.escapeIdentifier(name)} owner va_owner encoding 'UTF8' template template0;`;
  if (what === '--sql') { say(`${sql}\n${create}`); return; }
  const admin = new pg.Client({ connectionString: what });
  await admin.connect();
  try {
    await admin.query(sql);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await admin.query(create);
    say(`Die Rollen ${databaseRoles.join(', ')} und va_suche sind da${rowCount ? '' : `, die Datenbank ${name} ist angelegt`}. Weiter: npm run migrate`);
  } finally { await admin.end(); }
}
