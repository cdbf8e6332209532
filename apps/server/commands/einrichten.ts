import { createInterface } from 'node:readline/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createBenutzer, createEinmalkennwort, einrichtenMandant, findVerbundId, foundMandant, hashPasswort, registerMandant, setUpMandant } from '#modules/organisation/server/index.ts';
import { loadConfig } from '#platform/server/config.ts';
import { systemContext } from '#platform/server/context.ts';
import { newId } from '#platform/server/ids.ts';
import { migrate } from '#platform/server/migrate.ts';
import { createReadiness } from '#platform/server/readiness.ts';
import { createKeys } from '#platform/server/storage/index.ts';
import { openDatabase } from '#platform/server/tx.ts';
import { loadModules } from '../load-modules.ts';
import { refuseMightyRole } from '../runtime.ts';
import { withEmbedded } from '../sicherung/eingebettet.ts';
import { embeddedUrls, parts } from '../start/daten.ts';
import { Refusal, say } from '../start/say.ts';

const FARBEN = ['violett', 'tuerkis', 'orange', 'blau', 'hellblau', 'gruen', 'limette', 'gelb'] as const;
/** What must be known; asked for in a terminal, required as `--name` without one. */
const QUESTIONS = {
  verbund: 'Name des Verbunds', betreiber: 'Anmeldename des Betreibers', 'betreiber-name': 'Vor- und Nachname des Betreibers',
  mandant: 'Name der ersten Verwaltung (Mandant)', kuerzel: 'Ihr Kürzel, zwei Buchstaben', farbe: `Ihre Farbe (${FARBEN.join(', ')})`,
  administrator: 'Anmeldename ihrer Administration', 'administrator-name': 'Vor- und Nachname der Administration',
} as const;
type Name = keyof typeof QUESTIONS;
type Angaben = Record<Name, string>;

export async function run(args: readonly string[]) {
  const angaben = await readAngaben(args);
  const config = loadConfig();
  if (config.DATABASE_URL) {
    const given = loadConfig({ needs: ['ABLAGE_URL', 'SCHLUESSEL_DATEI'] });
    await refuseMightyRole(config.DATABASE_URL);
    const { bereit, gruende } = await createReadiness(config.DATABASE_URL)();
    if (!bereit) throw new Refusal(`${gruende.join('\n')}. Vorher: npm run datenbank-rollen, npm run migrate`);
    await createKeys({ url: given.ABLAGE_URL!, schluesselDatei: given.SCHLUESSEL_DATEI! });
    say(`Schlüsseldatei: ${given.SCHLUESSEL_DATEI!} – sichern Sie sie getrennt von den Daten; ohne sie ist kein Inhalt lesbar.`);
    await setUp(config.DATABASE_URL, angaben);
  } else {
    await withEmbedded(config.DATEN, async (_admin, daten) => {
      const { ablage, verbundSchluessel } = parts(daten);
      await createKeys({ url: pathToFileURL(ablage).href, schluesselDatei: verbundSchluessel });
      const urls = await embeddedUrls(daten);
      await migrate({ ownerUrl: urls.DATABASE_URL_MIGRATION, workerUrl: urls.DATABASE_URL_WORKER });
      await setUp(urls.DATABASE_URL, angaben);
    });
  }
}

async function readAngaben(args: readonly string[]): Promise<Angaben> {
  const names = Object.keys(QUESTIONS) as Name[];
  let values: Partial<Angaben>;
  try { ({ values } = parseArgs({ args: [...args], options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) }) as { values: Partial<Angaben> }); }
  catch (error) { throw new Refusal(`${(error as Error).message}\nBekannt sind: ${names.map((n) => `--${n}`).join(' ')}`); }
  const missing = names.filter((name) => !values[name]?.trim());
  if (missing.length && !process.stdin.isTTY) throw new Refusal(`Es fehlt: ${missing.map((n) => `--${n} (${QUESTIONS[n]})`).join(', ')}`);
  if (missing.length) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    for (const name of missing) values[name] = (await terminal.question(`${QUESTIONS[name]}: `)).trim();
    terminal.close();
  }
  const angaben = values as Angaben;
  if (!/^\p{Lu}{2}$/u.test(angaben.kuerzel)) throw new Refusal('--kuerzel: zwei Großbuchstaben, etwa AT');
  if (!(FARBEN as readonly string[]).includes(angaben.farbe)) throw new Refusal(`--farbe: eine von ${FARBEN.join(', ')}`);
  return angaben;
}

const person = (name: string) => { const parts = name.trim().split(/\s+/); return { vorname: parts.slice(0, -1).join(' '), nachname: parts.at(-1)! }; };

/**
 * Verbund with its Betreiber, first Mandant with its administration: one-time passwords are shown here and never again. One transaction makes all that
 * cannot be made up for; the inside of the Mandant follows at once, and if it does not come to that, with the worker's first run.
 */
async function setUp(url: string, angaben: Angaben) {
  const database = openDatabase(url, { max: 2, modules: await loadModules() });
  try {
    if (await findVerbundId(database)) throw new Refusal('Dieser Verbund ist schon eingerichtet. Weitere Mandanten legt sein Betreiber unter „Verwaltung“ an.');
    const [verbundId, betriebId, administrationId] = [newId(), newId(), newId()];
    const zugaenge = [await einmal(angaben.betreiber), await einmal(angaben.administrator)] as const;
    const { id: mandantId, payload } = await database.write(systemContext(verbundId, verbundId, 'einrichten', [], newId()), async (tx) => {
      await registerMandant(tx, verbundId, { name: angaben.verbund, kuerzel: 'VB', farbe: 'blau' });
      await setUpMandant(tx, { rollenIds: { betrieb: betriebId, administration: administrationId } });
      // Both: whoever runs the Verbund also lets in further operators.
      await createBenutzer(tx, { ...person(angaben['betreiber-name']), funktion: 'Betrieb', konto: zugaenge[0].konto, rollen: [betriebId, administrationId] });
      return foundMandant(tx, {
        name: angaben.mandant, kuerzel: angaben.kuerzel, farbe: angaben.farbe as (typeof FARBEN)[number],
        administration: { ...person(angaben['administrator-name']), anmeldename: angaben.administrator, email: null, funktion: 'Administration' },
      }, zugaenge[1].konto.passwortHash);
    });
    say(`\n${angaben.verbund} ist eingerichtet. Diese Kennwörter gelten für eine Anmeldung und werden nur jetzt gezeigt:`);
    for (const [wer, { name, kennwort }] of [[`Betreiber des Verbunds`, zugaenge[0]], [`Administration ${angaben.mandant}`, zugaenge[1]]] as const) say(`  ${wer}: ${name}   ${kennwort}`);
    await database.write(systemContext(mandantId, verbundId, 'einrichten', [], newId()), (tx) => einrichtenMandant.store(tx, payload));
  } finally { await database.close(); }
}

async function einmal(name: string) {
  const kennwort = createEinmalkennwort();
  return { name, kennwort, konto: { anmeldename: name, passwortHash: await hashPasswort(kennwort), mussAendern: true } };
}
