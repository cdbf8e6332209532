import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { api as benachrichtigung } from '#modules/benachrichtigung/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { newMandant, newVerbund } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { bei, http, newEigner, startJobs, until } from './hilfe.ts';

vi.setConfig({ testTimeout: 60_000 });
let worker: Awaited<ReturnType<typeof startJobs>>;
beforeAll(async () => { worker = await startJobs(); });
afterAll(async () => { await worker.stop(); });
const verbund = newVerbund();
const [erster, zweiter] = [verbund.as('betrieb', [], http), verbund.as('betrieb', [], http)];
const grund = 'Störung 4711: Anzeige von PDF bricht ab';
type Eigner = Awaited<ReturnType<typeof newEigner>>;
const ask = (eigner: Eigner, wer = erster) => wer.call(api.requestNotzugriff, { body: { mandantId: eigner.mandant.mandantId as never, grund, stunden: 2 } });
const inMandant = async (eigner: Eigner) => (await eigner.administration.call(api.listNotzugriffe, { query: {} })).eintraege[0];
const look = (eigner: Eigner, wer = erster) => bei(wer, eigner.mandant.mandantId)(schriftgut.getAkte, { params: { id: eigner.akte.id } });
const news = async (eigner: Eigner) => (await eigner.administration.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((e) => e.text);

describe('BE-02: an operator sees content only by a Notzugriff', () => {
  test('asked for by one, granted by another, told to the Mandant at every step, to read only, ended by the Mandant at once', async () => {
    const eigner = await newEigner();
    await expect(look(eigner)).rejects.toMatchObject({ status: 404 });
    const datenschutz = eigner.mandant.as('datenschutz', [], http);
    const antrag = await ask(eigner);
    expect(antrag).toMatchObject({ zustand: 'beantragt', rechte: ['notzugriff.ablehnen'] });
    await until(async () => expect(await inMandant(eigner)).toMatchObject({ id: antrag.id, zustand: 'beantragt', grund, rechte: ['notzugriff.genehmigen', 'notzugriff.ablehnen'] }));
    await until(async () => expect(await news(eigner)).toContainEqual(expect.stringContaining(grund)));
    await expect(look(eigner)).rejects.toMatchObject({ status: 404 });
    await expect(erster.call(api.grantNotzugriff, { params: { id: antrag.id }, body: {} })).rejects.toMatchObject({ status: 409, code: 'notzugriff.eigener_antrag' });
    const bewilligt = await zweiter.call(api.grantNotzugriff, { params: { id: antrag.id }, body: {} });
    expect(bewilligt.zustand).toBe('laeuft');
    expect(Date.parse(bewilligt.bis!) - Date.parse(bewilligt.von!)).toBe(2 * 3_600_000);
    await until(async () => expect(await inMandant(eigner)).toMatchObject({ zustand: 'laeuft' }));
    expect(await look(eigner)).toMatchObject({ betreff: eigner.akte.betreff, rechte: ['akte.sehen', 'akte.lesen'] });
    await expect(look(eigner, zweiter)).rejects.toMatchObject({ status: 404 });
    await expect(bei(erster, eigner.mandant.mandantId)(schriftgut.updateAkte, { params: { id: eigner.akte.id }, ifMatch: 1, body: { betreff: 'x' } })).rejects.toMatchObject({ status: 403 });
    // nor are marks kept of what was looked at
    const operator = bei(erster, eigner.mandant.mandantId);
    expect(await operator(organisation.getIch, {})).toMatchObject({ sicht: { art: 'bei', nurLesen: true } });
    for (const op of [schriftgut.createMerkung, schriftgut.deleteMerkung, schriftgut.createZuletztGesehen]) await expect(operator(op, { params: { typ: 'akte', id: eigner.akte.id } } as never)).rejects.toMatchObject({ status: 403, code: 'sicht.nur_lesen' });
    expect((await operator(schriftgut.listMerkliste, {})).eintraege).toEqual([]);
    await until(async () => expect((await news(eigner)).join()).toMatch(/begonnen/));
    await until(async () => expect((await datenschutz.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((e) => e.text).join()).toMatch(/begonnen.*genehmigt.*beantragt/));
    expect((await datenschutz.call(api.listNotzugriffe, { query: {} })).eintraege).toMatchObject([{ id: antrag.id, rechte: [] }]);
    expect((await eigner.mandant.ereignisse()).map((e) => e.art).filter((art) => art.startsWith('notzugriff.'))).toEqual(['notzugriff.beantragt', 'notzugriff.genehmigt', 'notzugriff.begonnen']);

    await eigner.administration.call(api.cancelNotzugriff, { params: { id: antrag.id } });
    await expect(look(eigner)).rejects.toMatchObject({ status: 404 });
    await until(async () => expect((await erster.call(api.listNotzugriffe, { query: {} })).eintraege.find((n) => n.id === antrag.id)).toMatchObject({ zustand: 'beendet' }));
    await expect(zweiter.call(api.cancelNotzugriff, { params: { id: antrag.id } })).rejects.toMatchObject({ status: 409, code: 'notzugriff.schon_beendet' });
  });

  test('the Mandant itself can be the second person, or refuse', async () => {
    const [eigner, nein] = [await newEigner(), await newEigner()];
    const [a, b] = [await ask(eigner), await ask(nein)];
    for (const e of [eigner, nein]) await until(async () => expect(await inMandant(e)).toBeDefined());
    await eigner.administration.call(api.grantNotzugriff, { params: { id: a.id }, body: {} });
    await nein.administration.call(api.cancelNotzugriff, { params: { id: b.id } });
    await until(async () => { await look(eigner); });
    await until(async () => expect((await erster.call(api.listNotzugriffe, { query: {} })).eintraege.find((n) => n.id === b.id)).toMatchObject({ zustand: 'abgelehnt', von: null }));
    await expect(look(nein)).rejects.toMatchObject({ status: 404 });
    await expect(zweiter.call(api.grantNotzugriff, { params: { id: b.id }, body: {} })).rejects.toMatchObject({ status: 409, code: 'notzugriff.schon_entschieden' });
  });

  test('whoever has lately made, opened or equipped the account of the other is not a second person, nor are two accounts of one hand; the Mandant is', async () => {
    const eigner = await newEigner();
    const admin = verbund.as('administration', [], http), dritter = verbund.as('betrieb', [], http), allein = verbund.as('betrieb', [], http);
    const add = async () => (await admin.call(organisation.createBenutzer, { body: { anmeldename: randomUUID(), nachname: 'Neu', rollen: [verbund.rolle('betrieb') as never] } })).benutzer.id;
    const [neu, auchNeu] = [verbund.known(await add(), 'betrieb', [], http), verbund.known(await add(), 'betrieb', [], http)];
    await admin.call(organisation.resetPasswort, { params: { id: dritter.id as never } });
    const refused = { status: 409, code: 'notzugriff.aus_einer_hand' };
    const grant = (wer: typeof neu, id: string) => wer.call(api.grantNotzugriff, { params: { id: id as never }, body: {} });
    const asBetrieb = verbund.known(admin.id, 'betrieb', [], http);
    const eigener = await ask(eigner, asBetrieb);
    for (const wer of [neu, dritter]) await expect(grant(wer, eigener.id)).rejects.toMatchObject(refused);
    const fremder = await ask(eigner, auchNeu);
    for (const wer of [neu, dritter]) await expect(grant(wer, fremder.id)).rejects.toMatchObject(refused);
    await expect(grant(verbund.known(admin.id, 'betrieb', [], http), fremder.id)).rejects.toMatchObject(refused);
    expect((await grant(allein, fremder.id)).zustand).toBe('laeuft');
    await until(async () => expect((await eigner.administration.call(api.listNotzugriffe, { query: {} })).eintraege).toContainEqual(expect.objectContaining({ id: eigener.id })));
    expect((await eigner.administration.call(api.grantNotzugriff, { params: { id: eigener.id }, body: {} })).zustand).toBe('laeuft');
  });

  test('nobody outside the Verbund asks, no longer than eight hours, not without a reason', async () => {
    const eigner = await newEigner();
    const betriebAnderswo = newMandant().as('betrieb', [], http);
    await expect(ask(eigner, betriebAnderswo)).rejects.toMatchObject({ status: 403 });
    for (const body of [{ stunden: 9 }, { stunden: 0 }, { grund: 'kurz' }]) await expect(erster.call(api.requestNotzugriff, { body: { mandantId: eigner.mandant.mandantId as never, grund, stunden: 2, ...body } })).rejects.toMatchObject({ status: 422 });
    await expect(erster.call(api.requestNotzugriff, { body: { mandantId: crypto.randomUUID() as never, grund, stunden: 2 } })).rejects.toMatchObject({ status: 409, code: 'notzugriff.verwaltung_nicht_da' });
  });
});
