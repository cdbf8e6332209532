import { expect, test } from 'vitest';
import { database } from '#platform/testing/test.ts';
import { grantFreigabe } from '#modules/zugriff/server/index.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, vorgangIn } from './hilfe.ts';

test('UX-02 lists: exact count, pages that hold together, filters by plan, OE, status, own, period, words and Kennzeichen', async () => {
  const { sb, akte, as, oe, addEinheit, system } = await newBehoerde();
  const zweite = await addEinheit('641');
  const akten: Awaited<ReturnType<typeof akte>>[] = [];
  for (let i = 0; i < 7; i++) akten.push(await akte({ betreff: i % 2 ? `Neubau ${i}` : `Abbruch 100%_${i}`, ...(i > 4 && { bearbeiterId: sb.id }), ...(i === 6 && { aktenplaneinheitId: zweite }) }));
  await database.write(system, async (tx) => { await grantFreigabe(tx, { schutzId: akten[0]!.schutzId, subjektArt: 'person', subjekt: sb.id, stufe: 'lesen' }); });
  const list = (query: object = {}) => sb.call(api.listAkten, { query: query as never });
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await list({ limit: 3, ...(cursor && { cursor }) });
    expect(page.gesamt).toBe(7);
    ids.push(...page.eintraege.map((a) => a.id));
    if (page.weiter === null) break;
    cursor = page.weiter;
  }
  expect(ids).toEqual(akten.map((a) => a.id));
  expect((await list({ sort: '-aktenzeichen', limit: 1 })).eintraege[0]!.id).toBe(ids[6]);
  for (const [query, gesamt] of [
    [{ eigene: 'true' }, 2], [{ bearbeiterId: [sb.id] }, 2], [{ aktenplaneinheitId: [zweite] }, 1], [{ federfuehrungId: [oe('amt-10')] }, 7], [{ federfuehrungId: [oe('amt-20')] }, 0], [{ status: ['zda'] }, 0],
    [{ status: ['zda', 'in_bearbeitung'] }, 7], [{ text: 'neubau' }, 3], [{ text: 'abbruch 100%_' }, 4], [{ text: '100x' }, 0], [{ text: akten[3]!.aktenzeichen }, 1], [{ von: '2020-01-01', bis: '2021-01-01' }, 0], [{ von: '2020-01-01' }, 7],
  ] as const) expect([query, (await list(query)).gesamt]).toEqual([query, gesamt]);
  await sb.call(api.createMerkung, { params: { typ: 'akte', id: akten[2]!.id } });
  expect((await list({ gemerkt: 'true' })).eintraege.map((a) => [a.id, a.gemerkt])).toEqual([[akten[2]!.id, true]]);
  expect(await refusal(list({ cursor: 'unsinn' }))).toMatchObject({ status: 422 });
  expect(await as('sachbearbeitung', ['amt-77']).call(api.listAkten, { query: {} })).toMatchObject({ gesamt: 0 });
});

test('the tree of an Akte: Teilakten, Vorgänge with their Dokumente, then Dokumente; paged, with exact counts', async () => {
  const { sb, akte } = await newBehoerde();
  const a = await akte();
  const teil = await sb.call(api.createAkte, { body: { parentId: a.id, betreff: 'Band 2' } });
  await sb.call(api.createDokument, { body: { ...EINGANG, akteId: teil.id } });
  const vorgaenge = [];
  for (let i = 0; i < 4; i++) vorgaenge.push(await vorgangIn(sb, a.id, { betreff: `Vorgang ${i}` }));
  await sb.call(api.createVorgang, { body: { parentId: vorgaenge[0]!.id, betreff: 'Teilvorgang' } });
  for (const tag of ['2026-01-01', '2026-03-01', '2026-02-01']) await sb.call(api.createDokument, { body: { vorgangId: vorgaenge[1]!.id, art: 'intern', betreff: tag, datumDesSchreibens: tag } });
  for (const tag of ['2026-05-01', '2026-06-01']) await sb.call(api.createDokument, { body: { akteId: a.id, art: 'intern', betreff: tag, datumDesSchreibens: tag } });
  await sb.call(api.closeVorgang, { params: { id: vorgaenge[3]!.id }, body: {} });
  const inhalt = (query: object = {}) => sb.call(api.listInhaltAkte, { params: { id: a.id }, query: query as never });
  const all = await inhalt();
  expect(all).toMatchObject({ gesamt: 7, weiter: null, anzahl: { teilakten: 1, vorgaenge: 4, dokumente: 2 } });
  const kurz = (e: (typeof all.eintraege)[number]) => (e.typ === 'teilakte' ? e.akte.betreff : e.typ === 'vorgang' ? e.vorgang.betreff : e.dokument.betreff);
  expect(all.eintraege.map(kurz)).toEqual(['Band 2', 'Vorgang 0', 'Vorgang 1', 'Vorgang 2', 'Vorgang 3', '2026-06-01', '2026-05-01']);
  expect(all.eintraege[0]).toMatchObject({ anzahl: 1 });
  expect(all.eintraege[1]).toMatchObject({ teilvorgaenge: 1, dokumente: { gesamt: 0 } });
  expect(all.eintraege[2]).toMatchObject({ letztesDatum: '2026-03-01', dokumente: { gesamt: 3, eintraege: [{ betreff: '2026-03-01' }, { betreff: '2026-02-01' }, { betreff: '2026-01-01' }] } });
  expect((await inhalt({ dokumente: 2 })).eintraege[2]).toMatchObject({ dokumente: { gesamt: 3, eintraege: [] } });
  expect((await inhalt({ nurOffene: 'true' })).anzahl.vorgaenge).toBe(3);
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await inhalt({ limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.eintraege.map(kurz));
    if (page.weiter === null) break;
    cursor = page.weiter;
  }
  expect(seen).toEqual(all.eintraege.map(kurz));
  expect((await sb.call(api.listInhaltVorgang, { params: { id: vorgaenge[0]!.id }, query: {} })).eintraege.map((e) => e.typ)).toEqual(['vorgang']);
});

test('favourites and »zuletzt gesehen« are one’s own, name what may still be seen, and need no Ereignis', async () => {
  const { sb, akte, as, ereignisse } = await newBehoerde();
  const a = await akte();
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, akteId: a.id } });
  const before = (await ereignisse()).length;
  for (const [typ, id] of [['akte', a.id], ['dokument', d.id]] as const) {
    await sb.call(api.createMerkung, { params: { typ, id } });
    await sb.call(api.createZuletztGesehen, { params: { typ, id } });
  }
  await sb.call(api.createZuletztGesehen, { params: { typ: 'akte', id: a.id } });
  expect((await sb.call(api.listMerkliste, {})).eintraege.map((e) => [e.typ, e.kennzeichen])).toEqual([['dokument', d.kennzeichen], ['akte', a.aktenzeichen]]);
  expect((await sb.call(api.listZuletztGesehen, { query: {} })).eintraege.map((e) => e.id)).toEqual([a.id, d.id]);
  expect((await sb.call(api.getAkte, { params: { id: a.id } })).gemerkt).toBe(true);
  expect((await as('leser').call(api.listMerkliste, {})).eintraege).toEqual([]);
  expect(await refusal(as('sachbearbeitung', ['amt-9']).call(api.createMerkung, { params: { typ: 'akte', id: a.id } }))).toMatchObject({ status: 404 });
  await sb.call(api.deleteMerkung, { params: { typ: 'akte', id: a.id } });
  expect((await sb.call(api.listMerkliste, {})).eintraege).toHaveLength(1);
  expect(await ereignisse()).toHaveLength(before);
});

test('BE-01 a Schutzbereich of its own for a Vorgang shuts out who has only the Akte, and what lies in it with it; taking it back opens it again', async () => {
  const { sb, akte, as, oeId } = await newBehoerde();
  const registratur = as('registratur');
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  expect(await refusal(sb.call(api.createEigenenSchutz, { params: { typ: 'vorgang', id: v.id }, body: { grund: 'Personalsache' } }))).toMatchObject({ status: 403 });
  await registratur.call(api.createEigenenSchutz, { params: { typ: 'vorgang', id: v.id }, body: { erbt: false, grund: 'Personalsache' } });
  for (const call of [() => sb.call(api.getVorgang, { params: { id: v.id } }), () => sb.call(api.getDokument, { params: { id: d.id } })]) expect(await refusal(call())).toMatchObject({ status: 404 });
  expect(await sb.call(api.listInhaltAkte, { params: { id: a.id }, query: {} })).toMatchObject({ gesamt: 0, anzahl: { vorgaenge: 0 } });
  // a hidden Vorgang still holds the Akte open, but is not named
  expect((await sb.call(api.getAkte, { params: { id: a.id } })).hindernisse.schliessen).toMatchObject([{ code: 'offene_vorgaenge', objekte: [] }]);
  const neu = await registratur.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  expect(await refusal(sb.call(api.getDokument, { params: { id: neu.id } }))).toMatchObject({ status: 404 });
  await registratur.call(api.deleteEigenenSchutz, { params: { typ: 'vorgang', id: v.id } });
  expect((await sb.call(api.getDokument, { params: { id: neu.id } })).schutzId).toBe(a.schutzId);
  expect(oeId).toBeTruthy();
});
