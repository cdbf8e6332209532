import { afterAll, describe, expect, test, vi } from 'vitest';
import { closeArbeitsbereich } from '#modules/aufbereitung/server/konverter/index.ts';
import { api } from '../contract.ts';
import { closeScanbild } from '../server/bild/index.ts';
import { makeScan, newScanstelle, refusal } from './hilfe.ts';

vi.setConfig({ testTimeout: 300_000 });
afterAll(async () => { await closeScanbild(); await closeArbeitsbereich(); });
const createProfil = (person: { call: Awaited<ReturnType<typeof newScanstelle>>['registratur']['call'] }, einstellungen: object, bezeichnung = 'Kreishaus') => person.call(api.createProfil, { body: { bezeichnung, einstellungen } });

describe('scan profiles', () => {
  test('made and changed by whoever administers, from the version that stands; a batch keeps the one it came with', async () => {
    const { registratur, poststelle, ready, get } = await newScanstelle();
    expect(await refusal(createProfil(poststelle, {}))).toBe('403 allgemein.kein_recht');
    const p = await createProfil(registratur, { stichprobe: { art: 'keine', prozent: 1 } });
    const s = await ready(poststelle, ['Eins'], { profilId: p.id });
    await registratur.call(api.updateProfil, { params: { id: p.id }, ifMatch: 1, body: { bezeichnung: 'Kreishaus neu', einstellungen: { ...p.einstellungen, stichprobe: { art: 'alle', prozent: 100 } } } });
    expect(await refusal(registratur.call(api.updateProfil, { params: { id: p.id }, ifMatch: 1, body: { aktiv: false } }))).toBe('412 allgemein.veraltet');
    expect(await get(poststelle, s.id)).toMatchObject({ profil: 'Kreishaus', einstellungen: { stichprobe: { art: 'keine' } }, offen: [] });
    expect(await refusal(createProfil(registratur, {}, 'Kreishaus neu'))).toBe('409 scanstelle.bezeichnung_vergeben');
  });
  test('RS-07: of a share the system draws, and one fault makes every letter to be looked at', async () => {
    const { registratur, poststelle, ready, step, get, mandant, createStapel, work } = await newScanstelle();
    const { id: profilId } = await createProfil(registratur, { stichprobe: { art: 'anteil', prozent: 20 } });
    const { id } = await createStapel(poststelle, await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(async (n) => [`${n}.pdf`, await makeScan([n])] as [string, Buffer])), { profilId });
    await work(id);
    const s = await get(poststelle, id);
    const gezogen = s.briefliste.filter((b) => b.stichprobe).map((b) => b.id);
    expect([s.briefliste.length, gezogen.length]).toEqual([6, 2]);
    const { daten } = (await mandant.ereignisse()).find((e) => e.art === 'scanstapel.getrennt')!;
    expect(daten.stichprobe.gezogen.toSorted()).toEqual(gezogen.toSorted());
    const mangel = await step(poststelle, id, { art: 'ergebnis', briefId: gezogen[0], ergebnis: 'mangel', bemerkung: 'Rand abgeschnitten' });
    expect([mangel.briefliste.filter((b) => b.stichprobe).length, mangel.offen.filter((o) => o.art === 'mangel').length]).toEqual([6, 1]);
    void ready;
  });
  test('RS-08: where the profile demands it, whoever scanned does not release', async () => {
    const { registratur, poststelle, mandant, ready, approveAll, close, schreibe, transfer } = await newScanstelle();
    const { id: profilId } = await createProfil(registratur, { vierAugen: true });
    const s = await ready(poststelle, ['Eins'], { profilId });
    await approveAll(poststelle, s.id);
    await close(poststelle, s.id);
    await schreibe(s.id);
    expect(await refusal(transfer(poststelle, s.id))).toBe('409 scanstelle.vier_augen');
    expect((await transfer(mandant.as('poststelle', ['10.1']), s.id)).status).toBe('uebernommen');
  });
  test('RS-03: with a manifest nothing goes on before it is whole, and a difference only with a reason', async () => {
    const { poststelle, createStapel, job, lies, work, get } = await newScanstelle();
    const { sammeln, trennen } = await import('../server/verarbeitung/jobs.ts');
    const manifest = JSON.stringify({ fassung: 1, stapel: 'Morgenpost', station: 'Scanner 2', bediener: 'Gerd Öhler', gescannt: '2026-11-20T07:12:00+01:00', posteingangsdatum: '2026-11-20', seiten: 4, dateien: [{ name: '1.pdf' }, { name: '2.pdf' }] });
    const { id } = await createStapel(poststelle, [['m.stapel.json', manifest], ['1.pdf', await makeScan(['Eins', 'Zwei'])]]);
    await work(id);
    expect(await get(poststelle, id)).toMatchObject({ status: 'eingetroffen', seiten: 0, hindernis: { art: 'wartet', text: 'wartet auf die Datei „2.pdf“' }, bezeichnung: 'Morgenpost' });
    const { upload } = await import('./hilfe.ts');
    await poststelle.call(api.createStapeldateien, { params: { id }, body: { art: 'scan', inhaltIds: [await upload(poststelle, await makeScan(['Drei']), '2.pdf', 'application/pdf')] } });
    await work(id);
    expect(await get(poststelle, id)).toMatchObject({ status: 'eingetroffen', hindernis: { text: 'passt nicht zum Manifest: erwartet 4 Seiten, da sind 3' }, briefliste: [] });
    expect(await refusal(poststelle.call(api.closeStapelhindernis, { params: { id }, body: { grund: '' } }))).toContain('422');
    await poststelle.call(api.closeStapelhindernis, { params: { id }, body: { grund: 'Deckel des Zählers klemmte, am Papier nachgezählt' } });
    await lies(id);
    await job(trennen, id);
    expect(await get(poststelle, id)).toMatchObject({ status: 'zu_pruefen', seiten: 3, gescanntVon: 'Gerd Öhler', station: 'Scanner 2', posteingangsdatum: '2026-11-20', hindernis: null });
    await job(sammeln, id); // a late one changes nothing
    expect((await get(poststelle, id)).status).toBe('zu_pruefen');
  });
});
