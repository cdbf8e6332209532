/**
 * L2, L6 and L7 of the targets: what rights cost in lists and searches, what a growing stock costs, and how soon a change of rights counts.
 * node bench/rechte.ts [Dokumente, 10000] [samples per figure, 40]
 */
import { rm } from 'node:fs/promises';
import pg from 'pg';
import setup from '#platform/testing/global-setup.ts';
import { median, p95, print } from './lib.ts';

process.env.VERBUNDAKTE_TEST_FSYNC = 'on';
const DOKUMENTE = Number(process.argv[2] ?? 10_000);
const PROBEN = Number(process.argv[3] ?? 40);
const teardown = await setup();
const { buildTestHttp, database, databaseName, modules, testDir } = await import('#platform/testing/test.ts');
const { appUrl, superUrl } = await import('#platform/testing/database.ts');
const { api } = await import('#modules/schriftgut/contract.ts');
const { api: suche } = await import('#modules/suche/contract.ts');
const { api: zugriff } = await import('#modules/zugriff/contract.ts');
const { api: organisation } = await import('#modules/organisation/contract.ts');
const { grantFreigabe } = await import('#modules/zugriff/server/index.ts');
const { createBestand } = await import('./daten/mandant.ts');

const sql = new pg.Client({ connectionString: superUrl(databaseName) });
await sql.connect();
const zahl = (n: number) => n.toLocaleString('de-DE');
const ms = (n: number) => `${n.toFixed(1)} ms`;
const timed = async (work: () => Promise<unknown>) => { const t = performance.now(); await work(); return performance.now() - t; };
const laden = async (dokumente: number) => {
  const bestand = await createBestand(sql, { dokumente });
  console.log(`${zahl(dokumente)} Dokumente, ${zahl(bestand.zeilen.reduce((n, z) => n + z.anzahl, 0))} Zeilen in ${bestand.sekunden.toFixed(0)} s`);
  return bestand;
};
type Bestand = Awaited<ReturnType<typeof laden>>;
type Person = Bestand['zeugen'][number];

/** What is asked, over and over with other words. */
const fragen = (b: Bestand): Record<string, (p: Person, i: number) => Promise<unknown>> => {
  const [oft, selten] = [b.woerter.slice(60, 160), b.woerter.slice(4000, 6000)];
  return {
    'Dokumente, neueste': (p) => p.call(api.listDokumente, { query: { limit: 50 } }),
    'Akten nach Zeichen': (p) => p.call(api.listAkten, { query: { limit: 50 } }),
    'Suche, häufiges Wort': (p, i) => p.call(suche.search, { query: { q: oft[i % oft.length]! } as never }),
    'Suche, seltenes Wort': (p, i) => p.call(suche.search, { query: { q: selten[(i * 17) % selten.length]! } as never }),
    'Anzahl und Facetten': (p, i) => p.call(suche.getSuchfacetten, { query: { q: oft[i % oft.length]! } as never }),
  };
};
/** Samples of several askers, A B B A …, at least five rounds of `zugleich` requests in flight; `vorher` before each. */
async function probe(wer: readonly Person[], frage: (p: Person, i: number) => Promise<unknown>, zugleich: number, vorher?: () => Promise<unknown>) {
  const zeiten = wer.map((): number[] => []);
  for (let i = 0; i < Math.max(5, PROBEN / zugleich); i++) {
    for (const k of i % 2 ? [...wer.keys()].reverse() : wer.keys()) {
      await vorher?.();
      zeiten[k]!.push(...await Promise.all(Array.from({ length: zugleich }, (_, z) => timed(() => frage(wer[k]!, i * zugleich + z)))));
    }
  }
  return zeiten;
}
const gross = await laden(DOKUMENTE);
const [wenig, halb, alles] = gross.zeugen as [Person, Person, Person];

// L2: the same question as three people. Cold: the stand of rights has just changed, so that what one reaches must be resolved anew.
const neuerStand = () => sql.query('update zugriff.stand set stand = stand + 1 where mandant_id = $1', [gross.mandant.mandantId]);
for (const frage of Object.values(fragen(gross))) for (const p of gross.zeugen) for (let i = 0; i < 3; i++) await frage(p, i);
const je: Record<string, [number[], number[], number[]]> = {};
for (const [weise, zugleich, vorher] of [['warm', 1, undefined], ['warm, 16 zugleich', 16, undefined], ['Rechte eben geändert', 1, neuerStand], ['Rechte eben geändert, 16 zugleich', 16, neuerStand]] as const) {
  const quoten: number[][] = [[], []];
  for (const [name, frage] of Object.entries(fragen(gross))) {
    const [w, h, a] = (await probe([wenig, halb, alles], frage, zugleich, vorher)).map(median) as [number, number, number];
    console.log(`      ${name.padEnd(24)} ${weise.padEnd(36)} 1 %: ${ms(w).padStart(10)}   50 %: ${ms(h).padStart(10)}   alles: ${ms(a).padStart(10)}`);
    quoten[0]!.push(w / a);
    quoten[1]!.push(h / a);
    const summe = (je[weise] ??= [[], [], []]);
    summe[0].push(w); summe[1].push(h); summe[2].push(a);
  }
  const [w, h, a] = je[weise]!.map((x) => x.reduce((n, y) => n + y, 0)) as [number, number, number];
  print('L2', `1 % sichtbar gegen alles, Listen und Suche, ${weise} (schlechtestes von fünf)`, ms(w), ms(a), Math.max(...quoten[0]!), '≤ 1,20', { hoechstens: 2 });
  print('L2', `50 % sichtbar gegen alles, ${weise} (schlechtestes von fünf)`, ms(h), ms(a), Math.max(...quoten[1]!), '≤ 1,20', { hoechstens: 2 });
}
// Beside it the page and the count in SQL as the app role, without rights and without a product around it.
const roh = new pg.Client({ connectionString: appUrl(databaseName) });
await roh.connect();
const seite = async () => {
  await roh.query(`begin read only; set local app.mandant = '${gross.mandant.mandantId}'`);
  await roh.query('select * from schriftgut.dokument where mandant_id = $1 and parent_id is null and storniert_am is null order by datum desc, id desc limit 51', [gross.mandant.mandantId]);
  await roh.query('select count(*) from schriftgut.dokument where mandant_id = $1 and parent_id is null and storniert_am is null', [gross.mandant.mandantId]);
  await roh.query('commit');
};
const [liste, nackt]: [number[], number[]] = [[], []];
for (let i = 0; i < PROBEN; i++) for (const eins of i % 2 ? [0, 1] : [1, 0]) await (eins ? (async () => liste.push(await timed(() => fragen(gross)['Dokumente, neueste']!(wenig, i))))() : (async () => nackt.push(await timed(seite)))());
print('', `neueste 50 von ${zahl(DOKUMENTE)} Dokumenten mit Anzahl, 1 % sichtbar; Grundlinie: SQL ohne Rechte, Median`, ms(median(liste)), ms(median(nackt)), median(liste) / median(nackt), '–', { hoechstens: 6 });

await measureAenderungen(gross);

// L6: the same questions to a tenth of it. Below 100,000 one per cent fills no page, and nothing is compared.
const klein = DOKUMENTE < 100_000 ? undefined : await laden(DOKUMENTE / 10);
if (klein) for (const [name, ziel] of [['Dokumente, neueste', '≤ 1,5 (100 M zu 1 M)'], ['Suche, häufiges Wort', '≤ 2 (10 M zu 100 k)']] as const) {
  const [k, g] = [fragen(klein)[name]!, fragen(gross)[name]!];
  for (let i = 0; i < 5; i++) await k(klein.zeugen[0]!, i);
  const [gz, kz]: [number[], number[]] = [[], []];
  for (let i = 0; i < PROBEN * 2; i++) for (const eins of i % 2 ? [0, 1] : [1, 0]) await (eins ? (async () => gz.push(await timed(() => g(wenig, i))))() : (async () => kz.push(await timed(() => k(klein.zeugen[0]!, i))))());
  print('L6', `${name}, p95: ${zahl(DOKUMENTE)} zu ${zahl(klein.bestand.dokumente)} Dokumenten, 1 % sichtbar`, ms(p95(gz)), ms(p95(kz)), p95(gz) / p95(kz), ziel, { hoechstens: 4 });
}
await measureAufzeichnung(gross);
await roh.end(); await sql.end(); await gross.http.close(); await klein?.http.close(); await database.close();
await rm(testDir, { recursive: true, force: true });
await teardown();
process.exit();

/**
 * L7: a change by the API, then at once a list and a search as whom it concerns. The floor is the change alone: one row and its Ereignis, synced.
 */
async function measureAenderungen(b: Bestand) {
  const { ids } = b.bestand;
  const registratur = b.mandant.as('registratur', [], b.http), administration = b.mandant.as('administration', [], b.http);
  const leser = b.mandant.as('leser', [], b.http);
  // A Hauptgruppe is a tenth of all: above 100,000 of a million. In a small stock the change is made above all of it.
  const ueber = b.bestand.dokumente >= 1_000_000 ? ids.schutz(3) : b.wurzel;
  const wort = b.woerter[80]!;
  const sicht = async (p: { call: Person['call'] }) => ({
    liste: (await p.call(api.listDokumente, { query: { limit: 10 } })).gesamt,
    suche: (await p.call(suche.getSuchfacetten, { query: { q: wort } as never })).gesamt,
  });
  const pruefe = (was: string, ist: unknown, soll: boolean) => { if (!soll) throw new Error(`${was}: not effective at the next request: ${JSON.stringify(ist)}`); };
  const [{ n: gruppe }] = (await sql.query(`with recursive t as (select $2::uuid as id union all select s.id from t join zugriff.schutzbereich s on s.mandant_id = $1 and s.parent_id = t.id)
    select count(*)::int as n from schriftgut.dokument where mandant_id = $1 and schutz_id in (select id from t)`, [b.mandant.mandantId, ueber])).rows as [{ n: number }];
  const boden = async () => { await sql.query("begin; set local session_replication_role = replica"); await sql.query('update zugriff.schutzbereich set version = version where mandant_id = $1 and id = $2', [b.mandant.mandantId, ueber]); await sql.query('commit'); };
  const zeiten: Record<string, number[]> = { a: [], b: [], c: [], danach: [], boden: [] };
  await sicht(leser);
  for (let runde = 0; runde < 5; runde++) {
    zeiten.boden!.push(await timed(boden));
    let freigabe: { id: string } | undefined;
    zeiten.a!.push(await timed(async () => { freigabe = await registratur.call(zugriff.grantFreigabe, { params: { id: ueber as never }, body: { subjektArt: 'person', subjekt: leser.id, stufe: 'lesen' } }); }));
    let nun = { liste: 0, suche: 0 } as Awaited<ReturnType<typeof sicht>>;
    zeiten.danach!.push(await timed(async () => { nun = await sicht(leser); }));
    pruefe('grant', nun, nun.liste === gruppe && nun.suche! > 0);
    // cut: a unit of the Hauptgruppe (or one below all) inherits no longer
    const einheit = ids.schutz(ueber === b.wurzel ? 3 : 10 + 31);
    const schnitt = async (erbt: boolean) => { const s = await registratur.call(zugriff.getSchutzbereich, { params: { id: einheit as never } }); return timed(() => registratur.call(zugriff.updateSchutzbereich, { params: { id: einheit as never }, body: { erbt }, ifMatch: s.version } as never)); };
    zeiten.b!.push(await schnitt(false));
    const danach = await sicht(leser);
    pruefe('cut', danach, danach.liste < gruppe && danach.suche! < nun.suche!);
    await schnitt(true);
    await registratur.call(zugriff.revokeFreigabe, { params: { id: freigabe!.id as never } });
    const leer = await sicht(leser);
    pruefe('revoke', leer, leer.liste === 0 && leer.suche === 0);
  }
  // Two OEs become one: what was given to the one is given to the other, its people change over. By the calls an administration has for it.
  for (let runde = 0; runde < 3; runde++) {
    const [von, nach] = [ids.oe(100 + runde), ids.oe(20 + runde)];
    const neuer = b.mandant.known(ids.benutzer(20 + runde), 'sachbearbeitung', [nach], b.http); // of the OE that takes the other in
    const vorher = await sicht(neuer);
    const freigaben: Awaited<ReturnType<typeof registratur.call<typeof zugriff.listFreigaben>>>['eintraege'] = [];
    for (let cursor: string | undefined; ;) {
      const s = await registratur.call(zugriff.listFreigaben, { query: { subjekt: [von], limit: 100, ...(cursor && { cursor }) } as never });
      freigaben.push(...s.eintraege);
      if (!s.weiter) break;
      cursor = s.weiter;
    }
    const personen = Array.from({ length: b.bestand.personen / b.bestand.einheiten }, (_, n) => ids.benutzer(100 + runde + n * b.bestand.einheiten));
    zeiten.c!.push(await timed(async () => {
      for (const f of freigaben) {
        await registratur.call(zugriff.grantFreigabe, { params: { id: f.schutzbereich.id }, body: { subjektArt: 'oe', subjekt: nach, stufe: f.stufe } });
        await registratur.call(zugriff.revokeFreigabe, { params: { id: f.id } });
      }
      for (const p of personen) {
        const { version } = await administration.call(organisation.getBenutzer, { params: { id: p as never } });
        await administration.call(organisation.assignOrganisationseinheiten, { params: { id: p as never }, ifMatch: version, body: { organisationseinheiten: [{ organisationseinheitId: nach, leitung: false }] } as never });
      }
    }));
    const danach = await sicht(neuer);
    pruefe('merge', { vorher, danach }, danach.liste > vorher.liste);
    if (!runde) console.log(`      zusammengelegt: ${freigaben.length} Freigaben, ${personen.length} Personen, ${vorher.liste} → ${danach.liste} Dokumente sichtbar`);
  }
  const line = (teil: string, was: string, hoechstens: number) => print('L7', `${was}; gilt bei der nächsten Anfrage`, ms(median(zeiten[teil]!)), ms(median(zeiten.boden!)), median(zeiten[teil]!) / median(zeiten.boden!), '< 1 s', { hoechstens });
  line('a', `(a) Freigabe über ${zahl(gruppe)} Dokumenten`, 30);
  line('b', '(b) Vererbung an einer Einheit abschneiden', 30);
  line('c', '(c) zwei Organisationseinheiten zusammenlegen, Schritt für Schritt über die API', 1500);
  print('L7', 'danach die erste Liste und Suche mit genauer Anzahl', ms(median(zeiten.danach!)), '–', 0, '–');
}

/**
 * What a recorded read costs: the same list and the same Dokument in a protected class, once as they are and once by an edge whose record goes nowhere. The
 * floor is what no record can do without: one row, synced. Last, for it puts everything under a class.
 */
async function measureAufzeichnung(b: Bestand) {
  const ohneAufzeichnung = await buildTestHttp(modules, { ...database, write: (async () => []) as never });
  const id = b.mandant.as('leser', [], b.http).id;
  const [mit, ohne] = [b.mandant.known(id, 'leser', [], b.http), b.mandant.known(id, 'leser', [], ohneAufzeichnung)];
  await sql.query('begin; set local session_replication_role = replica');
  await sql.query("update zugriff.schutzbereich set klasse = 'personal' where mandant_id = $1 and id = $2", [b.mandant.mandantId, b.wurzel]);
  await sql.query('commit');
  await database.write(b.mandant.system, (tx) => grantFreigabe(tx, { schutzId: b.wurzel, subjektArt: 'person', subjekt: id, stufe: 'lesen' }));
  await neuerStand();
  const gelesen = async () => Number((await sql.query('select count(*)::int as n from platform.lesezugriff where mandant_id = $1', [b.mandant.mandantId])).rows[0].n);
  const boden = async () => { await sql.query('begin'); await sql.query("insert into platform.lesezugriff (mandant_id, akteur_art, akteur_id, operation, weg, korrelation_id, objekte) values ($1, 'person', 'boden', 'boden', 'web', gen_random_uuid(), '[]')", [b.mandant.mandantId]); await sql.query('commit'); };
  const dokument = (await mit.call(api.listDokumente, { query: { limit: 1 } })).eintraege[0]!.id;
  const fragen: Record<string, (p: { call: Person['call'] }) => Promise<unknown>> = { 'Liste mit 50 geschützten Dokumenten': (p) => p.call(api.listDokumente, { query: { limit: 50 } }), 'ein geschütztes Dokument': (p) => p.call(api.getDokument, { params: { id: dokument } }) };
  for (const [name, frage] of Object.entries(fragen)) {
    for (let i = 0; i < 5; i++) for (const p of [mit, ohne]) await frage(p);
    const vorher = await gelesen();
    const [m, o, f]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < PROBEN; i++) for (const eins of i % 2 ? [0, 1] : [1, 0]) (eins ? m : o).push(await timed(() => frage(eins ? mit : ohne)));
    if (await gelesen() !== vorher + PROBEN) throw new Error(`${name}: not every read was recorded, or one too many`);
    for (let i = 0; i < PROBEN; i++) f.push(await timed(boden));
    print('', `${name}, Lesen aufgezeichnet; Grundlinie: ohne Aufzeichnung (dazu ${ms(median(m) - median(o))}; eine Zeile schreiben: ${ms(median(f))}), Median`, ms(median(m)), ms(median(o)), median(m) / median(o), '–', { hoechstens: 10 });
  }
  await ohneAufzeichnung.close();
}
