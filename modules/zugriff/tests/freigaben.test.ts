import { expect, test, vi } from 'vitest';
import { database, newMandant } from '#platform/testing/test.ts';
import { createOrganisationseinheit } from '#modules/organisation/server/index.ts';
import { api } from '../contract.ts';
import { createSchutzbereich, getWurzelSchutzbereich } from '../server/index.ts';

vi.setConfig({ testTimeout: 60_000 });
async function setUp() {
  const mandant = newMandant();
  const admin = mandant.as('administration', ['10']);
  const ids = await database.write(mandant.system, async (tx) => {
    const wurzel = await getWurzelSchutzbereich(tx);
    const gruppe = await createSchutzbereich(tx, { bezeichnung: '63 Bauen', parentId: wurzel });
    return { wurzel, gruppe, einheit: await createSchutzbereich(tx, { bezeichnung: '631.20 Anträge', parentId: gruppe }) };
  });
  return { mandant, admin, ...ids };
}

test('the tree is walked from the root; a Schutzbereich names its way, its own and its inherited Freigaben', async () => {
  const { mandant, admin, wurzel, gruppe, einheit } = await setUp();
  const { eintraege } = await admin.call(api.listSchutzbereiche, { query: {} });
  expect(eintraege).toMatchObject([{ id: wurzel, bezeichnung: 'Alle Akten', anzahlUnter: 1, anzahlFreigaben: 1 }]);
  const below = await admin.call(api.listSchutzbereiche, { query: { parentId: [wurzel as never] } });
  expect(below).toMatchObject({ gesamt: 1, eintraege: [{ id: gruppe, anzahlUnter: 1, anzahlFreigaben: 0 }] });
  expect((await admin.call(api.listSchutzbereiche, { query: { q: 'anträge' } })).eintraege).toMatchObject([{ id: einheit }]);
  await admin.call(api.grantFreigabe, { params: { id: einheit as never }, body: { subjektArt: 'oe', subjekt: mandant.oe('63.1'), stufe: 'bearbeiten' } });
  const bereich = await admin.call(api.getSchutzbereich, { params: { id: einheit as never } });
  expect(bereich.pfad.map((p) => p.bezeichnung)).toEqual(['Alle Akten', '63 Bauen', '631.20 Anträge']);
  expect(bereich.freigaben).toMatchObject([
    { subjektArt: 'oe', subjekt: { name: '63.1 63.1' }, stufe: 'bearbeiten', geerbt: false }, { subjektArt: 'rolle', subjekt: { name: 'Registratur' }, stufe: 'verwalten', geerbt: true, schutzbereich: { id: wurzel } },
  ]);
  expect(bereich.rechte).toEqual(['zugriff.verwalten']);
});

test('a cut lets nothing through from above, and is recorded', async () => {
  const { mandant, admin, wurzel, einheit } = await setUp();
  const { version } = await admin.call(api.getSchutzbereich, { params: { id: einheit as never } });
  const cut = await admin.call(api.updateSchutzbereich, { params: { id: einheit as never }, ifMatch: version, body: { erbt: false } });
  expect(cut).toMatchObject({ erbt: false, freigaben: [], version: version + 1 });
  await expect(admin.call(api.updateSchutzbereich, { params: { id: einheit as never }, ifMatch: version, body: { erbt: true } })).rejects.toMatchObject({ status: 412 });
  await expect(admin.call(api.updateSchutzbereich, { params: { id: wurzel as never }, ifMatch: 1, body: { erbt: false } })).rejects.toMatchObject({ code: 'schutzbereich.wurzel' });
  expect((await mandant.ereignisse()).at(-1)).toMatchObject({ art: 'schutzbereich.geaendert', akteur_id: admin.id, objekte: ['schutzbereich'] });
});

test('a Freigabe is given, changed, listed by whom it is for, and taken back; each is recorded with the person it concerns', async () => {
  const { mandant, admin, einheit } = await setUp();
  const clerk = mandant.as('sachbearbeitung', ['63.1']);
  const params = { id: einheit as never };
  const first = await admin.call(api.grantFreigabe, { params, body: { subjektArt: 'person', subjekt: clerk.id, stufe: 'sehen' } });
  const again = await admin.call(api.grantFreigabe, { params, body: { subjektArt: 'person', subjekt: clerk.id, stufe: 'lesen' } });
  expect(again.id).toBe(first.id);
  expect(await admin.call(api.listFreigaben, { query: { subjekt: [clerk.id] } })).toMatchObject({ gesamt: 1, eintraege: [{ stufe: 'lesen', schutzbereich: { bezeichnung: '631.20 Anträge' } }] });
  await admin.call(api.revokeFreigabe, { params: { id: first.id } });
  expect(await admin.call(api.listFreigaben, { query: { subjekt: [clerk.id] } })).toMatchObject({ gesamt: 0 });
  await expect(admin.call(api.revokeFreigabe, { params: { id: first.id } })).rejects.toMatchObject({ status: 404 });
  expect((await mandant.ereignisse()).slice(-3).map((e) => [e.art, e.objekte])).toEqual([
    ['freigabe.erteilt', ['benutzer', 'freigabe', 'schutzbereich']], ['freigabe.erteilt', ['benutzer', 'freigabe', 'schutzbereich']], ['freigabe.entzogen', ['benutzer', 'freigabe', 'schutzbereich']],
  ]);
});

test('BE-05 nobody grants to himself, nor to whom this Mandant does not know', async () => {
  const { mandant, admin, einheit } = await setUp();
  const params = { id: einheit as never };
  await expect(admin.call(api.grantFreigabe, { params, body: { subjektArt: 'person', subjekt: admin.id, stufe: 'lesen' } })).rejects.toMatchObject({ code: 'freigabe.selbst' });
  const foreign = newMandant();
  const stranger = foreign.as('leser');
  await stranger.call(api.listSchutzbereiche, { query: {} }).catch(() => {});
  for (const [subjektArt, subjekt] of [['person', stranger.id], ['oe', foreign.oe('amt-10')], ['rolle', foreign.rolle('leser')], ['oe', mandant.rolle('leser')]] as const) {
    await expect(admin.call(api.grantFreigabe, { params, body: { subjektArt, subjekt, stufe: 'lesen' } })).rejects.toMatchObject({ status: 422, code: 'freigabe.subjekt_unbekannt' });
  }
});

test('BE-04 a Schutzbereich of a protected class takes nothing from above and hands its class down; taking the class away opens it again', async () => {
  const { mandant, admin, gruppe, einheit } = await setUp();
  const get = (id: string) => admin.call(api.getSchutzbereich, { params: { id: id as never } });
  await admin.call(api.updateSchutzbereich, { params: { id: gruppe as never }, ifMatch: 1, body: { klasse: 'personal' } });
  expect(await get(gruppe)).toMatchObject({ erbt: true, klasse: 'personal', wirksameKlasse: 'personal', freigaben: [] });
  expect(await get(einheit)).toMatchObject({ klasse: null, wirksameKlasse: 'personal', freigaben: [] });
  await admin.call(api.updateSchutzbereich, { params: { id: gruppe as never }, ifMatch: 2, body: { klasse: null } });
  expect(await get(einheit)).toMatchObject({ wirksameKlasse: null, freigaben: [{ geerbt: true }] });
  await expect(admin.call(api.updateSchutzbereich, { params: { id: gruppe as never }, ifMatch: 3, body: { klasse: 'vs_nfd' } })).rejects.toMatchObject({ code: 'schutzbereich.vs_nfd_aus' });
  expect((await mandant.ereignisse()).at(-1)!.daten).toEqual({ aenderungen: [{ feld: 'klasse', alt: 'personal', neu: null }] });
});

test('BE-06 a Freigabe on time names who gave it, why and until when; another period beside it, a dissolved OE and an end in the past are refused', async () => {
  const { mandant, admin, einheit } = await setUp();
  const params = { id: einheit as never };
  const subjekt = mandant.oe('63.1');
  const give = (body: object) => admin.call(api.grantFreigabe, { params, body: { subjektArt: 'oe', subjekt, stufe: 'lesen', ...body } });
  const frist = { gueltigVon: '2026-01-01T00:00:00.000Z', gueltigBis: '2090-01-01T00:00:00.000Z', grund: 'Prüfung der Jahresrechnung' };
  expect(await give(frist)).toMatchObject({ ...frist, erteiltVon: { id: admin.id } });
  expect(await give({ ...frist, stufe: 'bearbeiten' })).toMatchObject({ stufe: 'bearbeiten' });
  await expect(give({})).rejects.toMatchObject({ code: 'freigabe.ueberschneidet' });
  await expect(give({ gueltigBis: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'freigabe.zeitraum_verkehrt' });
  const alt = await database.write(mandant.system, (tx) => createOrganisationseinheit(tx, { kennzeichen: '99', bezeichnung: 'Altes Amt', gueltigBis: '2020-12-31' }));
  await expect(give({ subjekt: alt })).rejects.toMatchObject({ status: 422, code: 'freigabe.oe_aufgeloest' });
  expect((await admin.call(api.listFreigaben, { query: { schutzId: [einheit as never] } })).gesamt).toBe(1);
});

test('BE-02 the Schutzbereiche and Freigaben of another Mandant are not there', async () => {
  const [ours, theirs] = [await setUp(), await setUp()];
  const { eintraege: [freigabe] } = await theirs.admin.call(api.listFreigaben, { query: {} });
  const missing = { status: 404 };
  await expect(ours.admin.call(api.getSchutzbereich, { params: { id: theirs.einheit as never } })).rejects.toMatchObject(missing);
  await expect(ours.admin.call(api.updateSchutzbereich, { params: { id: theirs.einheit as never }, ifMatch: 1, body: { erbt: false } })).rejects.toMatchObject(missing);
  await expect(ours.admin.call(api.grantFreigabe, { params: { id: theirs.einheit as never }, body: { subjektArt: 'oe', subjekt: ours.mandant.oe('10'), stufe: 'verwalten' } })).rejects.toMatchObject(missing);
  await expect(ours.admin.call(api.revokeFreigabe, { params: { id: freigabe!.id } })).rejects.toMatchObject(missing);
  expect((await ours.admin.call(api.listSchutzbereiche, { query: { parentId: [theirs.wurzel as never] } })).gesamt).toBe(0);
  expect((await ours.admin.call(api.listFreigaben, { query: { schutzId: [theirs.wurzel as never] } })).gesamt).toBe(0);
});
