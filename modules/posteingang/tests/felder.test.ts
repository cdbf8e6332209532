import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { api as plan } from '#modules/aktenplan/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { api as vorschlaege } from '#modules/vorschlagswesen/contract.ts';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { workerUrl } from '#platform/testing/database.ts';
import { database, databaseName, io, log, modules, verbundId } from '#platform/testing/test.ts';
import { api, type Eingang } from '../contract.ts';
import { newPosteingang, refusal } from './hilfe.ts';

vi.setConfig({ testTimeout: 240_000 });
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => { worker = await startWorker({ modules, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] }); });
afterAll(async () => { await worker.stop(); });

type Pe = Awaited<ReturnType<typeof newPosteingang>>;
async function poll<T>(lies: () => Promise<T>, when: (t: T) => boolean): Promise<T> {
  for (const bis = Date.now() + 120_000; ;) {
    const t = await lies();
    if (when(t)) return t;
    if (Date.now() > bis) throw new Error(`not in time: ${JSON.stringify(t)}`);
    await new Promise((r) => setTimeout(r, 150));
  }
}
const until = (pe: Pe, id: Eingang['id'], when: (e: Eingang) => boolean, person = pe.clerk) => poll(() => person.call(api.getEingang, { params: { id } }), when);
const feld = (e: Eingang, name: string) => e.felder.find((f) => f.feld === name);
const beispiele = (pe: Pe) => pe.registratur.call(vorschlaege.getVorschlagsguete, { query: {} });

const BAU = 'Hiermit reiche ich die Bauzeichnungen und den Lageplan für den Wintergarten ein. Die Grundflächenzahl ist berechnet, der Standsicherheitsnachweis folgt.';
const WOHNGELD = 'Hiermit reiche ich die Verdienstbescheinigung und den Mietvertrag ein. Der Haushalt hat vier Personen, das Kindergeld ist angegeben.';
const brief = (text: string, absender = 'Erika Beispiel') => `${absender}\nDeichstraße 3\n26123 Linden\n\nLandkreis\n21000 Auental\n\nLinden, den 17.11.2026\n\nUnterlagen\n\nSehr geehrte Damen und Herren,\n\n${text}\n${randomUUID()}\n\nMit freundlichen Grüßen\n${absender}\n`;

const NAMEN = ['Anna Ahlers', 'Bernd Bruns', 'Cem Cordes', 'Dörte Dirks', 'Elif Evers'];
/** Two subjects, five letters each, filed by the clerk. */
async function filed(pe: Pe) {
  const { aktenplanId } = await pe.registratur.call(plan.getAktenplaneinheit, { params: { id: pe.einheit.id } });
  const andere = await pe.registratur.call(plan.createAktenplaneinheit, { body: { aktenplanId, kennzeichen: '451.10', betreffKurz: 'Wohngeld' } });
  const bau = await pe.createAkte(), wohngeld = await pe.clerk.call(schriftgut.createAkte, { body: { aktenplaneinheitId: andere.id, betreff: 'Wohngeld' } });
  const eingaenge: Eingang[] = [];
  for (let i = 0; i < 5; i++) for (const [akte, text] of [[bau, BAU], [wohngeld, WOHNGELD]] as const) {
    const e = await pe.create(pe.clerk, { absender: NAMEN[i]!, posteingangsdatum: '2026-11-20' }, brief(text, `Anders ${randomUUID()}`));
    await until(pe, e.id, (x) => x.felder.length > 0);
    eingaenge.push(await pe.file(pe.clerk, e.id, { art: 'akte', akteId: akte.id }, { dokumenttyp: 'Nachweise' }));
  }
  await poll(() => beispiele(pe), (g) => g.beispiele === 10);
  return { bau, wohngeld, andere, eingaenge };
}

describe('UX-05 PE-09 proposals for every field', () => {
  test('each has a value, a reason, how sure it is, and its place; what is confirmed goes into the Dokument; »weiß nicht« is no value', async () => {
    const pe = await newPosteingang();
    const e = await pe.create(pe.clerk, { absender: '', posteingangsdatum: '2026-11-20' }, `Rohrbau Wiechmann GmbH\nHafenstraße 4\n26123 Linden\n\nLinden, den 17. November 2026\n\nRechnung Nr. 4711\n\nSehr geehrte Damen und Herren,\n\nGesamtbetrag: 1.284,50 €, fällig am 15.12.2026.\n\nMit freundlichen Grüßen\nRohrbau Wiechmann GmbH\n`);
    const gelesen = await until(pe, e.id, (x) => x.felder.length > 0);
    expect(Object.fromEntries(gelesen.felder.map((f) => [f.feld, [f.wert, f.anzeige]]))).toMatchObject({
      absender: ['Rohrbau Wiechmann GmbH', 'Rohrbau Wiechmann GmbH'], datumDesSchreibens: ['2026-11-17', '17.11.2026'], dokumenttyp: ['Rechnung', 'Rechnung'], frist: ['2026-12-15', '15.12.2026'], betrag: ['1284.50', expect.stringContaining('1.284,50')],
    });
    for (const f of gelesen.felder) expect([f.feld, f.gruende.length > 0, f.konfidenz > 0.4 && f.konfidenz <= 0.99]).toEqual([f.feld, true, true]);
    expect(feld(gelesen, 'betrag')!.fund).toMatchObject({ gefunden: '1.284,50 €' });
    expect(feld(gelesen, 'fremdesGeschaeftszeichen')).toBeUndefined();
    expect(gelesen).toMatchObject({ absender: '', frist: null, betrag: null, dokumenttyp: null }); // nothing is filed, or filled, by itself
    const akte = await pe.createAkte();
    const abgelegt = await pe.file(pe.clerk, e.id, { art: 'akte', akteId: akte.id }, { absender: 'Rohrbau Wiechmann GmbH', dokumenttyp: 'Rechnung', frist: '2026-12-15', betrag: '1284.50' });
    expect(abgelegt).toMatchObject({ dokumenttyp: 'Rechnung', frist: '2026-12-15', betrag: '1284.50', felder: [] });
    expect(await pe.clerk.call(schriftgut.getDokument, { params: { id: abgelegt.ablage!.dokumentId! } })).toMatchObject({ typ: 'Rechnung' });
    expect(await refusal(pe.file(pe.clerk, e.id, { art: 'akte', akteId: akte.id }, { betrag: '12,50 Euro' }))).toMatch(/^422/);
  });

  test('what was filed teaches, in this Mandant alone; filed elsewhere it teaches that; what was taken over and corrected is counted by office', async () => {
    const pe = await newPosteingang(), fremd = await newPosteingang();
    const { wohngeld, andere, eingaenge } = await filed(pe);
    const neu = await pe.create(pe.clerk, {}, brief(WOHNGELD));
    const vorschlag = feld(await until(pe, neu.id, (x) => feld(x, 'aktenplaneinheit') !== undefined), 'aktenplaneinheit')!;
    expect(vorschlag).toMatchObject({ wert: andere.id, anzeige: '451.10 Wohngeld', gruende: [expect.stringMatching(/^ähnlich zu 5 Eingängen in 451.10 Wohngeld: /)] });
    expect(vorschlag.gruende.join()).not.toMatch(/Beispiel|Erika/);

    const dort = await fremd.create(fremd.clerk, {}, brief(WOHNGELD));
    expect(feld(await until(fremd, dort.id, (x) => x.felder.length > 0), 'aktenplaneinheit')).toBeUndefined();

    // refiled: the five letters on building move to the other unit, and then letters like them belong there
    for (const e of eingaenge.filter((_, i) => i % 2 === 0)) {
      const d = await pe.clerk.call(schriftgut.getDokument, { params: { id: e.ablage!.dokumentId! } });
      await pe.clerk.call(schriftgut.moveDokument, { params: { id: d.id }, ifMatch: d.version, body: { akteId: wohngeld.id } });
    }
    const bau = async () => { const e = await pe.create(pe.clerk, {}, brief(BAU)); return feld(await until(pe, e.id, (x) => x.felder.length > 0), 'aktenplaneinheit')?.wert; };
    await poll(bau, (wert) => wert !== pe.einheit.id);

    const guete = await beispiele(pe);
    expect(guete.beispiele).toBe(10);
    expect(guete.felder.find((f) => f.feld === 'dokumenttyp')!.vorgeschlagen + guete.felder.find((f) => f.feld === 'dokumenttyp')!.weissNicht).toBe(10);
    expect(JSON.stringify(guete)).not.toContain(pe.clerk.id);
    expect(guete.organisationseinheiten).toHaveLength(1);
    expect(await refusal(pe.clerk.call(vorschlaege.getVorschlagsguete, { query: {} }))).toMatch(/^403/);
  });

  test('MD-03 what is protected never teaches, and teaches no more once it is; a sender’s history is told only with the Akte', async () => {
    const pe = await newPosteingang();
    const { bau, eingaenge } = await filed(pe);
    const { version } = await pe.registratur.call(zugriff.getSchutzbereich, { params: { id: bau.schutzId as never } });
    await pe.registratur.call(zugriff.updateSchutzbereich, { params: { id: bau.schutzId as never }, ifMatch: version, body: { klasse: 'sozial' } });
    const weniger = await poll(() => beispiele(pe), (g) => g.beispiele < 10);
    expect(weniger.beispiele).toBeLessThanOrEqual(5);
    const spaeter = await pe.create(pe.clerk, { absender: NAMEN[0]! }, brief(BAU));
    await until(pe, spaeter.id, (x) => x.felder.length > 0);
    await pe.file(pe.clerk, spaeter.id, { art: 'akte', akteId: bau.id });
    const offen = eingaenge.findLast((e) => e.ablage!.akte!.id !== bau.id)!;
    const nochmal = await pe.create(pe.clerk, { absender: offen.absender }, brief('Guten Tag'));
    expect((await until(pe, nochmal.id, (x) => x.vorschlaege.length > 0)).vorschlaege).toMatchObject([{ art: 'absender', akte: { id: offen.ablage!.akte!.id }, passage: '', grund: 'Absender schrieb einmal zu dieser Akte', sicherheit: expect.anything() }]);
    const poststelle = await pe.poststelle.call(api.getEingang, { params: { id: nochmal.id } });
    expect(poststelle.vorschlaege).toEqual([]);
    expect((await beispiele(pe)).beispiele).toBe(weniger.beispiele);
  });
});
