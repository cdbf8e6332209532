import { expect, test } from 'vitest';
import { api as ablage } from '#modules/ablage/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { appUrl } from '#platform/testing/database.ts';
import { buildTestHttp, database, modules, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { createAnlagen } from '../server/index.ts';
import { EINGANG, newBehoerde, refusal, upload, type Person } from './hilfe.ts';

const http = await buildTestHttp(modules);
const download = async (wer: Person, inhaltId: string) => http.inject({ method: 'GET', url: API + ablage.downloadInhalt.path.replace(':id', inhaltId), headers: { authorization: wer.id } });
async function withBrief() {
  const b = await newBehoerde();
  const { id: akteId } = await b.akte();
  const d = await b.sb.call(api.createDokument, { body: { akteId, art: 'intern', betreff: 'Vermerk', datumDesSchreibens: '2026-10-05', formate: [{ inhaltId: await upload(http, b.sb, 'erste', 'v1.docx') }] } });
  return { ...b, akteId, d };
}

test('ST-04 a new content is a new version; the old one stays, with all its formats, readable and unchangeable', async () => {
  const { sb, d } = await withBrief();
  const mitPdf = await sb.call(api.createFormat, { params: { id: d.id }, body: { inhaltId: await upload(http, sb, 'pdfa', 'v1.pdf'), art: 'pdfa' } });
  await sb.call(api.createFormat, { params: { id: d.id }, body: { inhaltId: await upload(http, sb, 'sig', 'v1.pdf.p7s'), art: 'signatur', signaturZu: 1 } });
  expect(mitPdf.aktuelleVersion!.formate.map((f) => [f.art, f.formatCode])).toEqual([['original', '035'], ['pdfa', '044']]);
  const zwei = await sb.call(api.createVersion, { params: { id: d.id }, body: { formate: [{ inhaltId: await upload(http, sb, 'zweite', 'v2.docx') }], bemerkung: 'Nach Rücksprache' } });
  expect(zwei).toMatchObject({ versionNummer: 2, datei: { dateiname: 'v2.docx' } });
  const { eintraege } = await sb.call(api.listVersionen, { params: { id: d.id } });
  expect(eintraege.map((v) => [v.nummer, v.formate.map((f) => f.art), v.abgeschlossenAm !== null])).toEqual([[2, ['original'], false], [1, ['original', 'pdfa', 'signatur'], true]]);
  expect(eintraege[1]!.formate[2]!.signaturZu).toBe(eintraege[1]!.formate[1]!.id);
  expect((await download(sb, eintraege[1]!.formate[0]!.inhaltId)).body).toBe('erste');
  // the database itself refuses to write into what is closed
  await expect(queryAs(appUrl, `begin; set local app.mandant = '${sb.ctx.mandantId}'; update schriftgut.format set dateiname = 'x' where version_id = '${eintraege[1]!.id}'`)).rejects.toMatchObject({ code: '23514' });
  await expect(queryAs(appUrl, `begin; set local app.mandant = '${sb.ctx.mandantId}'; update schriftgut.dokumentversion set nummer = 9 where id = '${eintraege[1]!.id}'`)).rejects.toMatchObject({ code: '23514' });
});

test('ST-04 finalised: neither metadata nor files change, only a new version supersedes it; un-finalising needs a Recht and brings back the original content', async () => {
  const { sb, as, d } = await withBrief();
  const leitung = as('leitung');
  const final = await sb.call(api.closeDokument, { params: { id: d.id } });
  expect(final).toMatchObject({ finalisiert: true, aktuelleVersion: { abgeschlossenAm: expect.any(String) } });
  expect(await refusal(sb.call(api.updateDokument, { params: { id: d.id }, ifMatch: final.version, body: { betreff: 'y' } }))).toMatchObject({ status: 409, code: 'dokument.finalisiert' });
  expect(await refusal(sb.call(api.createFormat, { params: { id: d.id }, body: { inhaltId: await upload(http, sb, 'x') } }))).toMatchObject({ code: 'dokument.version_abgeschlossen' });
  expect(await refusal(sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Anlage' } }))).toMatchObject({ code: 'dokument.finalisiert' });
  expect(await refusal(sb.call(api.closeDokument, { params: { id: d.id } }))).toMatchObject({ code: 'dokument.finalisiert' });
  const ersetzt = await sb.call(api.createVersion, { params: { id: d.id }, body: { formate: [{ inhaltId: await upload(http, sb, 'ersetzt', 'neu.docx') }] } });
  expect(ersetzt).toMatchObject({ finalisiert: true, versionNummer: 2, aktuelleVersion: { abgeschlossenAm: expect.any(String) } });
  expect(await refusal(sb.call(api.reopenDokument, { params: { id: d.id }, body: { grund: 'Fehler' } }))).toMatchObject({ status: 403, details: { recht: 'dokument.definalisieren' } });
  const offen = await leitung.call(api.reopenDokument, { params: { id: d.id }, body: { grund: 'Zahlendreher' } });
  expect(offen).toMatchObject({ finalisiert: false, versionNummer: 3, aktuelleVersion: { abgeschlossenAm: null, formate: [{ sha256: ersetzt.aktuelleVersion!.formate[0]!.sha256, dateiname: 'neu.docx' }] } });
  expect((await download(sb, offen.datei!.inhaltId)).body).toBe('ersetzt');
  await sb.call(api.updateDokument, { params: { id: d.id }, ifMatch: offen.version, body: { betreff: 'berichtigt' } });
});

test('ST-04 a draft and a Dokument without a file cannot be finalised', async () => {
  const { sb, akteId } = await withBrief();
  const leer = await sb.call(api.createDokument, { body: { akteId, art: 'intern', betreff: 'ohne Datei', datumDesSchreibens: '2026-10-05' } });
  expect(await refusal(sb.call(api.closeDokument, { params: { id: leer.id } }))).toMatchObject({ code: 'dokument.ohne_fassung' });
  const entwurf = await sb.call(api.createDokument, { body: { akteId, art: 'ausgang', entwurf: true, betreff: 'Bescheid', datumDesSchreibens: '2026-10-05', formate: [{ inhaltId: await upload(http, sb, 'x') }] } });
  expect(await refusal(sb.call(api.closeDokument, { params: { id: entwurf.id } }))).toMatchObject({ code: 'dokument.entwurf' });
});

test('ST-04 five versions at once get five numbers', async () => {
  const { sb, d } = await withBrief();
  const inhalte = await Promise.all([1, 2, 3, 4, 5].map((n) => upload(http, sb, `Inhalt ${n}`, `${n}.txt`)));
  await Promise.all(inhalte.map((inhaltId) => sb.call(api.createVersion, { params: { id: d.id }, body: { formate: [{ inhaltId }] } })));
  expect((await sb.call(api.listVersionen, { params: { id: d.id } })).eintraege.map((v) => v.nummer)).toEqual([6, 5, 4, 3, 2, 1]);
});

test('two users at once: the second change of metadata is told that the first came before (412), without If-Match 428', async () => {
  const { sb, as, d } = await withBrief();
  const zweite = as('sachbearbeitung');
  const answers = await Promise.allSettled([sb, zweite].map((wer, i) => wer.call(api.updateDokument, { params: { id: d.id }, ifMatch: d.version, body: { betreff: `Fassung ${i}` } })));
  expect(answers.map((a) => a.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(answers.find((a) => a.status === 'rejected')).toMatchObject({ reason: { status: 412, code: 'allgemein.veraltet' } });
  expect((await http.inject({ method: 'PATCH', url: `${API}/dokumente/${d.id}`, headers: { authorization: sb.id }, payload: { betreff: 'x' } })).statusCode).toBe(428);
});

test('content is read through the Dokument: who may see it but not read it gets no file, who cannot see it finds nothing', async () => {
  const { sb, as, d } = await withBrief();
  const { inhaltId } = d.datei!;
  expect((await download(sb, inhaltId)).statusCode).toBe(200);
  expect((await download(as('sachbearbeitung', ['amt-99']), inhaltId)).statusCode).toBe(404);
});

test('attachments of an e-mail become Anlagen, once, however often they are delivered', async () => {
  const { sb, akteId, system } = await withBrief();
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, akteId, formate: [{ inhaltId: await upload(http, sb, 'mail', 'mail.eml') }], anlagen: [{ inhaltId: await upload(http, sb, 'plan', 'Lageplan_Nord.pdf') }] } });
  expect(d.teile).toMatchObject([{ betreff: 'Lageplan Nord', rolle: 'anlage', art: 'eingang', datum: d.datum, datei: { dateiname: 'Lageplan_Nord.pdf' } }]);
  const inhaltId = d.teile[0]!.datei!.inhaltId;
  expect(await database.write(system, (tx) => createAnlagen(tx, d.id, [{ inhaltId, dateiname: 'nochmal.pdf' }]))).toEqual([]);
  expect((await sb.call(api.getDokument, { params: { id: d.id } })).anlagen).toBe(1);
});
