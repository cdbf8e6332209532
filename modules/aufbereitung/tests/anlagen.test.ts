import { afterAll, beforeAll, expect, test } from 'vitest';
import { AktenplanAnlegen, AktenplaneinheitAnlegen } from '#modules/aktenplan/contract.ts';
import { createAktenplan, createAktenplaneinheit } from '#modules/aktenplan/server/index.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { newMandant } from '#platform/testing/test.ts';
import { randomUUID } from 'node:crypto';
import { makeMail, makePdf } from './hilfen.ts';
import { clientOf, database, endLauf, startJobs } from './lauf.ts';

beforeAll(() => startJobs());
afterAll(endLauf);

async function withAkte() {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  const plan = await database.write(mandant.system, (tx) => createAktenplan(tx, AktenplanAnlegen.parse({ bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' })));
  const einheit = await database.write(mandant.system, (tx) => createAktenplaneinheit(tx, AktenplaneinheitAnlegen.parse({ aktenplanId: plan.id, kennzeichen: '10', betreffKurz: 'Verwaltung' })));
  const { call, inject } = clientOf(ctx);
  const akte = await call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: 'Anfragen', federfuehrungId: mandant.oe('amt-10') } });
  const upload = async (inhalt: Buffer, name: string) => (await inject('POST', '/inhalte', { 'content-type': 'message/rfc822', 'x-dateiname': name, 'idempotency-key': randomUUID() }, inhalt)).json<{ id: string }>().id;
  return { call, inject, akte, upload };
}

test('PE-07 attachments of a filed mail become its Anlagen, those of a mail in the mail those of that one; each once', { timeout: 120_000 }, async () => {
  const { call, inject, akte, upload } = await withAkte();
  const innen = makeMail({ kopf: { Subject: 'Weitergeleitet' }, text: 'Innere Nachricht', anlagen: [{ name: 'plan.pdf', mime: 'application/pdf', inhalt: await makePdf(['Lageplan']) }] });
  const mail = makeMail({ text: 'Siehe Anlagen', anlagen: [{ name: 'Antrag.txt', mime: 'text/plain', inhalt: Buffer.from('Bauantrag') }, { name: 'weiter.eml', mime: 'message/rfc822', inhalt: innen }] });
  const d = await call(schriftgut.createDokument, { body: {
    akteId: akte.id, art: 'eingang', betreff: 'Bauantrag', datumDesSchreibens: '2026-11-20', posteingangsdatum: '2026-11-20', kontakte: [{ art: 'absender', familienname: 'Müller' }], formate: [{ inhaltId: await upload(mail, 'Mail.eml') }],
  } });
  const teile = async (id: typeof d.id, anzahl: number) => {
    for (const bis = performance.now() + 90_000; ;) {
      const { teile: da } = await call(schriftgut.getDokument, { params: { id } });
      if (da.length >= anzahl) return da;
      if (performance.now() > bis) throw new Error(`${da.length} of ${anzahl} Anlagen`);
      await new Promise((r) => setTimeout(r, 200));
    }
  };
  const anlagen = await teile(d.id, 2);
  expect(anlagen.map((t) => [t.betreff, t.rolle, t.datum])).toEqual([['Antrag', 'anlage', '2026-11-20'], ['weiter', 'anlage', '2026-11-20']]);
  expect((await teile(anlagen[1]!.id, 1)).map((t) => t.betreff)).toEqual(['plan']);
  expect((await inject('GET', `/inhalte/${anlagen[0]!.datei!.inhaltId}`)).body).toBe('Bauantrag');
  // the same mail under a new version brings nothing twice
  await call(schriftgut.createVersion, { params: { id: d.id }, body: { formate: [{ inhaltId: await upload(Buffer.from('kein Brief'), 'x.txt') }] } });
  expect(await teile(d.id, 2)).toHaveLength(2);
});
