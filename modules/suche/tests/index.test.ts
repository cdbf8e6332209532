import { expect, test } from 'vitest';
import { ownerUrl, appUrl } from '#platform/testing/database.ts';
import { queryAs } from '#platform/testing/test.ts';
import { mandantKuerzel } from '../server/analyse/lexem.ts';
import { FASSUNG } from '../server/eintrag.ts';
import { analysiereObjekte, folgeSchutz, ladeObjekte, speichereEintraege } from '../server/indexieren.ts';
import { indexieren, nachfuehren, neuaufbauSchritt } from '../server/jobs.ts';
import { api } from '../contract.ts';
import { database, newSuche, setText } from './probe.ts';

type Suche = Awaited<ReturnType<typeof newSuche>>;
const als = (s: Suche) => (sql: string) => queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${s.mandantId}`)}`, sql);
/** As the worker runs a job. */
async function run(s: Suche, job: any, payload: unknown) {
  const data = await database.read(s.system, (tx) => job.load(tx, job.payload.parse(payload)));
  const result = await job.work(undefined, data, s.system);
  await database.write(s.system, (tx) => job.store(tx, result));
}
const ereignis = (art: string, objekte: Record<string, string[]>) => ({ ereignisId: 1, art, objekte, akteurId: 'test', daten: {} });

test('an Ereignis brings the object into the index, changes it, takes it out; twice is once', async () => {
  const s = await newSuche();
  const p = await s.reader();
  const o = s.put({ titel: 'Kanalsanierung', inhalt: 'Ortsteil Aue' });
  for (let i = 0; i < 2; i++) await run(s, nachfuehren, ereignis('probe.geaendert', { probe: [o.id] }));
  expect(await p.titel('sanierung aue')).toEqual(['Kanalsanierung']);
  s.objekte.set(o.id, { ...o, titel: 'Kanalbau' });
  await run(s, nachfuehren, ereignis('probe.geaendert', { probe: [o.id] }));
  expect(await p.titel('aue')).toEqual(['Kanalbau']);
  s.remove(o.id);
  await run(s, nachfuehren, ereignis('probe.geaendert', { probe: [o.id] }));
  expect(await p.titel('aue')).toEqual([]);
  expect(await als(s)('select * from suche.anzeige')).toEqual([]);
});
test('text that has been read is found', async () => {
  const s = await newSuche();
  const p = await s.reader();
  const [o] = await s.add({ titel: 'Scan', inhalt: '' });
  setText(o!.inhaltIds[0]!, 'Unterhaltsvorschuss');
  await run(s, nachfuehren, ereignis('inhalt.aufbereitet', { inhalt: [...o!.inhaltIds] }));
  expect(await p.titel('Unterhalt')).toEqual(['Scan']);
});
test('a large batch goes on in further jobs; the same again touches no text', async () => {
  const s = await newSuche();
  const objekte = Array.from({ length: 250 }, (_, i) => s.put({ titel: `Mahnung ${i}` }));
  const ladung = await database.read(s.system, (tx) => ladeObjekte(tx, [{ typ: 'probe', ids: objekte.map((o) => o.id) }]));
  expect([ladung.geladen[0]!.objekte.length, ladung.rest.map((r) => r.ids.length)]).toEqual([100, [100, 50]]);
  await s.index(objekte);
  const zweite = await analysiereObjekte(await database.read(s.system, (tx) => ladeObjekte(tx, [{ typ: 'probe', ids: objekte.slice(0, 50).map((o) => o.id) }])));
  expect(zweite.eintraege[0]!.eintraege.every((e) => e.neu === undefined)).toBe(true);
  await database.write(s.system, (tx) => speichereEintraege(tx, zweite));
  expect(await (await s.reader()).titel('mahnungen')).toHaveLength(200);
});
test('rights follow in the transaction of the change; a Storno hides; both before and after the text is there', async () => {
  const s = await newSuche();
  const p = await s.reader();
  const geheim = await s.createBereich('geheim');
  const [o] = await s.add({ titel: 'Abmahnung' });
  s.objekte.set(o!.id, { ...o!, schutzId: geheim });
  await expect(database.write(s.system, async (tx) => { await folgeSchutz(tx, { typ: 'probe', ids: [o!.id] }); throw new Error('no'); })).rejects.toThrow('no');
  expect(await p.titel('Abmahnung')).toEqual(['Abmahnung']);
  await database.write(s.system, (tx) => folgeSchutz(tx, { typ: 'probe', ids: [o!.id] }));
  expect(await p.titel('Abmahnung')).toEqual([]);
  await database.write(s.system, (tx) => folgeSchutz(tx, { typ: 'probe', ids: [o!.id], schutzId: s.bereich }));
  expect(await p.titel('Abmahnung')).toEqual(['Abmahnung']);
  s.objekte.set(o!.id, { ...o!, storniert: true });
  await database.write(s.system, (tx) => folgeSchutz(tx, { typ: 'probe', ids: [o!.id] }));
  expect(await p.titel('Abmahnung')).toEqual([]);
  const neu = s.put({ titel: 'Kündigung', schutzId: geheim });
  await database.write(s.system, (tx) => folgeSchutz(tx, { typ: 'probe', ids: [neu.id] }));
  expect(await p.titel('')).toEqual([]);
  s.objekte.set(neu.id, { ...neu, schutzId: s.bereich });
  await s.index([neu]);
  expect(await p.titel('kündigungen')).toEqual(['Kündigung']);
});
test('a job that was analysed before the rights changed does not bring the old rights back', async () => {
  const s = await newSuche();
  const p = await s.reader();
  const geheim = await s.createBereich('geheim');
  const o = s.put({ titel: 'Personalakte' });
  const alt = await analysiereObjekte(await database.read(s.system, (tx) => ladeObjekte(tx, [{ typ: 'probe', ids: [o.id] }])));
  let stored: Promise<void> | undefined;
  await database.write(s.system, async (tx) => {
    await folgeSchutz(tx, { typ: 'probe', ids: [o.id], schutzId: geheim });
    stored = database.write(s.system, (other) => speichereEintraege(other, alt)); // waits for the lock
    await new Promise((r) => setTimeout(r, 150));
    s.objekte.set(o.id, { ...o, schutzId: geheim });
  });
  await stored;
  expect(await p.titel('Personalakte')).toEqual([]);
  expect((await als(s)('select schutz_id from suche.eintrag'))[0].schutz_id).toBe(geheim);
});
test('a rebuild analyses everything again, takes out what is gone, learns the vocabulary afresh', async () => {
  const s = await newSuche();
  const objekte = await s.add(...Array.from({ length: 120 }, (_, i) => ({ titel: `Satzung ${i} Hohenrode` })));
  s.remove(objekte[3]!.id);
  const admin = s.person('administration');
  expect(await admin.call(api.startSuchNeuaufbau, { body: {} })).toMatchObject({ eintraege: [{ typ: 'probe', anzahl: 0, beendet: null }, { typ: 'probeakte' }] });
  expect(await als(s)('select * from suche.wort')).toEqual([]);
  const ids = [...s.objekte.keys()].sort();
  await run(s, neuaufbauSchritt, { typ: 'probe', nach: null });
  await run(s, neuaufbauSchritt, { typ: 'probe', nach: ids[99] });
  await run(s, neuaufbauSchritt, { typ: 'probeakte', nach: null });
  const jobs = (await queryAs((n) => ownerUrl(n).replace('va_owner', 'va_worker'), `select payload -> 'payload' as payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'suche.indexieren' and payload ->> 'mandantId' = '${s.mandantId}'`));
  for (const { payload } of jobs) await run(s, indexieren, payload);
  expect((await admin.call(api.listSuchNeuaufbau, {})).eintraege.map((e) => [e.typ, e.anzahl, e.beendet !== null]).sort()).toEqual([['probe', 119, true], ['probeakte', 0, true]]);
  expect((await als(s)('select count(*)::int as n from suche.eintrag'))[0].n).toBe(119);
  expect((await als(s)("select anzahl from suche.wort where wort = 'hohenrode'"))[0].anzahl).toBeGreaterThan(20);
});
test('the own vocabulary teaches the splitter', async () => {
  const s = await newSuche();
  await s.add(...Array.from({ length: 6 }, () => ({ titel: 'Quarzberg Siedlung' })));
  const [o] = await s.add({ titel: 'Quarzbergsiedlung' });
  // another process, later: it knows the words by then
  const { erstelleAnalysator } = await import('../server/analyse/analysator.ts');
  const { ladeLexikon } = await import('../server/analyse/lexikon.ts');
  const rows = await als(s)('select wort, anzahl from suche.wort where anzahl >= 3');
  expect(erstelleAnalysator(await ladeLexikon(new Map(rows.map((r) => [r.wort, r.anzahl]))))('quarzbergsiedlung')!.teile).toContain('quarzberg');
  expect(o).toBeDefined();
});
test('odd text is indexed: null bytes, endless words, sixty thousand different words, no words', async () => {
  const s = await newSuche();
  const p = await s.reader();
  await s.add({ titel: 'a', inhalt: `vor\u0000her ${'x'.repeat(5000)} Ende` }, { titel: 'b', inhalt: Array.from({ length: 60_000 }, (_, i) => `wort${i.toString(36)}`).join(' ') }, { titel: 'der die das', inhalt: "' \\ : * & | ! ( )" }, { titel: 'Привет 你好', inhalt: 'ΑΒΓ' });
  expect(await p.titel('Ende')).toEqual(['a']);
  expect(await p.titel('wort5')).toEqual(['b']);
  expect(await p.titel('привет')).toEqual(['Привет 你好']);
  expect(await p.titel("' \\ : * & | ! ( )")).toEqual([]);
  expect((await als(s)('select count(*)::int as n from suche.anzeige where gekuerzt'))[0].n).toBe(1);
}, 60_000);
test('phrases work behind the highest position PostgreSQL can count', async () => {
  const s = await newSuche();
  const p = await s.reader();
  await s.add({ titel: 'lang', inhalt: `${'Blabla lala '.repeat(20_000)} nachhaltige Regenrückhaltung am Ende` });
  expect(await p.titel('"nachhaltige Regenrückhaltung"')).toEqual(['lang']);
});

test('the search functions belong to va_suche, take the Mandant from the setting, and are the only thing it can do', async () => {
  const rows = await queryAs(ownerUrl, `select p.proname, p.proowner::regrole::text as owner, p.prosecdef, p.proconfig @> array['search_path=pg_catalog, suche, pg_temp'] or p.proconfig @> array['search_path=pg_catalog, pg_temp'] as path,
    has_function_privilege('va_app', p.oid, 'execute') as app, has_function_privilege('public', p.oid, 'execute') as public
    from pg_proc p left join pg_depend d on d.objid = p.oid and d.deptype = 'e' where p.pronamespace = 'suche'::regnamespace and d.objid is null order by 1`);
  const callable = ['aehnliche_woerter', 'finde', 'zaehle'];
  expect(rows.map((r) => [r.proname, r.owner, r.path ?? false, r.app, r.public])).toEqual(['aehnliche_woerter', 'bedingung', 'einzeln', 'enthaelt', 'finde', 'liste', 'schaetze', 'treffer_datum', 'treffer_text', 'weg', 'zaehle'].map((n) => [n, 'va_suche', n !== 'enthaelt', callable.includes(n), false]));
  const rights = await queryAs(ownerUrl, `select c.oid::regclass::text as table, x.privilege_type as recht from pg_class c, aclexplode(c.relacl) x where x.grantee = 'va_suche'::regrole order by 1`);
  expect(rights).toEqual([{ table: 'suche.eintrag', recht: 'SELECT' }, { table: 'suche.schutz', recht: 'SELECT' }, { table: 'suche.wort', recht: 'SELECT' }]);
  expect(await queryAs(ownerUrl, "select rolname from pg_roles where rolbypassrls and rolname like 'va\\_%'")).toEqual([{ rolname: 'va_suche' }]);
  expect(await queryAs(ownerUrl, "select rolcanlogin or rolsuper or rolcreaterole or rolcreatedb as mighty from pg_roles where rolname = 'va_suche'")).toEqual([{ mighty: false }]);
});
test('canary: whatever the app role asks the search functions, it gets nothing of another Mandant, and nothing without one', async () => {
  const s = await newSuche();
  const [o] = await s.add({ titel: 'Kanarienvogel', kennzeichen: '999.99-2026/0001' });
  const lexem = `'${mandantKuerzel(s.mandantId)}wkanarienvogel'`;
  const ask = (mandant: string | undefined, sql: string) => queryAs((n) => (mandant ? `${appUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${mandant}`)}` : appUrl(n)), `${sql} /* mandant_id: from the setting */`);
  const finde = `select * from suche.finde($q$${lexem}$q$::tsquery, $q$${lexem}$q$::tsquery, null, null, $q$${lexem}$q$::tsquery, null, row('{probe}', null, null, null, null, null, null, null, null)::suche.sicht, '{}', null, 'datum', null, null, 0, 10)`;
  const zaehle = `select sum(anzahl)::int as n from suche.zaehle($q$${lexem}$q$::tsquery, $q$${lexem}$q$::tsquery, null, row('{probe}', '\\xff', null, null, null, null, null, null, null)::suche.sicht, '{}', '2026-01-01')`;
  const ohne = `select * from suche.finde(null, null, null, null, null, null, row('{probe}', '\\xff', '{probe}', '\\xff', null, null, null, null, null)::suche.sicht, '{}', null, 'datum', null, null, 0, 10)`;
  const wort = "select * from suche.aehnliche_woerter('kanarienvogal', 10)";
  expect((await ask(s.mandantId, finde)).map((r) => r.id)).toEqual([o!.id]);
  expect((await ask(s.mandantId, ohne)).map((r) => r.id)).toEqual([o!.id]);
  expect((await ask(s.mandantId, wort)).map((r) => r.wort)).toEqual(['kanarienvogel']);
  const fremd = await newSuche();
  for (const mandant of [fremd.mandantId, undefined]) {
    expect(await ask(mandant, finde)).toEqual([]);
    expect(await ask(mandant, ohne)).toEqual([]);
    expect(await ask(mandant, wort)).toEqual([]);
    expect(await ask(mandant, zaehle)).toEqual([{ n: null }]);
  }
  for (const sql of ["select * from suche.treffer_datum(null, null, null, null, '{}', null, null, null, 1, 1)", "select suche.schaetze('a'::tsquery)", 'set role va_suche']) {
    await expect(ask(s.mandantId, sql)).rejects.toThrow(/permission denied/);
  }
});
test('FASSUNG stands in the checksum', () => expect(FASSUNG).toBeGreaterThan(0));

test('saved searches are their owner’s alone', async () => {
  const s = await newSuche();
  const [a, b] = [s.person(), s.person()];
  const made = await a.call(api.createGespeicherteSuche, { body: { bezeichnung: 'Meine', anfrage: { q: 'Baulast', typ: ['dokument'] } } });
  expect(made).toMatchObject({ bezeichnung: 'Meine', anfrage: { q: 'Baulast', typ: ['dokument'] } });
  await expect(a.call(api.createGespeicherteSuche, { body: { bezeichnung: 'Meine', anfrage: {} } })).rejects.toMatchObject({ status: 409, code: 'suche.bezeichnung_vergeben' });
  expect((await a.call(api.listGespeicherteSuchen, {})).eintraege).toEqual([made]);
  expect((await b.call(api.listGespeicherteSuchen, {})).eintraege).toEqual([]);
  await expect(b.call(api.deleteGespeicherteSuche, { params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
  await a.call(api.deleteGespeicherteSuche, { params: { id: made.id } });
  expect((await a.call(api.listGespeicherteSuchen, {})).gesamt).toBe(0);
});
