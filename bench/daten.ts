/**
 * npm run bench:daten -- --dokumente 1e6 [--personen 3000] [--bereiche 5000] [--einheiten 120] [--absaetze n] [--datenbank URL]
 * A county (or, with more of everything, a Land) as one Mandant, the same with every run. Without --datenbank in a database of its own: in the folder
 * »bench« of DATEN. With it: as a superuser, into a database that has been migrated; the content of the Dokumente is then missing in the store.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { loadModules } from '#apps/server/load-modules.ts';
import { withEmbedded } from '#apps/server/sicherung/eingebettet.ts';
import { embeddedUrls, parts } from '#apps/server/start/daten.ts';
import { createEinmalkennwort, findVerbundId, hashPasswort, registerMandant, setUpMandant } from '#modules/organisation/server/index.ts';
import { getWurzelSchutzbereich } from '#modules/zugriff/server/index.ts';
import { loadConfig } from '#platform/server/config.ts';
import { systemContext } from '#platform/server/context.ts';
import { newId } from '#platform/server/ids.ts';
import { migrate } from '#platform/server/migrate.ts';
import { createKeys, openConfiguredStorage } from '#platform/server/storage/index.ts';
import { openDatabase, type Database } from '#platform/server/tx.ts';
import { GRUPPEN } from './daten/bestand.ts';
import { loadBestand, type Auftrag } from './daten/laden.ts';

const { values } = parseArgs({ options: Object.fromEntries(['dokumente', 'personen', 'bereiche', 'einheiten', 'absaetze', 'datenbank'].map((name) => [name, { type: 'string' as const }])) });
const zahl = (name: string) => (values[name] === undefined ? {} : { [name]: Number(values[name]) });
const dokumente = Number(values.dokumente ?? 10_000);
if (!(dokumente >= 25 && dokumente <= 1e8)) { console.error('--dokumente: eine Zahl bis 1e8, etwa 1e6'); process.exit(2); }
if (values.bereiche !== undefined && !(Number(values.bereiche) > 1 + GRUPPEN.oben + GRUPPEN.mitte + 2 * GRUPPEN.blatt)) { console.error('--bereiche: mehr als 2111'); process.exit(2); }
const umfang = { dokumente, ...zahl('personen'), ...zahl('bereiche'), ...zahl('einheiten'), ...zahl('absaetze') };
/** Of all the signs that Mandanten are known by, those that no demo uses. */
const ZEICHEN = { kuerzel: 'ZZ', farbe: 'gelb' } as const;
const ROLLEN = { sachbearbeitung: '0be4c400-0001-7000-8000-000000000001', leser: '0be4c400-0001-7000-8000-000000000002', leitung: '0be4c400-0001-7000-8000-000000000003' };
const MANDANT = '0be4c400-0000-7000-8000-000000000000';

async function erzeuge(sql: pg.Client, database: Database, objekt?: Auftrag['objekt']) {
  const verbundId = (await findVerbundId(database)) ?? newId();
  const verbund = systemContext(verbundId, verbundId, 'bench', [], newId());
  await database.write(verbund, async (tx) => { if (!(await findVerbundId(database))) { await registerMandant(tx, verbundId, { name: 'Verbund', kuerzel: 'VB', farbe: 'blau' }); await setUpMandant(tx); } });
  await database.write(verbund, (tx) => registerMandant(tx, MANDANT, { name: `Landkreis mit ${dokumente.toLocaleString('de-DE')} Dokumenten`, ...ZEICHEN }));
  const im = systemContext(MANDANT, verbundId, 'bench', [], newId());
  await database.write(im, (tx) => setUpMandant(tx, { rollenIds: ROLLEN }));
  const wurzel = await database.write(im, (tx) => getWurzelSchutzbereich(tx));
  const kennwort = createEinmalkennwort();
  const fertig = await loadBestand(sql, { mandantId: MANDANT, rollen: ROLLEN, wurzel, ...umfang, passwortHash: await hashPasswort(kennwort), ...(objekt && { objekt }) });
  const zeigen = (name: string, anzahl: number, sekunden: number) => console.log(`${name.padEnd(36)} ${anzahl.toLocaleString('de-DE').padStart(13)} Zeilen ${sekunden.toFixed(1).padStart(8)} s ${Math.round(anzahl / sekunden).toLocaleString('de-DE').padStart(11)}/s`);
  for (const z of fertig.zeilen) zeigen(z.tabelle, z.anzahl, z.sekunden);
  const summe = (teil: typeof fertig.zeilen) => [teil.reduce((n, z) => n + z.anzahl, 0), teil.reduce((n, z) => n + z.sekunden, 0)] as const;
  zeigen('Metadaten (ohne Suche und Indexe)', ...summe(fertig.zeilen.filter((z) => !z.tabelle.startsWith('suche.') && z.tabelle !== 'Indexe')));
  zeigen('alles mit Suche, Texten und Indexen', summe(fertig.zeilen)[0], fertig.sekunden);
  console.log(`\nMandant ${MANDANT}, ${fertig.bestand.personen} Personen, ${fertig.bestand.bereiche} Schutzbereiche, ${fertig.bestand.akten} Akten. Kennwort ${kennwort}`);
  for (const z of fertig.zeugen) console.log(`  ${z.anmeldename.padEnd(24)} sieht ${z.anteil * 100} %`);
}

const modules = await loadModules();
const withClient = async (url: string, work: (sql: pg.Client) => Promise<void>) => { const sql = new pg.Client({ connectionString: url }); await sql.connect(); try { await work(sql); } finally { await sql.end(); } };
if (values.datenbank !== undefined) {
  const url = values.datenbank;
  const database = openDatabase(url, { max: 2, modules });
  await withClient(url, (sql) => erzeuge(sql, database));
  await database.close();
} else {
  const daten = join(loadConfig().DATEN, 'bench');
  await withEmbedded(daten, async (sql, ordner) => {
    const urls = await embeddedUrls(ordner);
    await migrate({ ownerUrl: urls.DATABASE_URL_MIGRATION, workerUrl: urls.DATABASE_URL_WORKER });
    const store = { url: pathToFileURL(parts(ordner).ablage).href, schluesselDatei: parts(ordner).verbundSchluessel };
    await createKeys(store);
    const { storage } = await openConfiguredStorage(store);
    const { makePdf } = await import('#modules/aufbereitung/tests/hilfen.ts');
    const database = openDatabase(urls.DATABASE_URL, { max: 2, modules });
    await erzeuge(sql, database, await storage.put(MANDANT, [await makePdf(['Ein Schreiben für alle Dokumente dieses Bestands.'])] as never));
    await database.close();
  });
  console.log(`Ansehen: DATEN=${daten} DEMO=nein npm start`);
}
