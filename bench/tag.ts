/**
 * L5 and L10 of the targets: making a Vorgang, and an office day of many people: lists and objects 60 %, search 20 %, downloads 10 %, letters filed 7 %,
 * Vorgänge opened 3 %. Beside each the raw floor of the same run.
 * node bench/tag.ts [Dokumente, 10000] [persons, 256] [seconds, 30]
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import setup from '#platform/testing/global-setup.ts';
import { ablegen, startKlient, verbringen, type Handlung } from './klient.ts';
import { median, p95, print } from './lib.ts';
import { startRoh } from './roh.ts';

process.env.VERBUNDAKTE_TEST_FSYNC = 'on';
const [DOKUMENTE, PERSONEN, SEKUNDEN] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 256), Number(process.argv[4] ?? 30)];
/** Somebody does something every five seconds on average: more than a clerk who also reads what is shown. */
const PAUSE = 5;
const BYTES = 200 * 1024;
const teardown = await setup();
const { database, databaseName, testDir } = await import('#platform/testing/test.ts');
const { appUrl, ownerUrl, superUrl } = await import('#platform/testing/database.ts');
const { api } = await import('#modules/schriftgut/contract.ts');
const { API } = await import('#platform/server/http/http.ts');
const { createBestand } = await import('./daten/mandant.ts');

const sql = new pg.Client({ connectionString: superUrl(databaseName) });
await sql.connect();
const { mandant, http, zeugen, woerter, bestand } = await createBestand(sql, { dokumente: DOKUMENTE, datei: randomBytes(BYTES) });
await http.listen({ port: 0, host: '127.0.0.1' });
const port = (http.server.address() as { port: number }).port;
const klient = startKlient();
const json = { 'content-type': 'application/json' };

// A Vorgang, with number, rights, Ereignis and search job, four at once in four Akten. The floor is one row and its audit entry by the same client.
const owner = new pg.Client({ connectionString: ownerUrl(databaseName) });
await owner.connect();
await owner.query(`create schema bench; grant usage on schema bench to va_app; create table bench.dokument (id uuid primary key, betreff text, sha256 text, groesse int, text tsvector);
  create table bench.audit (id bigint generated always as identity primary key, was jsonb); grant select, insert on all tables in schema bench to va_app`);
const pool = new pg.Pool({ connectionString: appUrl(databaseName), max: 5 });
const roh = await startRoh(pool, join(testDir, 'roh'));
const alles = zeugen[2]!;
const seite = await alles.call(api.listAkten, { query: { limit: 100, status: ['in_bearbeitung'] } as never });
const akten = seite.eintraege.filter((a) => a.status === 'in_bearbeitung').map((a) => a.id);
const anlegen = (akteId: string) => [{ method: 'POST' as const, pfad: `${API}/vorgaenge`, kopf: json, rumpf: { akteId, betreff: 'Antrag auf Erteilung einer Genehmigung' } }];
const arten = [
  { port, schritte: akten.slice(0, 4).map((id) => anlegen(id).map((s) => ({ ...s, kopf: { ...s.kopf, authorization: alles.id } }))) },
  { port: roh.port, schritte: [[{ pfad: '/zeile', kopf: json, rumpf: { betreff: 'Antrag auf Erteilung einer Genehmigung' } }]] },
];
const raten: [number[], number[]] = [[], []];
for (const art of arten) await ablegen(klient, { ...art, bytes: 0, anzahl: 300, zugleich: 4 });
for (let runde = 0; runde < 5; runde++) for (const i of runde % 2 ? [1, 0] : [0, 1]) raten[i]!.push(await ablegen(klient, { ...arten[i]!, bytes: 0, anzahl: 400, zugleich: 4 }));
const [vorgaenge, zeilen] = raten.map(median) as [number, number];
print('L5', 'Vorgang anlegen, mit allem in einer Transaktion, 4 zugleich', `${vorgaenge.toFixed(0)}/s`, `${zeilen.toFixed(0)}/s`, vorgaenge / zeilen, '≥ 240/s', { mindestens: 0.03 });

// The day. Everybody is one of the county's own people and opens what the own OE reaches; letters are filed there, too.
const { ids } = bestand;
const einheiten = Array.from({ length: Math.min(PERSONEN, bestand.einheiten) }, (_, oe) => oe);
const tage = new Map(await Promise.all(einheiten.map(async (oe) => [oe, await handlungenOf(ids.oe(oe))] as const)));
const personen = Array.from({ length: PERSONEN }, (_, n) => ({ kopf: { authorization: mandant.known(ids.benutzer(n), 'sachbearbeitung', [ids.oe(n % bestand.einheiten)], http).id }, handlungen: tage.get(n % bestand.einheiten)! }));
const leben = (wer: typeof personen, sekunden: number, pause = PAUSE) => verbringen(klient, { port, personen: wer, pause, sekunden, bytes: BYTES });
await leben(personen, 2 * PAUSE);
const [einer, alle] = [await leben(personen.slice(0, 1), SEKUNDEN / 3, 0.05), await leben(personen, SEKUNDEN)];
const [allein, zusammen] = [einer, alle].map((e) => Object.values(e.zeiten).flat()) as [number[], number[]];
for (const [name, zeiten] of Object.entries(alle.zeiten)) console.log(`      ${name.padEnd(24)} ${String(zeiten.length).padStart(6)} mal   Median ${median(zeiten).toFixed(0).padStart(5)} ms   p95 ${p95(zeiten).toFixed(0).padStart(5)} ms   allein p95 ${einer.zeiten[name] ? p95(einer.zeiten[name]).toFixed(0) : '–'} ms`);
for (const fehler of [...einer.fehler, ...alle.fehler].slice(0, 5)) console.error(`!!! ${fehler}`);
const jeSekunde = zusammen.length / SEKUNDEN;
print('L10', `${PERSONEN} Personen, gemischter Tag (${jeSekunde.toFixed(0)} Handlungen je s, ${alle.fehler.length} Fehler), p95; Grundlinie: eine allein`, `${p95(zusammen).toFixed(0)} ms`, `${p95(allein).toFixed(0)} ms`, p95(zusammen) / p95(allein), '< 200 ms, 0 Fehler', { hoechstens: 30 });
if (einer.fehler.length + alle.fehler.length) process.exitCode = 1;

// One Mandant asks for all it can, 64 at once without a pause; of another one four people work.
const leise = await createBestand(sql, { dokumente: 500 });
const wenige = Array.from({ length: 4 }, () => ({ kopf: { authorization: leise.mandant.known(leise.zeugen[1]!.id, 'sachbearbeitung', [], http).id }, handlungen: [
  { name: 'Listen', anteil: 0.7, wege: ['/akten?limit=50', '/dokumente?limit=50'].map((pfad) => [{ method: 'GET' as const, pfad: API + pfad, kopf: {} }]) },
  { name: 'Suche', anteil: 0.3, wege: leise.woerter.slice(60, 100).map((w) => [{ method: 'GET' as const, pfad: `${API}/suche?q=${encodeURIComponent(w)}`, kopf: {} }]) }] }));
const zweiter = startKlient();
const ruhe = await leben(wenige, 6, 0.1);
const laerm = verbringen(zweiter, { port, personen: personen.slice(0, 64), pause: 0, sekunden: 10, bytes: BYTES });
await new Promise((go) => { setTimeout(go, 1000); });
const dabei = await leben(wenige, 8, 0.1);
const menge = Object.values((await laerm).zeiten).flat().length / 10;
await zweiter.terminate();
const [still, gestoert] = [ruhe, dabei].map((e) => p95(Object.values(e.zeiten).flat())) as [number, number];
print('', `p95 von vier Personen, während ein anderer Mandant 64 Anfragen zugleich stellt (${menge.toFixed(0)}/s); Grundlinie: ohne ihn`, `${gestoert.toFixed(0)} ms`, `${still.toFixed(0)} ms`, gestoert / still, '≤ 2');
if (dabei.fehler.length) { console.error(`!!! ${dabei.fehler[0]}`); process.exitCode = 1; }

await klient.terminate(); await roh.close(); await http.close(); await pool.end(); await owner.end(); await sql.end(); await database.close();
await rm(testDir, { recursive: true, force: true });
await teardown();

async function handlungenOf(oe: string): Promise<Handlung[]> {
  const je = async (text: string) => (await sql.query<{ a: string; v: string; d: string; i: string }>(text, [mandant.mandantId, oe])).rows;
  const objekte = await je(`select a.id as a, v.id as v, d.id as d, f.inhalt_id as i from schriftgut.akte a join schriftgut.vorgang v on v.mandant_id = a.mandant_id and v.akte_id = a.id
    join schriftgut.dokument d on d.mandant_id = a.mandant_id and d.vorgang_id = v.id join schriftgut.dokumentversion n on n.mandant_id = a.mandant_id and n.dokument_id = d.id
    join schriftgut.format f on f.mandant_id = a.mandant_id and f.version_id = n.id where a.mandant_id = $1 and a.federfuehrung_id = $2 limit 100`);
  const offen = await je(`select a.id as a, v.id as v from schriftgut.akte a join schriftgut.vorgang v on v.mandant_id = a.mandant_id and v.akte_id = a.id
    where a.mandant_id = $1 and a.federfuehrung_id = $2 and v.status = 'in_bearbeitung' limit 20`);
  const lesen = (pfad: string) => [{ method: 'GET' as const, pfad: API + pfad, kopf: {} }];
  const abwechselnd = woerter.slice(60, 160).map((w, i) => `${w}${i % 3 ? '' : ` ${woerter[4000 + i]}`}`);
  const handlungen: Handlung[] = [
    { name: 'Listen und Objekte', anteil: 0.6, wege: objekte.flatMap(({ a, v, d }) => [`/akten/${a}`, `/akten/${a}/inhalt`, `/vorgaenge/${v}`, `/dokumente/${d}`, '/dokumente?limit=50', '/akten?limit=50']).map(lesen) },
    { name: 'Suche', anteil: 0.2, wege: abwechselnd.map((q) => lesen(`/suche?q=${encodeURIComponent(q)}`)) },
    { name: 'Herunterladen', anteil: 0.1, wege: objekte.map(({ i }) => lesen(`/inhalte/${i}`)) },
    { name: 'Brief ablegen', anteil: 0.07, wege: offen.map(({ v }) => [
      { method: 'POST', pfad: `${API}/inhalte`, kopf: { 'content-type': 'application/pdf', 'x-dateiname': 'brief.pdf' }, inhalt: true },
      { method: 'POST', pfad: `${API}/dokumente`, kopf: json, rumpf: { vorgangId: v, betreff: 'Brief', art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: '$1' }] } }]) },
    { name: 'Vorgang anlegen', anteil: 0.03, wege: offen.map(({ a }) => anlegen(a)) },
  ];
  return handlungen.filter((h) => h.wege.length); // in a small stock an OE may have nothing open: its people read and search the more
}
