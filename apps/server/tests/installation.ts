/** A production installation as an operator makes it: roles, migrations, first Mandant, processes; against a PostgreSQL that is given. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { login } from './person.ts';
import { cleanEnv, repository, run, until } from './program.ts';

export const KENNWORT = 'Der Kranich fliegt im Herbst';
export type Env = Record<string, string>;
/** The connection of a role to one database of the server behind `adminUrl`. */
export const roleUrl = (adminUrl: string, role: string, database: string, at?: string) => {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = 'geheim';
  url.pathname = `/${database}`;
  if (at) url.host = at;
  return url.href;
};
export const envOf = (adminUrl: string, folder: string, database: string): Env => ({
  DATABASE_URL: roleUrl(adminUrl, 'va_app', database), DATABASE_URL_WORKER: roleUrl(adminUrl, 'va_worker', database), ABLAGE_URL: `file://${folder}/${database}/ablage`, SCHLUESSEL_DATEI: `${folder}/${database}/schluessel/verbund.schluessel`,
  OEFFENTLICHE_URL: 'http://127.0.0.1', WEB_ORDNER: `${folder}/dist`, PORT: '0', WORKER_PORT: '0',
});

/** One of the commands, to its end. `via`: words in front, such as those that run it in a network namespace. */
export const main = (args: readonly string[], env: Env, via: readonly string[] = []) => {
  const [file = '', ...rest] = [...via, process.execPath, join(repository, 'apps/server/main.ts'), ...args];
  return run(file, rest, { env: { ...cleanEnv(), ...env }, timeout: 180_000 })
    .then(({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }), (e: { code: number; stdout: string; stderr: string }) => ({ code: e.code, output: e.stdout + e.stderr }));
};

const children = new Set<ChildProcess>();
/** One of the commands that goes on until it is ended. */
export function spawnMain(args: readonly string[], env: Env) {
  const child = spawn(process.execPath, [join(repository, 'apps/server/main.ts'), ...args], { env: { ...cleanEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const exit = once(child, 'exit').then(([code]) => { children.delete(child); return code as number | null; });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); });
  return { child, exit, output: () => output };
}
export const killServices = () => { for (const child of children) child.kill('SIGKILL'); };

export async function service(name: 'api' | 'worker', env: Env, via: readonly string[] = []) {
  const [file = '', ...rest] = [...via, process.execPath, join(repository, 'apps/server/main.ts'), name];
  const child = spawn(file, rest, { env: { ...cleanEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const exit = once(child, 'exit').then(() => { children.delete(child); });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); });
  const port = await until(`${name} serves`, 120, async () => {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    return /"port":(\d+)/.exec(output)?.[1];
  }).catch((e: Error) => { throw new Error(`${e.message}\n${output}`); });
  return { address: `http://127.0.0.1:${port}`, port, output: () => output, kill: () => { child.kill('SIGKILL'); return exit; }, async stop() { child.kill('SIGTERM'); await exit; } };
}
export type Service = Awaited<ReturnType<typeof service>>;

/** Roles, schema, the Verbund and a first Mandant; answers the one-time password of its administrator `admin`. */
export async function install(adminUrl: string, env: Env, database: string, via: readonly string[] = []): Promise<string> {
  const all = { ...env, DATABASE_URL_MIGRATION: roleUrl(adminUrl, 'va_owner', database) };
  const must = async (args: readonly string[]) => { const { code, output } = await main(args, all, via); if (code !== 0) throw new Error(`${args[0]}: ${output}`); return output; };
  await must(['datenbank-rollen', adminUrl]);
  await must(['migrate']);
  const output = await must(['einrichten', '--verbund', 'Verbund Probe', '--betreiber', 'betrieb', '--betreiber-name', 'Jule Petersen', '--mandant', 'Landkreis Probe', '--kuerzel', 'LP', '--farbe', 'violett', '--administrator', 'admin', '--administrator-name', 'Ada Lovelace']);
  return /Administration Landkreis Probe: admin\s+(\S+)/.exec(output)![1]!;
}

async function changePassword(address: string, name: string, alt: string) {
  const first = await login(address, name, alt);
  await first.put('/ich/passwort', { alt, neu: KENNWORT });
  return login(address, name, KENNWORT);
}

/** The first day: an OE, a Sachbearbeitung `kim`, an Aktenplan, an Akte with a Vorgang. */
export async function firstDay(address: string, einmal: string) {
  const admin = await changePassword(address, 'admin', einmal);
  const { eintraege } = await admin.get<{ eintraege: { id: string; schluessel: string }[] }>('/rollen');
  const oe = await admin.post('/organisationseinheiten', { kennzeichen: '63', bezeichnung: 'Bauamt', kuerzel: 'BA' });
  const neu = await admin.post('/benutzer', {
    anmeldename: 'kim', vorname: 'Kim', nachname: 'Probe', organisationseinheiten: [{ organisationseinheitId: oe.id, leitung: false }],
    rollen: eintraege.filter((r) => ['sachbearbeitung', 'registratur'].includes(r.schluessel)).map((r) => r.id),
  });
  const kim = await changePassword(address, 'kim', neu.einmalkennwort);
  const plan = await admin.post('/aktenplaene', { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2026-01-01' });
  const einheit = await admin.post('/aktenplaneinheiten', { aktenplanId: plan.id, kennzeichen: '63', betreffKurz: 'Bauen', aussonderungsart: 'bewerten', aufbewahrungsdauer: 10 });
  const akte = await kim.post('/akten', { aktenplaneinheitId: einheit.id, betreff: 'Neubau einer Remise' });
  const vorgang = await kim.post('/vorgaenge', { akteId: akte.id, betreff: 'Antrag' });
  return { admin, kim, benutzerId: neu.benutzer.id as string, rollen: eintraege, akteId: akte.id as string, vorgangId: vorgang.id as string };
}
export type Person = Awaited<ReturnType<typeof login>>;

/** A letter: uploaded, then filed. */
export async function fileLetter(person: Person, vorgangId: string, text: string) {
  const inhalt = await person.upload(new TextEncoder().encode(text), 'Antrag.txt', 'text/plain');
  const dokument = await person.post('/dokumente', { vorgangId, betreff: 'Antrag', art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: inhalt.id }] });
  return { dokument: dokument.id as string, inhalt: inhalt.id };
}
export const found = (person: Person, wort: string, dokument: string) =>
  until(`${wort} is found`, 100, async () => JSON.stringify(await person.get(`/suche?q=${wort}`)).includes(dokument));
