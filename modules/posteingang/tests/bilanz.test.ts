import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { superUrl } from '#platform/testing/database.ts';
import { database, databaseName, queryAs } from '#platform/testing/test.ts';
import { api, type EingangId } from '../contract.ts';
import { pruefeBilanz } from '../server/bilanz/pruefen.ts';
import { bilanzLaufend, kennzahlen } from '../server/bilanz/pruefung.ts';
import { mahnen } from '../server/mahnen.ts';
import { anlaesse } from '../server/erweiterungen.ts';
import { addWerkstunden, isWerktag } from '../server/werktage.ts';
import { newPosteingang, refusal, runJob } from './hilfe.ts';

vi.setConfig({ testTimeout: 300_000 });
const heute = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());
const zeitraum = { von: '2020-01-01', bis: heute };
type Pe = Awaited<ReturnType<typeof newPosteingang>>;

/** Past every rule of the database, as a restore that went wrong or a hand at psql would. */
async function past(statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: superUrl(databaseName) });
  await client.connect();
  try { await client.query("set session_replication_role = 'replica'"); await client.query(statement, values); } finally { await client.end(); }
}

describe('PE-03: the Bilanz', () => {
  test('received = filed + rejected + sent on + open, by day, channel and basket, of what one may see', async () => {
    const pe = await newPosteingang();
    const vorgang = await pe.createVorgang();
    const [a, b, c] = [await pe.create(pe.clerk, { kanal: 'papier' }), await pe.create(pe.clerk, { kanal: 'e_mail' }), await pe.create(pe.clerk, { kanal: 'papier' })];
    await pe.create(pe.poststelle, { organisationseinheitId: pe.mandant.oe('32') });
    await pe.file(pe.clerk, a.id, { art: 'vorgang', vorgangId: vorgang.id });
    await pe.clerk.call(api.cancelEingang, { params: { id: b.id }, body: { grund: 'Werbung' } });
    await pe.clerk.call(api.sendEingang, { params: { id: c.id }, body: { empfaenger: 'Stadt Linden', versandweg: 'Post', grund: 'unzuständig' } });
    const meine = await pe.clerk.call(api.getPosteingangBilanz, { query: zeitraum });
    expect(meine).toMatchObject({
      gesamt: { eingegangen: 3, abgelegt: 1, zurueckgewiesen: 1, weitergeleitet: 1, offen: 0 }, jeTag: [{ tag: heute, eingegangen: 3 }],
      jeKanal: [{ kanal: 'papier', eingegangen: 2, abgelegt: 1, weitergeleitet: 1 }, { kanal: 'e_mail', eingegangen: 1, zurueckgewiesen: 1 }], jeKorb: [{ organisationseinheit: { kennzeichen: '63.1' }, eingegangen: 3 }], pruefung: null,
    });
    const alle = await pe.poststelle.call(api.getPosteingangBilanz, { query: zeitraum });
    expect([alle.gesamt.eingegangen, alle.gesamt.offen, alle.jeKorb.length]).toEqual([4, 1, 2]);
    expect((await pe.clerk.call(api.getPosteingangBilanz, { query: { von: '2020-01-01', bis: '2020-12-31' } })).gesamt.eingegangen).toBe(0);
    expect(await refusal(pe.clerk.call(api.getPosteingangBilanz, { query: { von: heute, bis: '2020-12-31' } }))).toBe('422 allgemein.eingabe_ungueltig');
    // each figure leads to its list
    expect((await pe.clerk.call(api.listEingaenge, { query: { status: ['weitergeleitet'], kanal: ['papier'], von: heute, bis: heute } })).gesamt).toBe(1);
    const statistik = await pe.poststelle.call(api.getPosteingangStatistik, { query: zeitraum });
    expect(statistik.verteilung.find((v) => v.kanal === null)).toMatchObject({ anzahl: 4, wartend: 0, medianStunden: 0 });
    expect(statistik.alterDerOffenen).toMatchObject([{ organisationseinheit: { kennzeichen: '32' }, anzahl: 1, stufen: [1, 0, 0, 0, 0] }]);
    expect(JSON.stringify(statistik)).not.toContain(pe.clerk.id);
  });
  test('it can fail: a lost row, a number nobody used, a state no Ereignis tells of, an Ereignis too few or too many; told by number, counted for the alarm, and written into the protocol once', async () => {
    const pe = await newPosteingang();
    const rows = [];
    for (let i = 0; i < 6; i++) rows.push(await pe.create());
    const m = pe.mandant.mandantId;
    const pruefe = () => pe.registratur.call(api.startBilanzpruefung, {});
    expect(await pruefe()).toMatchObject({ schliesst: true, eingaenge: 6, differenzen: [] });
    expect(await database.read(pe.mandant.system, (tx) => kennzahlen[0]!.lies(tx))).toBe(0);
    expect(await refusal(pe.clerk.call(api.startBilanzpruefung, {}))).toBe('403 allgemein.kein_recht');

    await past("update posteingang.eingang set status = 'zurueckgewiesen', zurueckweisungsgrund = 'x', erledigt = now() where id = $1", [rows[1]!.id]);
    expect((await pruefe()).differenzen).toEqual([{ art: 'stand_weicht_ab', jahr: null, anzahl: 1, nummern: [rows[1]!.nummer] }]);
    await past('delete from posteingang.eingang where id = $1', [rows[2]!.id]);
    await past('update posteingang.zaehler set stand = stand + 1 where mandant_id = $1', [m]);
    await past("delete from platform.ereignis_objekt where mandant_id = $1 and objekt_id = $2", [m, rows[3]!.id]);
    await past("update posteingang.eingang set lfd_nr = 99 where id = $1", [rows[4]!.id]);
    const schlecht = await pruefe();
    expect(schlecht.schliesst).toBe(false);
    expect(Object.fromEntries(schlecht.differenzen.map((d) => [d.art, d.nummern]))).toMatchObject({
      nummer_ohne_eingang: [rows[2]!.nummer, rows[4]!.nummer, expect.stringMatching(/000007$/)], eingang_ohne_nummer: [rows[4]!.nummer], eingang_ohne_ereignis: [rows[3]!.nummer], ereignis_ohne_eingang: ['?'], stand_weicht_ab: [rows[1]!.nummer],
    });
    expect(await database.read(pe.mandant.system, (tx) => kennzahlen[0]!.lies(tx))).toBe(7);
    expect((await pe.registratur.call(api.getPosteingangBilanz, { query: zeitraum })).pruefung).toMatchObject({ schliesst: false });
    await pruefe();
    const { differenzen } = await runJob(bilanzLaufend, {}, { mandantId: m }) as { differenzen: unknown[] };
    expect(differenzen).toEqual(schlecht.differenzen);
    expect((await pe.mandant.ereignisse()).filter((e) => e.art === 'posteingang.bilanz_geprueft' && (e.daten as { umfang: string }).umfang === 'voll')).toHaveLength(2);
  });
});

describe('PE-03, PE-04: property', () => {
  const schritte = ['nehmen', 'zuruecklegen', 'weitergeben', 'irrlaeufer', 'aussen', 'zurueckweisen', 'aufnehmen', 'ablegen', 'sammeln'] as const;
  type Befehl = { was: (typeof schritte)[number] | 'eingang'; wer: number; welcher: number; oe: number };
  const befehl: fc.Arbitrary<Befehl> = fc.record({ was: fc.oneof({ weight: 3, arbitrary: fc.constant('eingang' as const) }, { weight: 9, arbitrary: fc.constantFrom(...schritte) }), wer: fc.nat(3), welcher: fc.nat(20), oe: fc.nat(2) });

  async function run(pe: Pe, leute: Pe['clerk'][], ids: EingangId[], vorgangId: string, { was, wer, welcher, oe }: Befehl) {
    const person = leute[wer]!, ziel = [pe.mandant.oe('10'), pe.mandant.oe('63.1'), pe.mandant.oe('32')][oe]! as never;
    const id = ids[welcher % Math.max(1, ids.length)]!;
    const params = { id };
    if (was === 'eingang' || !id) { ids.push((await pe.create(pe.poststelle, { organisationseinheitId: ziel })).id); return; }
    switch (was) {
      case 'nehmen': return person.call(api.startBearbeitung, { params });
      case 'zuruecklegen': return person.call(api.cancelBearbeitung, { params });
      case 'weitergeben': return person.call(api.assignEingang, { params, body: { organisationseinheitId: ziel } });
      case 'irrlaeufer': return person.call(api.sendIrrlaeufer, { params, body: { grund: 'nicht hier', ...(oe > 0 && { organisationseinheitId: ziel }) } });
      case 'aussen': return person.call(api.sendEingang, { params, body: { empfaenger: 'Stadt', versandweg: 'Post', grund: 'unzuständig' } });
      case 'zurueckweisen': return person.call(api.cancelEingang, { params, body: { grund: 'Werbung' } });
      case 'aufnehmen': return person.call(api.reopenEingang, { params });
      case 'ablegen': return pe.file(person, id, { art: 'vorgang', vorgangId });
      case 'sammeln': return person.call(api.changeEingaenge, { body: { ids: ids.slice(0, 20), aktion: oe === 0 ? { art: 'uebernehmen' } : { art: 'weitergeben', organisationseinheitId: ziel } } });
    }
  }
  /** What must hold whatever happened: asked of the rows themselves, past the API. */
  async function hold(pe: Pe, anzahl: number) {
    const rows = await queryAs(superUrl, `select e.id, e.status, e.bearbeiter_id, e.station, e.organisationseinheit_id, e.lfd_nr,
      (select array_agg(s.nummer order by s.nummer) from posteingang.station s where (s.mandant_id, s.eingang_id) = (e.mandant_id, e.id)) as nummern,
      (select s.status || s.organisationseinheit_id || coalesce(s.benutzer_id::text, '') from posteingang.station s where (s.mandant_id, s.eingang_id) = (e.mandant_id, e.id) order by s.nummer desc limit 1) as letzte
      from posteingang.eingang e where e.mandant_id = $1 order by e.lfd_nr`, [pe.mandant.mandantId]) as { status: string; bearbeiter_id: string | null; station: number; organisationseinheit_id: string; lfd_nr: number; nummern: number[]; letzte: string }[];
    expect(rows.map((r) => r.lfd_nr)).toEqual(Array.from({ length: anzahl }, (_, i) => i + 1));
    for (const r of rows) {
      expect(r.nummern).toEqual(Array.from({ length: r.station }, (_, i) => i + 1));
      expect(r.letzte).toBe(`${r.status}${r.organisationseinheit_id}${r.bearbeiter_id ?? ''}`);
      expect(r.bearbeiter_id !== null).toBe(r.status === 'in_bearbeitung');
    }
    expect(await database.read(pe.mandant.system, (tx) => pruefeBilanz(tx, null))).toEqual({ eingaenge: anzahl, differenzen: [] });
    const { gesamt: g, jeTag, jeKanal, jeKorb } = await pe.poststelle.call(api.getPosteingangBilanz, { query: zeitraum });
    for (const teil of [[g], jeTag, jeKanal, jeKorb]) {
      const sum = (f: keyof typeof g) => teil.reduce((n, t) => n + t[f], 0);
      expect([sum('eingegangen'), sum('abgelegt') + sum('zurueckgewiesen') + sum('weitergeleitet') + sum('offen')]).toEqual([anzahl, anzahl]);
    }
  }
  test('whatever several people do in whatever order and at once: one state, one OE, at most one person, no gap, and the Bilanz closes', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(befehl, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 8 }), async (gruppen) => {
      const pe = await newPosteingang();
      const leute = [pe.clerk, pe.mandant.as('sachbearbeitung', ['63.1']), pe.other, pe.poststelle] as Pe['clerk'][];
      const vorgang = await pe.createVorgang();
      const ids: EingangId[] = [];
      for (let i = 0; i < 3; i++) ids.push((await pe.create()).id);
      for (const gruppe of gruppen) {
        const answers = await Promise.all(gruppe.map((b) => run(pe, leute, ids, vorgang.id, b).then(() => undefined, (e: { status?: number; code?: string }) => e)));
        // refused with a word, never broken
        for (const answer of answers) if (answer) expect([403, 404, 409, 422], JSON.stringify(answer)).toContain((answer as { status?: number }).status);
      }
      await hold(pe, ids.length);
    }), { numRuns: Number(process.env.PROPERTY_RUNS ?? 12) });
  });
});

describe('escalation', () => {
  test('working hours: weekends and the holidays of all Länder do not count', () => {
    expect(['2026-11-27', '2026-11-28', '2026-12-25', '2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25', '2027-01-01', '2026-10-03', '2026-12-24'].map(isWerktag)).toEqual([true, false, false, false, false, false, false, false, false, true]);
    const ab = (zeit: string, stunden: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(addWerkstunden(new Date(zeit), stunden));
    expect(ab('2026-11-25T09:00:00+01:00', 24)).toBe('2026-11-26 09:00');
    expect(ab('2026-11-27T09:00:00+01:00', 24)).toBe('2026-11-30 09:00');
    expect(ab('2026-11-28T15:00:00+01:00', 24)).toBe('2026-12-01 00:00');
    expect(ab('2026-12-23T12:00:00+01:00', 48)).toBe('2026-12-28 12:00');
    expect(ab('2026-11-25T09:00:00+01:00', 4)).toBe('2026-11-25 13:00');
  });
  test('what nobody took in time stands as überfällig in list and count, and is told once in each place to the Poststelle and to whoever leads the OE', async () => {
    const pe = await newPosteingang();
    const leitung = pe.mandant.as('leitung', ['63.1']);
    await pe.clerk.call(api.listEingaenge, { query: {} });
    const [a, b] = [await pe.create(), await pe.create(pe.poststelle, { organisationseinheitId: pe.mandant.oe('10') })];
    expect([a.ueberfaellig, (await pe.poststelle.call(api.getPosteingang, { query: {} })).ueberfaellig]).toEqual([false, 0]);
    await past("update posteingang.eingang set faellig = now() - interval '1 hour' where mandant_id = $1", [pe.mandant.mandantId]);
    expect((await pe.clerk.call(api.listEingaenge, { query: { ueberfaellig: 'true' } })).eintraege.map((e) => e.id)).toEqual([a.id]);
    expect((await pe.poststelle.call(api.getPosteingang, { query: {} })).ueberfaellig).toBe(2);
    await runJob(mahnen, {}, { mandantId: pe.mandant.mandantId });
    await runJob(mahnen, {}, { mandantId: pe.mandant.mandantId });
    const gemeldet = (await pe.mandant.ereignisse()).filter((e) => e.art === 'eingang.ueberfaellig');
    expect(gemeldet).toHaveLength(2);
    const anlass = anlaesse.find((x) => x.schluessel === 'eingang.ueberfaellig')!;
    const wer = async (id: string) => (await database.read(pe.mandant.system, (tx) => anlass.create(tx, { ereignisId: 1, art: 'eingang.ueberfaellig', akteurId: 'x', objekte: { eingang: [id] }, daten: {} }))).map((n) => n.benutzerId);
    expect(await wer(a.id)).toEqual([leitung.id]);
    expect(await wer(b.id)).toEqual([pe.poststelle.id]);
    // taken is not overdue any more; in the next basket it may become so again
    await pe.clerk.call(api.startBearbeitung, { params: { id: a.id } });
    expect((await pe.poststelle.call(api.getPosteingang, { query: {} })).ueberfaellig).toBe(1);
    await pe.clerk.call(api.assignEingang, { params: { id: a.id }, body: { organisationseinheitId: pe.mandant.oe('32') as never } });
    await past("update posteingang.eingang set faellig = now() - interval '1 hour' where id = $1", [a.id]);
    await runJob(mahnen, {}, { mandantId: pe.mandant.mandantId });
    expect((await pe.mandant.ereignisse()).filter((e) => e.art === 'eingang.ueberfaellig')).toHaveLength(3);
  });
  test('the periods are the Mandant’s own', async () => {
    const pe = await newPosteingang();
    const admin = pe.mandant.as('administration', ['10']);
    const { version } = await admin.call(api.getPosteingangEinstellungen, {});
    expect(await admin.call(api.updatePosteingangEinstellungen, { ifMatch: version, body: { fristOe: 240 } })).toMatchObject({ fristZentral: 24, fristOe: 240, organisationseinheit: null });
    const e = await pe.create();
    expect(Date.parse(e.faellig!) - Date.parse(e.seit)).toBeGreaterThan(9 * 24 * 3600_000);
  });
});
