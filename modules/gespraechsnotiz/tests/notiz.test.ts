import { expect, test, vi } from 'vitest';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { download, newPosteingang, refusal } from '#modules/posteingang/tests/hilfe.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { api } from '../contract.ts';

vi.setConfig({ testTimeout: 120_000 });
const ANRUF = { wer: 'Ada Vosskuhl', kontakt: '05901 4711', betreff: 'Stand des Bauantrags', notiz: 'Fragt nach der Statik.\nPrüfingenieur hat sich gemeldet.', wunsch: 'Auskunft', rueckruf: true, bis: '2026-11-30' };

test('PE-01 a call becomes an Eingang in the basket of whoever took it, with the note as a PDF', async () => {
  const { clerk, mandant } = await newPosteingang();
  const notiz = await clerk.call(api.createGespraechsnotiz, { body: ANRUF });
  expect(notiz).toMatchObject({ nummer: expect.stringMatching(/^PE \d{4}-000001$/), organisationseinheit: { kennzeichen: '63.1' }, dokumentId: null });
  const eingang = await clerk.call(posteingang.getEingang, { params: { id: notiz.eingangId } });
  expect(eingang).toMatchObject({ kanal: 'telefon', betreff: ANRUF.betreff, absender: ANRUF.wer, mime: 'application/pdf', dateiname: 'Gesprächsnotiz 2026-11-21 Ada Vosskuhl.pdf', bemerkung: 'Erreichbar: 05901 4711\nWunsch: Auskunft\nRückruf erbeten bis 30. November 2026' });
  expect((await download(clerk, eingang.inhaltId!)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await mandant.ereignisse()).map((e) => e.art)).toEqual(expect.arrayContaining(['inhalt.angehaengt', 'eingang.angelegt']));
});

test('for another office it is forwarded into its basket, and the trail says from where', async () => {
  const { clerk, other, mandant } = await newPosteingang();
  const notiz = await clerk.call(api.createGespraechsnotiz, { body: { kanal: 'schalter', wer: 'unbekannt', betreff: 'Bauzaun', organisationseinheitId: mandant.oe('32') as never } });
  expect(notiz).toMatchObject({ organisationseinheit: { kennzeichen: '32' } });
  expect(await other.call(posteingang.getEingang, { params: { id: notiz.eingangId } })).toMatchObject({ kanal: 'schalter', absender: 'unbekannt' });
  expect((await mandant.ereignisse()).at(-1)).toMatchObject({ art: 'eingang.weitergeleitet', daten: { von: expect.stringContaining('63.1'), nach: expect.stringContaining('32') } });
});

test('with a Vorgang or an Akte it is filed at once: in one step, or not at all', async () => {
  const { clerk, other, createVorgang } = await newPosteingang();
  const vorgang = await createVorgang(clerk);
  const inVorgang = await clerk.call(api.createGespraechsnotiz, { body: { ...ANRUF, ziel: { art: 'vorgang', vorgangId: vorgang.id } } });
  expect(await clerk.call(schriftgut.getDokument, { params: { id: inVorgang.dokumentId! } })).toMatchObject({ betreff: ANRUF.betreff, art: 'eingang' });
  const neu = await clerk.call(api.createGespraechsnotiz, { body: { ...ANRUF, ziel: { art: 'neuer_vorgang', akteId: vorgang.akte!.id } } });
  expect(neu.dokumentId).not.toBeNull();
  expect((await clerk.call(posteingang.getEingang, { params: { id: neu.eingangId } })).ablage?.vorgang).toMatchObject({ betreff: ANRUF.betreff });
  const vorher = (await other.call(posteingang.listEingaenge, { query: {} })).gesamt;
  expect(await refusal(other.call(api.createGespraechsnotiz, { body: { ...ANRUF, ziel: { art: 'vorgang', vorgangId: vorgang.id } } }))).toMatch(/^404 /);
  expect((await other.call(posteingang.listEingaenge, { query: {} })).gesamt).toBe(vorher);
});

test('without a name or a matter it is refused at the field', async () => {
  const { clerk } = await newPosteingang();
  await expect(clerk.call(api.createGespraechsnotiz, { body: { wer: ' ', betreff: '' } })).rejects.toMatchObject({ status: 422 });
});
