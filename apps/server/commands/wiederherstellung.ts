import { existsSync } from 'node:fs';
import { glob, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '#platform/server/config.ts';
import { version } from '#platform/server/version.ts';
import { openStore } from '#platform/server/storage/index.ts';
import { setZeitzone } from '#platform/server/zeit.ts';
import type { KeyFile } from '#platform/server/keys.ts';
import { alsZeit } from '../sicherung/fenster.ts';
import { unpackStream } from '../sicherung/huelle.ts';
import { keepMandant, type Uebernahme } from '../sicherung/mandant.ts';
import { listMandanten, restoreInhalte, verifyRestored, type Nachweis } from '../sicherung/nachweis.ts';
import { openOrt, type Ort } from '../sicherung/ort.ts';
import { makePlan, parseZeitpunkt, readSchluessel, verifyPlan, type Plan } from '../sicherung/plan.ts';
import { isEmpty, removeEigene, replay, sql, unpackCluster } from '../sicherung/wieder.ts';
import { parts, prepareDaten, readPasswords, RESTORE_MARK } from '../start/daten.ts';
import { acquireLock, describeHolder } from '../start/lock.ts';
import { Refusal, say, short } from '../start/say.ts';

const AUFRUF = "Aufruf: DATEN=NEUER_ORDNER npm run wiederherstellung -- ORT --schluessel ORT2 [--zeitpunkt '2026-11-28 10:15:07'] [--mandant KÜRZEL] [--schnell] [--ablage URL] [--grund NAME]";

function readArgs(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true,
      options: { schluessel: { type: 'string' }, zeitpunkt: { type: 'string' }, mandant: { type: 'string' }, ablage: { type: 'string' }, grund: { type: 'string' }, schnell: { type: 'boolean', default: false } },
    });
    if (positionals.length !== 1) throw new Error('');
    return { ...values, ort: positionals[0]! };
  } catch (error) { throw new Refusal(`${(error as Error).message}\n${AUFRUF}`.trim()); }
}
type Wunsch = ReturnType<typeof readArgs>;

const dauer = (ms: number) => (ms < 120_000 ? `${(ms / 1000).toFixed(1).replace('.', ',')} s` : `${Math.round(ms / 60_000)} min`);

export async function run(args: readonly string[]) {
  const wunsch = readArgs(args);
  const config = loadConfig();
  setZeitzone(config.ZEITZONE);
  const begin = performance.now();
  const ort = await openOrt(wunsch.ort);
  const plan = await makePlan(ort, wunsch.zeitpunkt === undefined ? undefined : parseZeitpunkt(wunsch.zeitpunkt), wunsch.grund);
  const { text, keys } = await readSchluessel(wunsch.schluessel);
  const ziel = resolve(process.env.INIT_CWD ?? '.', config.DATEN);
  if (!(await isEmpty(ziel)) && !existsSync(join(ziel, RESTORE_MARK))) throw new Refusal(`In ${ziel} liegen schon Daten. Einen neuen Ordner wählen: DATEN=… npm run wiederherstellung -- ${wunsch.ort} …`);
  say(`Die Sicherung wird geprüft${wunsch.schnell ? ', Inhalte nur auf Vollständigkeit' : ''} …`);
  await verifyPlan(ort, plan, wunsch.schnell);
  await verifyKey(ort, plan, keys);
  const daten = await prepareDaten(ziel);
  const lock = await acquireLock(daten);
  if ('heldBy' in lock) throw new Refusal(describeHolder(daten, lock.heldBy));
  try { await restore({ wunsch, ort, plan, keys, text, daten, begin, eingebettet: (await ort.readKennung())!.art === 'eingebettet' }); } catch (error) {
    // of the others, who are not to be here, nothing is left lying about
    if (wunsch.mandant !== undefined) for (const path of [parts(daten).postgres, parts(daten).ablage, parts(daten).schluessel]) await rm(path, { recursive: true, force: true });
    throw error;
  } finally { await lock.release(); }
}

/** Said before anything is written: the base backup is opened with it. */
async function verifyKey(ort: Ort, { grund }: Plan, keys: KeyFile) {
  for await (const _ of await unpackStream(keys, ort.store, `basis/${grund.name}/basis`, grund.datei.groesse)) return;
}

type Umgebung = { wunsch: Wunsch; ort: Ort; plan: Plan; keys: KeyFile; text: string; daten: string; begin: number; eingebettet: boolean };
async function restore(u: Umgebung) {
  const { wunsch, ort, plan, daten, eingebettet } = u;
  const folder = parts(daten);
  await writeFile(join(daten, RESTORE_MARK), wunsch.ort); // one that was interrupted is recognised, and begun anew
  for (const path of [folder.postgres, `${folder.postgres}.neu`, folder.ablage, folder.schluessel]) await rm(path, { recursive: true, force: true });
  await prepareDaten(daten);
  const url = wunsch.ablage ?? pathToFileURL(folder.ablage).href;
  const store = openStore({ url, schluesselDatei: folder.verbundSchluessel });
  for await (const { path } of store.list('inhalt/')) throw new Refusal(`In der Ablage ${wunsch.ablage} liegen schon Inhalte (${path}). Zurückgespielt wird in eine leere.`);
  say('Die Datenbank wird zurückgespielt …');
  await unpackCluster(ort, u.keys, plan, `${folder.postgres}.neu`);
  await rename(`${folder.postgres}.neu`, folder.postgres);
  const server = await replay(folder.postgres, plan, join(folder.logs, 'wiederherstellung.log'));
  let [keys, text] = [u.keys, u.text];
  try {
    const { datenbank } = (await ort.readKennung())!;
    let mandanten = await listMandanten(server, datenbank);
    const erreicht = (await sql<{ zeit: Date | null }>(server, datenbank, 'select max(zeit) as zeit from platform.ereignis'))[0]!.zeit;
    const aktuell = await isCurrent(server, datenbank);
    let uebernahme: Uebernahme | undefined;
    if (wunsch.mandant !== undefined) {
      uebernahme = await keepMandant({ server, datenbank, kuerzel: wunsch.mandant, mandanten, keys });
      mandanten = mandanten.filter((m) => m.id === uebernahme!.mandantId);
    }
    say('Die Inhalte werden zurückgespielt …');
    const inhalte = await restoreInhalte({ server, datenbank, ort, verzeichnis: plan.lage.verzeichnis, store, mandanten });
    if (uebernahme) ({ keys, text } = await uebernahme.rewrap(store));
    await mkdir(folder.schluessel, { recursive: true, mode: 0o700 });
    await writeFile(folder.verbundSchluessel, text, { mode: 0o600 });
    const nachweise = aktuell || uebernahme ? await verifyRestored({ server, datenbank, keys, store, mandanten, lesen: !wunsch.schnell }) : undefined;
    if (eingebettet) { const { postgres } = await readPasswords(daten); await sql(server, datenbank, `alter role postgres password '${postgres}'`); }
    // whose log is kept for a backup that goes elsewhere from here on
    await sql(server, datenbank, 'select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active');
    report(u, { inhalte, nachweise, erreicht: erreicht instanceof Date ? erreicht.toISOString() : erreicht, uebernahme });
  } finally { await server.stop(); }
  await removeEigene(folder.postgres);
  await rm(join(daten, RESTORE_MARK));
  say(eingebettet ? `Starten: DATEN=${short(daten)} npm start` : `Datenbank: ${folder.postgres}   Ablage: ${url}   Schlüssel: ${folder.verbundSchluessel}\nSo geht es weiter: docs/betrieb/sicherung.md, „In Betrieb nehmen“`);
}

/** Of an older backup the tables are not yet as this program knows them. */
async function isCurrent(server: Parameters<typeof sql>[0], datenbank: string) {
  const files = await Array.fromAsync(glob('{platform,modules/*}/migrations/*.sql', { cwd: new URL('../../..', import.meta.url).pathname }));
  return Number((await sql<{ zahl: number }>(server, datenbank, 'select count(*)::int as zahl from public.migration'))[0]!.zahl) === files.length;
}

/** Says what is there now, so that nobody has to believe it. */
function report({ wunsch, plan, begin }: Umgebung, { inhalte, nachweise, erreicht, uebernahme }: { inhalte: Awaited<ReturnType<typeof restoreInhalte>>; nachweise: Nachweis[] | undefined; erreicht: string | null; uebernahme: Uebernahme | undefined }) {
  const { stand } = plan.lage;
  const alter = (Date.now() - Date.parse(plan.ziel)) / 1000;
  say(`\nZurückgespielt ist der Stand vom ${alsZeit(plan.ziel)}${erreicht ? `; letzte Änderung ${alsZeit(erreicht)}` : ''}.`);
  say(`RPO: ${wunsch.zeitpunkt === undefined ? `${dauer(alter * 1000)} zwischen der letzten gesicherten Sekunde und jetzt` : `0 s zur gewünschten Sekunde; gesichert ist bis ${alsZeit(stand.bis)}`}   RTO: ${dauer(performance.now() - begin)}`);
  const alleEintraege = nachweise?.reduce((sum, n) => sum + n.eintraege, 0);
  say(nachweise ? `${nachweise.length} Mandanten, ${alleEintraege} Ereignisse, ${inhalte.inhalte} Inhalte (${(inhalte.bytes / 1e6).toFixed(1).replace('.', ',')} MB). Protokolle nachgerechnet und unverändert${wunsch.schnell ? '; Inhalte nicht gelesen (--schnell)' : ', jeder Inhalt gelesen und gleich'}.`
    : `${inhalte.inhalte} Inhalte. Diese Sicherung stammt von einer anderen Fassung als dieser (${version}); nach der Aktualisierung prüfen: „Verwaltung › Protokoll › Jetzt prüfen“.`);
  for (const { mandant, unversiegelt } of nachweise ?? []) if (unversiegelt) say(`${mandant.name}: ${unversiegelt} Einträge dieser Sekunde waren noch nicht versiegelt; der Worker holt es nach.`);
  if (inhalte.schlechte.length) say(`${inhalte.schlechte.length} Inhalte waren schon damals als verloren bekannt und sind nicht in der Sicherung.`);
  if (plan.ziel < stand.bis && !plan.letzte) say('Ausgaben des Protokolls, die nach dieser Sekunde gezogen wurden, nennen Einträge, die es hier nicht mehr gibt.');
  if (uebernahme) for (const satz of uebernahme.saetze) say(satz);
}
