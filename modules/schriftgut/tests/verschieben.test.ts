import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTestHttp, modules } from '#platform/testing/test.ts';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, upload, vorgangIn, type Person } from './hilfe.ts';

const http = await buildTestHttp(modules);
const dokumentIn = (wer: Person, vorgangId: string, betreff = 'Bauantrag', more: object = {}) => wer.call(api.createDokument, { body: { ...EINGANG, betreff, vorgangId, ...more } });

test('ST-07 AZ-05 a Dokument moves with its Anlagen, keeps id, versions and history, and is still found by its old Kennzeichen', async () => {
  const { sb, akte, ereignisse } = await newBehoerde();
  const [a, b] = [await akte(), await akte({ betreff: 'Andere Akte' })];
  const [v, w] = [await vorgangIn(sb, a.id), await vorgangIn(sb, b.id)];
  await dokumentIn(sb, w.id, 'war schon da');
  const d = await dokumentIn(sb, v.id, 'Bauantrag', { formate: [{ inhaltId: await upload(http, sb, 'x') }] });
  const anlage = await sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Lageplan' } });
  const neu = await sb.call(api.moveDokument, { params: { id: d.id }, ifMatch: d.version, body: { vorgangId: w.id, grund: 'Falsch abgelegt' } });
  expect(neu).toMatchObject({ id: d.id, akteId: b.id, vorgangId: w.id, nummer: 2, kennzeichen: `${w.kennzeichen}-002`, versionNummer: 1, aktuelleVersion: { id: d.aktuelleVersion!.id }, fruehereKennzeichen: [{ kennzeichen: d.kennzeichen, grund: 'Falsch abgelegt' }] });
  expect(neu.teile).toMatchObject([{ id: anlage.id, akteId: b.id, kennzeichen: `${w.kennzeichen}-002.1` }]);
  expect((await sb.call(api.listDokumente, { query: { text: d.kennzeichen } })).eintraege.map((x) => x.id)).toEqual([d.id]);
  expect((await ereignisse()).find((e) => e.art === 'dokument.verschoben')).toMatchObject({
    objekte: ['akte', 'akte', 'dokument', 'dokument', 'vorgang', 'vorgang'],
    daten: { von: { id: v.id, bezeichnung: `${v.kennzeichen} Antrag` }, nach: { id: w.id }, kennzeichen: { alt: d.kennzeichen, neu: neu.kennzeichen }, grund: 'Falsch abgelegt' },
  });
  expect(await refusal(sb.call(api.moveDokument, { params: { id: d.id }, ifMatch: d.version, body: { akteId: a.id } }))).toMatchObject({ status: 412 });
  expect(await refusal(sb.call(api.moveDokument, { params: { id: d.id }, ifMatch: neu.version, body: { vorgangId: w.id } }))).toMatchObject({ code: 'dokument.ort_unveraendert' });
  expect(await refusal(sb.call(api.moveDokument, { params: { id: d.id }, ifMatch: neu.version, body: { parentId: anlage.id } }))).toMatchObject({ code: 'dokument.in_sich' });
  // the place it left does not give its number to the next
  expect((await dokumentIn(sb, v.id)).nummer).toBe(2);
});

test('ST-07 an Anlage becomes a Dokument of its own and comes from whom its e-mail came; and the other way round', async () => {
  const { sb, akte } = await newBehoerde();
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const mail = await dokumentIn(sb, v.id, 'E-Mail mit Rechnung');
  const anlage = await sb.call(api.createDokument, { body: { parentId: mail.id, betreff: 'Rechnung', posteingangsdatum: mail.posteingangsdatum! } });
  const eigen = await sb.call(api.moveDokument, { params: { id: anlage.id }, ifMatch: 1, body: { akteId: a.id } });
  expect(eigen).toMatchObject({ parentId: null, rolle: null, vorgangId: null, absender: ['Lena Hoffmann'], kennzeichen: `${a.aktenzeichen}-002` });
  expect(await sb.call(api.moveDokument, { params: { id: anlage.id }, ifMatch: eigen.version, body: { parentId: mail.id } })).toMatchObject({ parentId: mail.id, rolle: 'anlage', vorgangId: v.id, kennzeichen: `${mail.kennzeichen}.2` });
});

test('ST-07 a Vorgang moves with Teilvorgängen and Dokumenten to another Akte and back; ids and references stay', async () => {
  const { sb, akte } = await newBehoerde();
  const [a, b] = [await akte(), await akte({ betreff: 'Ziel' })];
  const v = await vorgangIn(sb, a.id);
  const tv = await sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'Teil' } });
  const d = await dokumentIn(sb, tv.id);
  await sb.call(api.createVerweis, { body: { von: { typ: 'akte', id: b.id }, zielId: d.id } });
  const neu = await sb.call(api.moveVorgang, { params: { id: v.id }, ifMatch: v.version, body: { akteId: b.id, grund: 'Zuständigkeit' } });
  expect(neu).toMatchObject({ id: v.id, akteId: b.id, kennzeichen: `${b.aktenzeichen}-01`, tiefe: 2 });
  expect(await sb.call(api.getDokument, { params: { id: d.id } })).toMatchObject({ akteId: b.id, vorgangId: tv.id, kennzeichen: `${b.aktenzeichen}-01-01-001` });
  expect((await sb.call(api.getAkte, { params: { id: b.id } })).verweise).toMatchObject([{ zustand: 'aufgeloest', zielId: d.id, kennzeichen: `${b.aktenzeichen}-01-01-001` }]);
  expect(await refusal(sb.call(api.moveVorgang, { params: { id: v.id }, ifMatch: neu.version, body: { parentId: tv.id, grund: 'x' } }))).toMatchObject({ code: 'vorgang.in_sich' });
  expect(await sb.call(api.moveVorgang, { params: { id: v.id }, ifMatch: neu.version, body: { akteId: a.id, grund: 'doch nicht' } })).toMatchObject({ kennzeichen: `${a.aktenzeichen}-02`, fruehereKennzeichen: [{}, {}] });
});

test('ST-07 AZ-05 an Akte is umgeschrieben: new unit, new Aktenzeichen through and through, the old one goes on finding it; it may keep its Aktenzeichen', async () => {
  const { sb, akte, as, addEinheit, einheitId } = await newBehoerde();
  const ziel = await addEinheit('642');
  const registratur = as('registratur');
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const d = await dokumentIn(sb, v.id);
  expect(await refusal(sb.call(api.moveAkte, { params: { id: a.id }, ifMatch: 1, body: { aktenplaneinheitId: ziel, grund: 'x' } }))).toMatchObject({ status: 403 });
  const neu = await registratur.call(api.moveAkte, { params: { id: a.id }, ifMatch: 1, body: { aktenplaneinheitId: ziel, grund: 'Aktenplan geändert' } });
  expect(neu.aktenzeichen).toMatch(/^642/);
  expect(neu).toMatchObject({ id: a.id, aktenplaneinheit: { id: ziel, kennzeichen: '642' }, fruehereKennzeichen: [{ kennzeichen: a.aktenzeichen }] });
  expect((await sb.call(api.getDokument, { params: { id: d.id } })).kennzeichen).toBe(`${neu.aktenzeichen}-01-001`);
  // the federführende OE still has it: its Schutzbereich is now that below the new unit
  expect((await sb.call(api.getAkte, { params: { id: a.id } })).schutzId).not.toBe(a.schutzId);
  for (const text of [a.aktenzeichen, a.aktenzeichen.replaceAll(/[/.-]/g, ' ')]) expect((await sb.call(api.listAkten, { query: { text } })).eintraege.map((x) => x.id)).toEqual([a.id]);
  const behalten = await registratur.call(api.moveAkte, { params: { id: a.id }, ifMatch: neu.version, body: { aktenplaneinheitId: einheitId, aktenzeichenBehalten: true, grund: 'zurück' } });
  expect(behalten).toMatchObject({ aktenzeichen: neu.aktenzeichen, aktenplaneinheit: { id: einheitId } });
});

test('ST-07 an Akte becomes a Teilakte and comes out again', async () => {
  const { sb, akte, as } = await newBehoerde();
  const registratur = as('registratur');
  const [a, b] = [await akte(), await akte()];
  const v = await vorgangIn(sb, a.id);
  const teil = await registratur.call(api.moveAkte, { params: { id: a.id }, ifMatch: 1, body: { parentId: b.id, grund: 'Zusammenlegung' } });
  expect(teil).toMatchObject({ parentId: b.id, tiefe: 2, aktenzeichen: `${b.aktenzeichen}-T01` });
  expect(await sb.call(api.getVorgang, { params: { id: v.id } })).toMatchObject({ tiefe: 3, kennzeichen: `${b.aktenzeichen}-T01-01` });
  expect(await refusal(registratur.call(api.moveAkte, { params: { id: b.id }, ifMatch: b.version, body: { parentId: a.id, grund: 'x' } }))).toMatchObject({ code: 'akte.in_sich' });
  const heraus = await registratur.call(api.moveAkte, { params: { id: a.id }, ifMatch: teil.version, body: { parentId: null, grund: 'wieder getrennt' } });
  expect(heraus).toMatchObject({ parentId: null, tiefe: 1, nummer: null });
  expect(heraus.aktenzeichen).not.toMatch(/-T/);
});

test('ST-01 ST-07 whatever is moved where, no path gets deeper than five, nothing lies in itself, and numbers in a container are unique', async () => {
  const { sb, akte } = await newBehoerde();
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 10 }), async (moves) => {
    const a = await akte();
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) { // a chain of four, and two beside it
      const parentId = i > 0 && i < 4 ? ids[i - 1]! : undefined;
      ids.push((await sb.call(api.createVorgang, { body: { ...(parentId ? { parentId: parentId as never } : { akteId: a.id }), betreff: `V${i}` } })).id);
    }
    for (const [was, wohin] of moves) {
      const { version } = await sb.call(api.getVorgang, { params: { id: ids[was] as never } });
      const answer = await sb.call(api.moveVorgang, { params: { id: ids[was] as never }, ifMatch: version, body: { ...(wohin === was ? { akteId: a.id } : { parentId: ids[wohin] as never }), grund: 'x' } }).then(() => 'ok', (e) => e.code);
      expect(['ok', 'schriftgut.zu_tief', 'vorgang.in_sich', 'vorgang.ort_unveraendert']).toContain(answer);
    }
    const all = (await sb.call(api.listVorgaenge, { query: { akteId: [a.id] } })).eintraege;
    const byId = new Map(all.map((v) => [v.id as string, v]));
    for (const v of all) {
      let tiefe = 2;
      for (let oben = v.parentId; oben !== null; oben = byId.get(oben)!.parentId) expect(++tiefe).toBeLessThanOrEqual(5);
      expect((await sb.call(api.getVorgang, { params: { id: v.id } })).tiefe).toBe(tiefe);
    }
    const nummern = all.map((v) => `${v.parentId ?? a.id} ${v.nummer}`);
    expect(new Set(nummern).size).toBe(nummern.length);
  }), { numRuns: 6 });
}, 120_000);

test('BE-02 before a move it is said who would lose and who would gain, as it then is; nothing is changed by asking', async () => {
  const { sb, akte, as, mandant, oe } = await newBehoerde().then((b) => ({ ...b, mandant: b }));
  const nachbar = as('sachbearbeitung', ['amt-20']);
  const registratur = as('registratur');
  const von = await akte();
  const nach = await akte({ federfuehrungId: oe('amt-20') }, registratur);
  const v = await vorgangIn(sb, von.id);
  const body = { akteId: nach.id, grund: 'falsche Akte' };
  const wer = async () => new Map((await registratur.call(zugriff.listBerechtigte, { params: { typ: 'vorgang', id: v.id as never }, query: { limit: 100 } })).eintraege.map((z) => [z.id, z.stufe]));
  const [vorher, ereignisse] = [await wer(), (await mandant.ereignisse()).length];
  const vorschau = await registratur.call(api.previewMoveVorgang, { params: { id: v.id }, ifMatch: v.version, body });
  expect(vorschau).toMatchObject({ verlieren: 1, gewinnen: 1, personen: [{ id: sb.id, von: 'bearbeiten', nach: null }, { id: nachbar.id, von: null, nach: 'bearbeiten' }] });
  expect([await wer(), (await mandant.ereignisse()).length]).toEqual([vorher, ereignisse]);
  await registratur.call(api.moveVorgang, { params: { id: v.id }, ifMatch: v.version, body });
  const nachher = await wer();
  for (const { id, von: davor, nach: danach } of vorschau.personen!) expect([vorher.get(id) ?? null, nachher.get(id) ?? null]).toEqual([davor, danach]);
  for (const [id, stufe] of nachher) if (!vorschau.personen!.some((p) => p.id === id)) expect(vorher.get(id)).toBe(stufe);
});
