import { describe, expect, test } from 'vitest';
import { attachInhalt, getInhalte } from '#modules/ablage/server/index.ts';
import { superUrl } from '#platform/testing/database.ts';
import { database, queryAs } from '#platform/testing/test.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { suchobjekt } from '../server/erweiterungen.ts';
import { anfaenge, uebergaenge } from '../server/zustand.ts';
import { insertEingang, type NeuerEingang } from '../server/index.ts';
import { api, kanaele, statusse } from '../contract.ts';
import { download, newPosteingang, refusal, upload } from './hilfe.ts';

type Pe = Awaited<ReturnType<typeof newPosteingang>>;
/** As a channel delivers: in one transaction of its own. */
async function deliver({ poststelle, mandant }: Pe, neu: Partial<NeuerEingang>, inhalt: string = crypto.randomUUID()) {
  const inhaltId = await upload(poststelle, inhalt);
  return database.write(poststelle.ctx, async (tx) => insertEingang(tx, { inhalt: await attachInhalt(tx, inhaltId), kanal: 'portal', organisationseinheitId: mandant.oe('10'), ...neu }));
}
const get = (pe: Pe, id: string, who = pe.poststelle) => who.call(api.getEingang, { params: { id: id as never } });

describe('PE-01: one state, one OE, at most one person, from the first second', () => {
  test('what waits in the central basket is erfasst, what has an address is verteilt', async () => {
    const pe = await newPosteingang();
    expect(await get(pe, await deliver(pe, {}))).toMatchObject({ status: 'erfasst', organisationseinheit: { kennzeichen: '10' }, bearbeiter: null, kanal: 'portal' });
    expect(await get(pe, await deliver(pe, { organisationseinheitId: pe.mandant.oe('63.1') }))).toMatchObject({ status: 'verteilt', organisationseinheit: { kennzeichen: '63.1' } });
    expect(await get(pe, await deliver(pe, { organisationseinheitId: pe.mandant.oe('63.1'), verteilt: false }))).toMatchObject({ status: 'erfasst', organisationseinheit: { kennzeichen: '63.1' } });
    for (const kanal of ['telefon', 'schalter'] as const) expect(await get(pe, await deliver(pe, { kanal }))).toMatchObject({ kanal });
  });
  test('the time of receipt is that of the channel, never later than now; on paper the day of the stamp stands beside it', async () => {
    const pe = await newPosteingang();
    const gestern = new Date(Date.now() - 30 * 3600_000);
    const e = await get(pe, await deliver(pe, { eingegangen: gestern }));
    expect(Date.parse(e.eingegangen)).toBe(gestern.getTime());
    expect(e.posteingangsdatum).toBe(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(gestern));
    const vor = await get(pe, await deliver(pe, { eingegangen: new Date(Date.now() + 3600_000) }));
    expect(Date.parse(vor.eingegangen)).toBeLessThanOrEqual(Date.now() + 5000);
    expect(await get(pe, await deliver(pe, { kanal: 'papier', posteingangsdatum: '2026-11-19' }))).toMatchObject({ posteingangsdatum: '2026-11-19' });
  });
  test('PE-06: the same delivery again is the same Eingang, also when both come at once; another channel may use the same sign', async () => {
    const pe = await newPosteingang();
    const ids = await Promise.all(Array.from({ length: 6 }, () => deliver(pe, { kennung: 'sub-1' })));
    expect(new Set(ids).size).toBe(1);
    expect(await deliver(pe, { kennung: 'sub-1', kanal: 'e_mail' })).not.toBe(ids[0]);
    expect((await pe.poststelle.call(api.listEingaenge, { query: {} })).eintraege.map((e) => e.nummer.slice(-6)).toSorted()).toEqual(['000001', '000002']);
  });
  test('what the channel delivered beside the main content becomes Anlagen of the Dokument', async () => {
    const pe = await newPosteingang();
    const anlageId = await upload(pe.poststelle, 'Lageplan', 'Lageplan.txt');
    const id = await database.write(pe.poststelle.ctx, async (tx) => insertEingang(tx, { inhalt: await attachInhalt(tx, await uploadIn(pe)), anlagen: [await attachInhalt(tx, anlageId)], kanal: 'portal', organisationseinheitId: pe.mandant.oe('63.1'), absender: 'A. Muster' }));
    expect(await get(pe, id, pe.clerk)).toMatchObject({ anlagen: 1, anlagenliste: [{ inhaltId: anlageId, dateiname: 'Lageplan.txt' }] });
    const vorgang = await pe.createVorgang();
    const filed = await pe.file(pe.clerk, id as never, { art: 'vorgang', vorgangId: vorgang.id });
    const dokument = await pe.clerk.call(schriftgut.getDokument, { params: { id: filed.ablage!.dokumentId! } });
    expect(JSON.stringify(dokument)).toContain('Lageplan.txt');
    expect((await database.read(pe.clerk.ctx, (tx) => getInhalte(tx, [anlageId]))).size).toBe(1);
  });
  test('the database knows the same steps as the code, and takes no other: a row and its trail that differ are refused', async () => {
    const pe = await newPosteingang();
    const { id } = await pe.create();
    const [{ def }] = await queryAs(superUrl, "select pg_get_constraintdef(oid) as def from pg_constraint where conname = 'station_schritt'") as [{ def: string }];
    for (const von of ['', ...statusse]) {
      const dann = new RegExp(`WHEN '${von}'::text THEN \\(status = ANY \\(ARRAY\\[([^\\]]*)\\]`).exec(def)?.[1];
      expect((dann?.match(/'(\w+)'/g) ?? []).map((s) => s.slice(1, -1)).toSorted(), von).toEqual([...(von === '' ? anfaenge : uebergaenge[von as keyof typeof uebergaenge])].toSorted());
    }
    const wrong = (statement: string) => queryAs(superUrl, statement, [id]).then(() => 'taken', (e: { constraint?: string }) => e.constraint);
    expect(await wrong("update posteingang.eingang set status = 'erfasst' where id = $1")).toBe('eingang_station');
    expect(await wrong("update posteingang.eingang set status = 'in_bearbeitung' where id = $1")).toBe('eingang_eine_person');
    expect(await wrong("insert into posteingang.station (mandant_id, eingang_id, nummer, status, organisationseinheit_id, schritt, vorige, vorher) select mandant_id, id, 2, 'vernichtet', organisationseinheit_id, 'vernichtet', 1, 'verteilt' from posteingang.eingang where id = $1")).toBe('station_schritt');
    expect(kanaele.length).toBe(12);
  });
});
const uploadIn = (pe: Pe) => upload(pe.poststelle, crypto.randomUUID());

describe('PE-04: work in the basket', () => {
  const take = (pe: Pe, id: string, who = pe.clerk) => who.call(api.startBearbeitung, { params: { id: id as never } });
  test('take: two at once, one wins and the other is told who; he cannot file, pass on or reject it meanwhile; given back it is anybody’s', async () => {
    const pe = await newPosteingang();
    const colleague = pe.mandant.as('sachbearbeitung', ['63.1']);
    const vorgang = await pe.createVorgang();
    for (let i = 0; i < 4; i++) {
      const e = await pe.create();
      const answers = await Promise.all([pe.clerk, colleague].map((p) => refusal(take(pe, e.id, p))));
      expect(answers.toSorted()).toEqual(['409 posteingang.schon_in_bearbeitung', 'no refusal']);
      const [hat, andere] = answers[0] === 'no refusal' ? [pe.clerk, colleague] : [colleague, pe.clerk];
      expect(await take(pe, e.id, hat)).toMatchObject({ status: 'in_bearbeitung' });
      for (const versuch of [() => pe.file(andere, e.id, { art: 'vorgang', vorgangId: vorgang.id }), () => andere.call(api.cancelEingang, { params: { id: e.id }, body: { grund: 'Werbung' } }), () => andere.call(api.assignEingang, { params: { id: e.id }, body: { organisationseinheitId: pe.mandant.oe('32') as never } }), () => andere.call(api.updateEingang, { params: { id: e.id }, ifMatch: 2, body: { betreff: 'x' } })])
        expect(await refusal(versuch())).toBe('409 posteingang.schon_in_bearbeitung');
      expect(await andere.call(api.cancelBearbeitung, { params: { id: e.id } })).toMatchObject({ status: 'verteilt', bearbeiter: null });
      expect((await pe.file(andere, e.id, { art: 'vorgang', vorgangId: vorgang.id })).status).toBe('zugeordnet');
    }
  });
  test('Irrläufer: back where it came from or on, and the trail says who had it, from when to when, and why', async () => {
    const pe = await newPosteingang();
    const id = await deliver(pe, {});
    await pe.poststelle.call(api.assignEingang, { params: { id: id as never }, body: { organisationseinheitId: pe.mandant.oe('63.1') as never } });
    await take(pe, id);
    const zurueck = await pe.clerk.call(api.sendIrrlaeufer, { params: { id: id as never }, body: { grund: 'Gehört nicht zur Bauaufsicht' } });
    expect(zurueck.organisationseinheit.kennzeichen).toBe('10');
    expect(await get(pe, id)).toMatchObject({ status: 'erfasst', bearbeiter: null });
    await pe.poststelle.call(api.assignEingang, { params: { id: id as never }, body: { organisationseinheitId: pe.mandant.oe('63.1') as never } });
    expect((await pe.clerk.call(api.sendIrrlaeufer, { params: { id: id as never }, body: { grund: 'Ordnungsamt', organisationseinheitId: pe.mandant.oe('32') as never } })).organisationseinheit.kennzeichen).toBe('32');
    const { eintraege } = await pe.other.call(api.listStationen, { params: { id: id as never } });
    expect(eintraege.map((s) => [s.nummer, s.schritt, s.organisationseinheit?.kennzeichen, s.status, s.grund])).toEqual([
      [1, 'eingegangen', '10', 'erfasst', null], [2, 'verteilt', '63.1', 'verteilt', null], [3, 'uebernommen', '63.1', 'in_bearbeitung', null], [4, 'irrlaeufer', '10', 'erfasst', 'Gehört nicht zur Bauaufsicht'],
      [5, 'verteilt', '63.1', 'verteilt', null], [6, 'irrlaeufer', '32', 'verteilt', 'Ordnungsamt'],
    ]);
    for (const [i, s] of eintraege.entries()) expect(s.bis).toBe(eintraege[i + 1]?.von ?? null);
    expect(await refusal(pe.clerk.call(api.listStationen, { params: { id: id as never } }))).toBe('404 allgemein.nicht_gefunden');
  });
  test('forwarded outside: receiver, way and reason are kept; it is done with, counts as such, and can be taken up again', async () => {
    const pe = await newPosteingang();
    const e = await pe.create();
    expect(await pe.clerk.call(api.sendEingang, { params: { id: e.id }, body: { empfaenger: 'Stadt Linden', versandweg: 'Post', grund: 'unzuständig' } })).toMatchObject({ status: 'weitergeleitet', weiterleitung: { empfaenger: 'Stadt Linden', versandweg: 'Post', grund: 'unzuständig' } });
    expect(await refusal(take(pe, e.id))).toBe('409 posteingang.schon_weitergeleitet');
    expect((await pe.clerk.call(api.getPosteingang, { query: {} })).heute).toEqual({ eingegangen: 1, abgelegt: 0, zurueckgewiesen: 0, weitergeleitet: 1, offen: 0 });
    expect(await pe.clerk.call(api.reopenEingang, { params: { id: e.id } })).toMatchObject({ status: 'verteilt', weiterleitung: null });
    expect(await refusal(pe.clerk.call(api.reopenEingang, { params: { id: e.id } }))).toBe('409 posteingang.nicht_erledigt');
  });
  test('bulk: looked at first, then done together; what one refuses is told beside it, and what may not be seen is not there', async () => {
    const pe = await newPosteingang();
    const [a, b, c] = [await pe.create(), await pe.create(), await pe.create()];
    const fremd = await pe.create(pe.poststelle, { organisationseinheitId: pe.mandant.oe('32') });
    await pe.mandant.as('sachbearbeitung', ['63.1']).call(api.startBearbeitung, { params: { id: b.id } });
    await pe.clerk.call(api.cancelEingang, { params: { id: c.id }, body: { grund: 'Werbung' } });
    const alle = { ids: [a.id, b.id, c.id, fremd.id, a.id] };
    const bulk = (aktion: object, who = pe.clerk) => who.call(api.changeEingaenge, { body: { ...alle, aktion: aktion as never } });
    const codes = (r: Awaited<ReturnType<typeof bulk>>) => r.eintraege.map((x) => x.fehler?.code ?? 'ok');
    expect(codes(await bulk({ art: 'uebernehmen' }))).toEqual(['ok', 'posteingang.schon_in_bearbeitung', 'posteingang.schon_zurueckgewiesen', 'allgemein.nicht_gefunden']);
    expect((await bulk({ art: 'uebernehmen' })).erledigt).toBe(1);
    expect((await pe.clerk.call(api.getPosteingang, { query: {} })).inMeinerHand).toBe(1);
    expect(codes(await bulk({ art: 'weitergeben', organisationseinheitId: pe.mandant.oe('32') }))).toEqual(['ok', 'posteingang.schon_in_bearbeitung', 'posteingang.schon_zurueckgewiesen', 'allgemein.nicht_gefunden']);
    expect((await pe.other.call(api.listEingaenge, { query: {} })).gesamt).toBe(2);
    expect(await bulk({ art: 'zurueckweisen', grund: 'Rundschreiben' }, pe.other)).toMatchObject({ erledigt: 2 });
    expect(await pe.other.call(api.getEingang, { params: { id: a.id } })).toMatchObject({ status: 'zurueckgewiesen', zurueckweisungsgrund: 'Rundschreiben' });
  });
});

describe('PE-05: what may not be opened centrally', () => {
  test('stays metadata in the Poststelle, which may pass it on; only the OE named opens it, and its words are in no index', async () => {
    const pe = await newPosteingang();
    const ausnahme = await pe.mandant.as('administration', ['10']).call(api.createAusnahme, { body: { bezeichnung: 'Personalrat', organisationseinheitId: pe.mandant.oe('63.1') as never, merkmale: ['Personalrat'] } });
    const offen = await deliver(pe, {});
    const id = await deliver(pe, { anschrift: 'An den Vorsitzenden des Personalrats' });
    const e = await get(pe, id);
    expect(e).toMatchObject({ status: 'verteilt', organisationseinheit: { kennzeichen: '63.1' }, verschlossen: 'Personalrat', inhaltId: null });
    expect([e.rechte.includes('eingang.lesen'), e.rechte.includes('eingang.verteilen'), e.rechte.includes('eingang.ablegen')]).toEqual([false, true, false]);
    const seins = await get(pe, id, pe.clerk);
    expect((await download(pe.clerk, seins.inhaltId!)).statusCode).toBe(200);
    expect((await download(pe.poststelle, seins.inhaltId!)).statusCode).toBe(404);
    expect(await refusal(pe.poststelle.call(api.startBearbeitung, { params: { id: id as never } }))).toBe('403 allgemein.kein_recht');
    expect((await get(pe, offen)).inhaltId).not.toBeNull();
    // marked by hand, while it waits centrally nobody opens it
    const wartend = await deliver(pe, { verschlossen: 'Submission' });
    expect((await get(pe, wartend)).inhaltId).toBeNull();
    expect((await pe.poststelle.call(api.assignEingang, { params: { id: wartend as never }, body: { organisationseinheitId: pe.mandant.oe('32') as never } })).organisationseinheit.kennzeichen).toBe('32');
    expect((await get(pe, wartend, pe.other)).inhaltId).not.toBeNull();
    expect(await pe.create(pe.poststelle, { ausnahmeId: ausnahme.id })).toMatchObject({ verschlossen: 'Personalrat', organisationseinheit: { kennzeichen: '63.1' } });
    const eintraege = await database.read(pe.poststelle.ctx, (tx) => suchobjekt.load(tx, [id, offen]));
    expect(eintraege.map((x) => [x.id === id, x.inhaltIds.length]).toSorted()).toEqual([[false, 1], [true, 0]]);
  });
});
