import { PDFDocument } from 'pdf-lib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { closeArbeitsbereich } from '#modules/aufbereitung/server/konverter/index.ts';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { api, type Stapel } from '../contract.ts';
import { closeScanbild } from '../server/bild/index.ts';
import { zerlegen } from '../server/verarbeitung/jobs.ts';
import { download, http, makeScan, newScanstelle, refusal, upload } from './hilfe.ts';

vi.setConfig({ testTimeout: 300_000 });
afterAll(async () => { await closeScanbild(); await closeArbeitsbereich(); });
/** Pages in their order as letter and page of the file: `1:2` is page 2 of the file, in the first letter; in brackets what is not in it. */
const bild = (s: Stapel) => s.seitenliste.map((x) => { const b = s.briefliste.findIndex((y) => y.id === x.briefId) + 1; return x.status === 'da' ? `${b}:${x.seite}` : `(${x.seite})`; }).join(' ');

describe('the check page', () => {
  test('split, merge, move, remove, restore, turn: each step names what it did, and each can be taken back', async () => {
    const { poststelle, ready, step, mandant } = await newScanstelle();
    let s = await ready(poststelle, ['Eins', 'Zwei', 'Drei', 'Vier']);
    const [p1, p2, p3, p4] = s.seitenliste.map((x) => x.id);
    const tu = async (schritt: object) => { s = await step(poststelle, s.id, schritt); return bild(s); };
    expect(await tu({ art: 'teilen', seiteId: p3 })).toBe('1:1 1:2 2:3 2:4');
    expect(await refusal(tu({ art: 'teilen', seiteId: p3 }))).toBe('409 scanstelle.teilung_am_anfang');
    expect(await tu({ art: 'verschieben', seiteId: p4, vor: p2 })).toBe('1:1 1:4 1:2 2:3');
    expect(await tu({ art: 'verschieben', seiteId: p4, vor: null })).toBe('1:1 1:2 2:3 2:4');
    expect(await tu({ art: 'verschieben', seiteId: p1, vor: p4 })).toBe('1:2 2:3 2:1 2:4');
    expect(await tu({ art: 'verschieben', seiteId: p1, vor: p2 })).toBe('1:1 1:2 2:3 2:4');
    expect(await tu({ art: 'entfernen', seiteIds: [p2] })).toBe('1:1 (2) 2:3 2:4');
    expect(await tu({ art: 'wiederherstellen', seiteIds: [p2] })).toBe('1:1 1:2 2:3 2:4');
    await tu({ art: 'drehen', seiteIds: [p1], um: 270 });
    await tu({ art: 'drehen', seiteIds: [p1], um: 180 });
    expect(s.seitenliste[0]!.drehungHand).toBe(90);
    expect(await tu({ art: 'verbinden', briefId: s.briefliste[1]!.id })).toBe('1:1 1:2 1:3 1:4');
    expect(await refusal(tu({ art: 'verbinden', briefId: s.briefliste[0]!.id }))).toBe('409 scanstelle.erster_brief');
    const schritte = (await mandant.ereignisse()).filter((e) => e.art === 'scanstapel.bearbeitet').map((e) => e.daten.schritt);
    expect(schritte).toEqual(['teilen', 'verschieben', 'verschieben', 'verschieben', 'verschieben', 'entfernen', 'wiederherstellen', 'drehen', 'drehen', 'verbinden']);
  });
  test('a step from an old version is refused; one with a page of another batch as well', async () => {
    const { poststelle, ready, step } = await newScanstelle();
    const s = await ready(poststelle, ['Eins', 'Zwei']), anderer = await ready(poststelle, ['Drei', 'Vier']);
    await step(poststelle, s.id, { art: 'teilen', seiteId: s.seitenliste[1]!.id });
    expect(await refusal(poststelle.call(api.updateStapelseiten, { params: { id: s.id }, ifMatch: s.version, body: { art: 'entfernen', seiteIds: [s.seitenliste[0]!.id] } }))).toBe('412 allgemein.veraltet');
    expect(await refusal(step(poststelle, s.id, { art: 'entfernen', seiteIds: [anderer.seitenliste[0]!.id] }))).toBe('422 scanstelle.seite_fremd');
  });
  test('blank pages are taken out with their picture kept; restored they are in the letter again', async () => {
    const { poststelle, ready, step, approveAll, close, schreibe, transfer } = await newScanstelle();
    let s = await ready(poststelle, ['Eins', '', 'Zwei', '']);
    expect(bild(s)).toBe('1:1 (2) 1:3 (4)');
    expect(s.seitenliste[1]).toMatchObject({ status: 'leer', bild: true });
    const antwort = await http.inject({ method: 'GET', url: `${API}/scanstelle/stapel/${s.id}/seiten/${s.seitenliste[1]!.id}/bild?groesse=daumen`, headers: { authorization: poststelle.id } });
    expect([antwort.statusCode, antwort.headers['content-type'], antwort.rawPayload.subarray(8, 12).toString()]).toEqual([200, 'image/webp', 'WEBP']);
    s = await step(poststelle, s.id, { art: 'wiederherstellen', seiteIds: [s.seitenliste[3]!.id] });
    expect(bild(s)).toBe('1:1 (2) 1:3 1:4');
    await approveAll(poststelle, s.id);
    await close(poststelle, s.id);
    await schreibe(s.id);
    await transfer(poststelle, s.id);
    const [e] = (await poststelle.call(posteingang.listEingaenge, { query: {} })).eintraege;
    const { inhaltId } = await poststelle.call(posteingang.getEingang, { params: { id: e!.id } });
    expect((await PDFDocument.load((await download(poststelle, inhaltId!)).rawPayload)).getPageCount()).toBe(3);
    expect((await poststelle.call(api.getTransfervermerk, { params: { id: e!.id } }))!.aenderungen).toEqual(['1 Seite als leer erkannt und nicht übernommen (Seite 2 der Rohdatei)']);
  });
  test('a page marked for rescan holds the batch until a later scan has taken its place; a scan of another length takes none', async () => {
    const { poststelle, ready, step, approveAll, close, lies, get } = await newScanstelle();
    const s = await ready(poststelle, ['Eins', 'Zwei', 'Drei']);
    const nachscan = async (texte: string[]) => { const id = await upload(poststelle, await makeScan(texte), 'Nachscan.pdf', 'application/pdf'); await poststelle.call(api.createStapeldateien, { params: { id: s.id }, body: { art: 'nachscan', inhaltIds: [id] } }); await lies(s.id); };
    expect(await refusal(nachscan(['x']))).toBe('409 scanstelle.kein_nachscan');
    await step(poststelle, s.id, { art: 'nachscan', seiteIds: [s.seitenliste[1]!.id], an: true });
    await approveAll(poststelle, s.id);
    expect(await refusal(close(poststelle, s.id))).toBe('409 scanstelle.nicht_fertig');
    await nachscan(['Neu eins', 'Neu zwei']);
    expect((await get(poststelle, s.id)).offen.map((o) => o.art)).toContain('nachscan_passt_nicht');
    await nachscan(['Zwei, besser']);
    const neu = await get(poststelle, s.id);
    expect(neu.seitenliste.filter((x) => x.position >= 0).map((x) => [x.position, x.status, x.rohdateiId === s.seitenliste[0]!.rohdateiId])).toEqual([[0, 'da', true], [1, 'ersetzt', true], [1, 'da', false], [2, 'da', true]]);
    expect([neu.briefliste[0]!.ergebnis, neu.offen.map((o) => o.art)]).toEqual([null, ['stichprobe']]); // the letter has changed: it is to be looked at again
    await approveAll(poststelle, s.id);
    expect((await close(poststelle, s.id)).status).toBe('geprueft');
  });
  test('a checked batch does not change; reopened it does, and its letters are written anew', async () => {
    const { poststelle, ready, step, approveAll, close, schreibe, transfer, job } = await newScanstelle();
    const s = await ready(poststelle, ['Eins', 'Zwei']);
    await approveAll(poststelle, s.id);
    await close(poststelle, s.id);
    await schreibe(s.id);
    expect(await refusal(step(poststelle, s.id, { art: 'teilen', seiteId: s.seitenliste[1]!.id }))).toBe('409 scanstelle.nicht_im_stand');
    expect((await poststelle.call(api.reopenStapelpruefung, { params: { id: s.id } })).status).toBe('zu_pruefen');
    await step(poststelle, s.id, { art: 'teilen', seiteId: s.seitenliste[1]!.id });
    await approveAll(poststelle, s.id);
    await close(poststelle, s.id);
    await job(zerlegen, s.id); // one that comes late finds nothing to do
    await schreibe(s.id);
    expect((await transfer(poststelle, s.id)).briefliste).toHaveLength(2);
  });
});
