import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { api as ablage } from '#modules/ablage/contract.ts';
import { api as benachrichtigung } from '#modules/benachrichtigung/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as protokoll } from '#modules/protokoll/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { superUrl } from '#platform/testing/database.ts';
import { newMandant, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { bei, erhaltene, http, inTagen, lesezugriffe, newEigner, newEmpfaenger, readAsRevision, share, startJobs, until, upload } from './hilfe.ts';

vi.setConfig({ testTimeout: 60_000 });
let worker: Awaited<ReturnType<typeof startJobs>>;
beforeAll(async () => { worker = await startJobs(); });
afterAll(async () => { await worker.stop(); });
const refused = (status: number, code?: string) => ({ status, ...(code && { code }) });

describe('BE-03: sharing across Mandanten', () => {
  test('an Akte is shared with an office of another county, read there at its owner, and withdrawn: over at the next request', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    const gast = bei(empfaenger.clerk, eigner.mandant.mandantId);
    await expect(gast(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    const freigabe = await share(eigner, empfaenger);
    expect(freigabe).toMatchObject({ zustand: 'laeuft', stufe: 'lesen', objekt: { titel: 'Kreisstraße 7, Brücke über die Aue', kennzeichen: eigner.akte.aktenzeichen }, rechte: ['verbundfreigabe.beenden'] });
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toMatchObject([{ id: freigabe.id, zustand: 'laeuft', pfad: `/bei/${eigner.mandant.mandantId}/akten/${eigner.akte.id}` }]));

    expect(await gast(organisation.getIch, {})).toMatchObject({ id: empfaenger.clerk.id, mandant: { id: eigner.mandant.mandantId }, sicht: { art: 'bei' }, einstellungen: null, rollen: [] });
    expect(await gast(schriftgut.getAkte, { params: { id: eigner.akte.id } })).toMatchObject({ betreff: 'Kreisstraße 7, Brücke über die Aue', rechte: ['akte.sehen', 'akte.lesen'] });
    expect((await gast(schriftgut.listVorgaenge, { query: { akteId: [eigner.akte.id] } as never })).eintraege.map((v) => v.betreff)).toEqual(['Statik der Brücke']);
    const dokument = await gast(schriftgut.getDokument, { params: { id: eigner.dokument.id } });
    const inhaltId = dokument.aktuelleVersion!.formate[0]!.inhaltId;
    const bytes = await http.inject({ url: `${API}/bei/${eigner.mandant.mandantId}/inhalte/${inhaltId}`, headers: { authorization: empfaenger.clerk.id } });
    expect([bytes.statusCode, bytes.body]).toEqual([200, 'Der Überbau ist tragfähig.']);
    // every access is recorded at the owner, with where the guest comes from, and at home, with where he was
    const dort = await lesezugriffe(eigner.mandant), daheim = await lesezugriffe(empfaenger.mandant);
    expect(dort.map((l) => l.operation)).toEqual(['getAkte', 'listVorgaenge', 'getDokument', 'downloadInhalt']);
    expect(dort[0]).toMatchObject({ akteur_art: 'gast', akteur_id: empfaenger.clerk.id, herkunft_id: empfaenger.mandant.mandantId, bei_id: null });
    expect(daheim.map((l) => [l.operation, l.akteur_art, l.bei_id])).toEqual(dort.map((l) => [l.operation, 'person', eigner.mandant.mandantId]));

    // at home it is known by the Kennzeichen it has at the owner's, and by nothing else of it
    const objekte = daheim.flatMap((l) => l.objekte);
    expect(objekte.find((o) => o.typ === 'akte')).toEqual({ typ: 'akte', id: eigner.akte.id, art: 'gesehen', kennzeichen: eigner.akte.aktenzeichen });
    expect(objekte.every((o) => o.kennzeichen?.startsWith(eigner.akte.aktenzeichen))).toBe(true);
    expect(await readAsRevision(empfaenger)).toContainEqual(expect.objectContaining({ kennzeichen: eigner.akte.aktenzeichen, titel: null }));

    await eigner.leitung.call(api.revokeVerbundfreigabe, { params: { id: freigabe.id } });
    await expect(gast(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toMatchObject([{ zustand: 'beendet', beendet: { seite: 'eigner' } }]));
    await expect(gast(organisation.getIch, {})).rejects.toMatchObject(refused(404));
  });

  test('a guest has what was shared and nothing else: lists, counts, other Akten, other Mandanten, other offices', async () => {
    const [eigner, empfaenger, dritter] = [await newEigner(), await newEmpfaenger(), newMandant()];
    await share(eigner, empfaenger);
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toHaveLength(1));
    const gast = bei(empfaenger.clerk, eigner.mandant.mandantId);
    const akten = await gast(schriftgut.listAkten, { query: {} });
    expect([akten.gesamt, akten.eintraege.map((a) => a.id)]).toEqual([1, [eigner.akte.id]]);
    await expect(gast(schriftgut.getAkte, { params: { id: eigner.andere.id } })).rejects.toMatchObject(refused(404));
    await expect(bei(empfaenger.fremd, eigner.mandant.mandantId)(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    await expect(bei(dritter.as('leser', ['66'], http), eigner.mandant.mandantId)(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    await expect(gast(organisation.listBenutzer, { query: {} })).rejects.toMatchObject({ status: 403 });
    // one's own house is left behind
    await expect(empfaenger.clerk.call(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
  });

  test('with »bearbeiten« a guest adds a Dokument, as far as he may at home; he never closes, moves, strikes out or shares', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    await share(eigner, empfaenger, { stufe: 'bearbeiten', objektTyp: 'vorgang', objektId: eigner.vorgang.id });
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toHaveLength(1));
    const gast = bei(empfaenger.clerk, eigner.mandant.mandantId);
    const neu = { vorgangId: eigner.vorgang.id, betreff: 'Stellungnahme der Nachbarn', art: 'intern', datumDesSchreibens: '2026-11-20' } as const;
    const inhaltId = await upload(empfaenger.clerk, 'Wir stimmen zu.', 'stellungnahme.txt', `/bei/${eigner.mandant.mandantId}`);
    const dokument = await gast(schriftgut.createDokument, { body: { ...neu, formate: [{ inhaltId }] } });
    expect(dokument.rechte).toEqual(['dokument.sehen', 'dokument.lesen', 'dokument.anlegen', 'dokument.bearbeiten']);
    await expect(gast(schriftgut.cancelDokument, { params: { id: dokument.id }, ifMatch: dokument.version, body: { grund: 'x' } })).rejects.toMatchObject(refused(403));
    await expect(gast(schriftgut.closeVorgang, { params: { id: eigner.vorgang.id }, body: {} } as never)).rejects.toMatchObject(refused(403));
    await expect(bei(empfaenger.leser, eigner.mandant.mandantId)(schriftgut.createDokument, { body: neu })).rejects.toMatchObject(refused(403));
    // Angaben may be changed, but not who is in charge of it, how secret it is and how long it is kept
    const vorgang = await gast(schriftgut.getVorgang, { params: { id: eigner.vorgang.id } });
    const change = (body: object, ifMatch = vorgang.version) => gast(schriftgut.updateVorgang, { params: { id: vorgang.id }, ifMatch, body });
    for (const body of [{ federfuehrungId: eigner.mandant.oe('10') }, { aktenfuehrungId: eigner.mandant.oe('10') }, { bearbeiterId: eigner.leitung.id }, { aussonderung: { aufbewahrungsdauer: 1 } }, { datenschutzstufe: 'hoch' }])
      await expect(change(body)).rejects.toMatchObject(refused(409, 'schriftgut.sache_des_eigners'));
    // the form sends those along as they were
    const { grad, einstufungsfrist, eingestuftAm, herausgeber, endetAm, bemerkung } = vorgang.geheimhaltung;
    const unveraendert = { bearbeiterId: vorgang.bearbeiter?.id ?? null, medium: vorgang.medium, datenschutzstufe: vorgang.datenschutzstufe, geheimhaltung: { grad, einstufungsfrist, eingestuftAm, herausgeber, endetAm, bemerkung }, aussonderung: { art: null, artBegruendung: null, aufbewahrungsdauer: null, aufbewahrungBegruendung: null } };
    expect(await change({ bemerkung: 'Rückfrage geklärt', ...unveraendert })).toMatchObject({ bemerkung: 'Rückfrage geklärt', federfuehrung: vorgang.federfuehrung });
    // a Vorgang was shared, not the Akte around it
    await expect(gast(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    const verlauf = (await eigner.clerk.call(protokoll.listEreignisse, { query: { objekt: dokument.id } as never })).eintraege;
    expect(verlauf.at(-1)).toMatchObject({ art: 'dokument.angelegt', wer: { art: 'gast', name: expect.stringMatching(/^Ada sachbearbeitung \(Mandant /) } });
    // recorded as an access as well, at the owner in the same transaction and at home as soon as it has heard of it
    expect((await lesezugriffe(eigner.mandant)).map((l) => [l.operation, l.akteur_art])).toContainEqual(['createDokument', 'gast']);
    await until(async () => expect((await lesezugriffe(empfaenger.mandant)).map((l) => [l.operation, l.akteur_art, l.bei_id])).toContainEqual(['createDokument', 'person', eigner.mandant.mandantId]));
  });

  test('a change whose record cannot be written is not made, and says so', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    await share(eigner, empfaenger, { stufe: 'bearbeiten', objektTyp: 'vorgang', objektId: eigner.vorgang.id });
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toHaveLength(1));
    const gast = bei(empfaenger.clerk, eigner.mandant.mandantId);
    const neu = (betreff: string) => gast(schriftgut.createDokument, { body: { vorgangId: eigner.vorgang.id, betreff, art: 'intern', datumDesSchreibens: '2026-11-20' } });
    const sperre = `sperre_${crypto.randomUUID().slice(0, 8)}`;
    await queryAs(superUrl, `create function public.${sperre}() returns trigger language plpgsql as $$ begin if new.mandant_id = '${eigner.mandant.mandantId}' then raise exception 'disk full'; end if; return new; end $$;
      create trigger ${sperre} before insert on platform.lesezugriff for each row execute function public.${sperre}()`);
    await expect(neu('Geht verloren')).rejects.toMatchObject({ status: 503 });
    await queryAs(superUrl, `drop function public.${sperre}() cascade`);
    expect((await eigner.clerk.call(schriftgut.listDokumente, { query: { vorgangId: [eigner.vorgang.id] } as never })).eintraege.map((d) => d.betreff)).toEqual(['Prüfbericht']);
    await expect(neu('Bleibt')).resolves.toMatchObject({ betreff: 'Bleibt' });
  });

  test('both sides see it and can end it; the recipient is told at the bell, and an end by the recipient reaches the owner', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    const freigabe = await share(eigner, empfaenger);
    await until(async () => expect((await empfaenger.clerk.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((e) => e.pfad)).toContain('/freigaben/erhalten'));
    // who may see it: the office elsewhere is called by its name
    const berechtigte = await eigner.registratur.call(zugriff.listBerechtigte, { params: { typ: 'akte', id: eigner.akte.id }, query: {} } as never);
    expect(JSON.stringify(berechtigte)).toContain(`66 66 (Mandant ${empfaenger.mandant.mandantId})`);
    expect((await erhaltene(empfaenger.fremd))).toEqual([]);
    expect((await erhaltene(empfaenger.administration, { alle: 'true' }))).toHaveLength(1);
    await expect(empfaenger.clerk.call(api.revokeErhalteneVerbundfreigabe, { params: { id: freigabe.id } })).resolves.toMatchObject({ zustand: 'beendet', beendet: { seite: 'empfaenger' } });
    await expect(bei(empfaenger.clerk, eigner.mandant.mandantId)(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    await until(async () => expect((await eigner.leitung.call(api.listVerbundfreigaben, { query: {} })).eintraege).toMatchObject([{ zustand: 'beendet', beendet: { seite: 'empfaenger' } }]));
    await expect(eigner.leitung.call(api.revokeVerbundfreigabe, { params: { id: freigabe.id } })).rejects.toMatchObject(refused(409, 'verbundfreigabe.schon_beendet'));
  });

  test('who may not see the object sees no row of it; who administers sees that it is shared, and not its title', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    await share(eigner, empfaenger);
    await share(eigner, empfaenger, { objektTyp: 'vorgang', objektId: eigner.vorgang.id });
    await share(eigner, empfaenger, { objektTyp: 'dokument', objektId: eigner.dokument.id });
    const seiten = [];
    for (let cursor: string | undefined, i = 0; i < 3; i++) { const s = await eigner.leitung.call(api.listVerbundfreigaben, { query: { limit: 1, ...(cursor && { cursor }) } }); seiten.push(s); cursor = s.weiter ?? undefined; }
    expect([seiten.map((s) => s.gesamt), seiten.map((s) => s.eintraege[0]!.objekt.typ), seiten.at(-1)!.weiter]).toEqual([[3, 3, 3], ['dokument', 'vorgang', 'akte'], null]);
    const nachbar = eigner.mandant.as('sachbearbeitung', ['32'], http);
    expect((await nachbar.call(api.listVerbundfreigaben, { query: {} })).gesamt).toBe(0);
    expect((await eigner.administration.call(api.listVerbundfreigaben, { query: {} })).eintraege).toMatchObject(Array.from({ length: 3 }, () => ({ objekt: { titel: null, pfad: null }, rechte: ['verbundfreigabe.beenden'] })));
  });

  test('bad input: a clear error, nothing half done', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    const code = (more: object, wer = eigner.leitung) => share(eigner, empfaenger, more, wer).then(() => 'ok', (e: { code: string }) => e.code);
    expect(await code({ mandantId: eigner.mandant.mandantId })).toBe('verbundfreigabe.eigene_verwaltung');
    expect(await code({ mandantId: crypto.randomUUID() })).toBe('verbundfreigabe.verwaltung_nicht_da');
    expect(await code({ empfaengerId: empfaenger.mandant.oe('20') })).toBe('verbundfreigabe.empfaenger_unbekannt');
    expect(await code({ empfaengerArt: 'person', empfaengerId: empfaenger.fremd.id })).toBe('verbundfreigabe.empfaenger_unbekannt');
    expect(await code({ bis: inTagen(-1) })).toBe('verbundfreigabe.zeitraum_verkehrt');
    expect(await code({ von: inTagen(5), bis: inTagen(4) })).toBe('verbundfreigabe.zeitraum_verkehrt');
    expect(await code({ bis: inTagen(800) })).toBe('verbundfreigabe.zu_lang');
    expect(await code({ objektId: crypto.randomUUID() })).toBe('allgemein.nicht_gefunden');
    expect(await code({ stufe: 'verwalten' })).toBe('allgemein.eingabe_ungueltig');
    expect(await code({}, eigner.clerk)).toBe('allgemein.kein_recht');
    expect((await eigner.leitung.call(api.listVerbundfreigaben, { query: {} })).gesamt).toBe(0);
    expect(await erhaltene(empfaenger.clerk)).toEqual([]);
  });

  test('the same thing is not shared twice with the same recipient for the same time, nor by two at once; after its end it is', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    const zugleich = await Promise.allSettled([share(eigner, empfaenger), share(eigner, empfaenger, { stufe: 'bearbeiten' }), share(eigner, empfaenger, { von: inTagen(2) })]);
    const gelungen = zugleich.flatMap((z) => (z.status === 'fulfilled' ? [z.value] : []));
    expect(gelungen).toHaveLength(1);
    const schon = refused(409, 'verbundfreigabe.schon_geteilt');
    expect(zugleich.flatMap((z) => (z.status === 'rejected' ? [z.reason] : []))).toMatchObject([schon, schon]);
    expect((await eigner.leitung.call(api.listVerbundfreigaben, { query: {} })).gesamt).toBe(1);
    // it says until when, and what can be done
    const bis = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium' }).format(new Date(gelungen[0]!.bis));
    await expect(share(eigner, empfaenger)).rejects.toMatchObject({ ...schon, message: expect.stringMatching(new RegExp(`mit 66 66 schon geteilt.* bis ${bis.replaceAll('.', '\\.')}\\. .*beenden Sie diese Freigabe zuerst`)), details: { bis: gelungen[0]!.bis } });
    // something else, somebody else, another time
    await share(eigner, empfaenger, { objektTyp: 'vorgang', objektId: eigner.vorgang.id });
    await share(eigner, empfaenger, { empfaengerArt: 'person', empfaengerId: empfaenger.leser.id });
    await share(eigner, empfaenger, { von: inTagen(31), bis: inTagen(40) });
    await expect(share(eigner, empfaenger, { von: inTagen(35), bis: inTagen(50) })).rejects.toMatchObject(schon);
    await eigner.leitung.call(api.revokeVerbundfreigabe, { params: { id: gelungen[0]!.id } });
    await expect(share(eigner, empfaenger, { stufe: 'bearbeiten' })).resolves.toMatchObject({ stufe: 'bearbeiten', zustand: 'laeuft' });
  });

  test('BE-03 PR-01 the Verlauf tells a guest what happens to the object, and not with whom else it is shared and what was taken along of that; the owner reads it whole', async () => {
    const [eigner, empfaenger, dritter] = [await newEigner(), await newEmpfaenger(), await newEmpfaenger()];
    await share(eigner, empfaenger);
    const fremd = await share(eigner, dritter, { zweck: 'Vertrauliche Prüfung' });
    await eigner.leitung.call(api.revokeVerbundfreigabe, { params: { id: fremd.id } });
    expect((await http.inject({ url: `${API}/zugriff/objekte/akte/${eigner.akte.id}/berechtigte/bericht?format=xlsx`, headers: { authorization: eigner.registratur.id } })).statusCode).toBe(200);
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toHaveLength(1));
    const gast = bei(empfaenger.clerk, eigner.mandant.mandantId);
    const query = { objekt: eigner.akte.id } as never;
    const imHaus = ['objektfreigabe.entzogen', 'objektfreigabe.erteilt', 'verbundfreigabe.beendet', 'verbundfreigabe.erteilt', 'zugriff.bericht_ausgegeben'];
    const [seiner, ganzer] = [await gast(protokoll.listEreignisse, { query }), await eigner.clerk.call(protokoll.listEreignisse, { query })];
    expect(seiner.eintraege.map((e) => e.art).toSorted()).toEqual(['akte.angelegt', 'dokument.angelegt', 'vorgang.angelegt']);
    expect(seiner.gesamt).toBe(3);
    expect(JSON.stringify(seiner)).not.toMatch(/Vertrauliche|Gemeinsame|Wer darf/);
    expect([...new Set(ganzer.eintraege.map((e) => e.art))].filter((art) => imHaus.includes(art)).toSorted()).toEqual(imHaus);
    expect(JSON.stringify(ganzer)).toMatch(/Zweck: Vertrauliche Prüfung/);
    // neither by asking for it, nor among what can be asked for
    expect((await gast(protokoll.listEreignisse, { query: { objekt: eigner.akte.id, art: imHaus } as never })).eintraege).toEqual([]);
    const [filter, alle] = [await gast(protokoll.getEreignisfilter, { query }), await eigner.clerk.call(protokoll.getEreignisfilter, { query })];
    expect(filter.arten.map((a) => a.art)).toEqual(['akte.angelegt', 'dokument.angelegt', 'vorgang.angelegt']);
    expect(filter.akteure.map((a) => a.id)).toEqual([eigner.clerk.id]);
    expect(alle.arten.map((a) => a.art)).toEqual(expect.arrayContaining(imHaus));
  });

  test('BE-05 a guest takes the explanation of his own rights along as a report, known to both houses; of others he has none', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    await share(eigner, empfaenger);
    await until(async () => expect(await erhaltene(empfaenger.clerk)).toHaveLength(1));
    const get = (pfad: string) => http.inject({ url: `${API}/bei/${eigner.mandant.mandantId}/zugriff/objekte/akte/${eigner.akte.id}/${pfad}`, headers: { authorization: empfaenger.clerk.id } });
    const pdf = await get('warum/bericht?format=pdf');
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await get('warum/bericht?format=xlsx')).statusCode).toBe(200);
    expect((await get(`warum/bericht?benutzerId=${eigner.clerk.id}`)).statusCode).toBe(403);
    expect((await get('berechtigte/bericht')).statusCode).toBe(409);
    const verlauf = (await eigner.clerk.call(protokoll.listEreignisse, { query: { objekt: eigner.akte.id, art: ['zugriff.bericht_ausgegeben'] } as never })).eintraege;
    expect(verlauf.map((e) => [e.wer.art, e.text])).toEqual(['XLSX', 'PDF'].map((f) => ['gast', expect.stringMatching(`„Was darf Ada sachbearbeitung.*, und warum\\?“ als ${f}`)]));
    for (const haus of [eigner, empfaenger]) expect((await lesezugriffe(haus.mandant)).map((l) => l.operation)).toEqual(expect.arrayContaining(['exportWarum']));
  });

  test('one that begins later is seen and opens nothing; the directory names who may be addressed and nobody else', async () => {
    const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
    await share(eigner, empfaenger, { von: inTagen(2), empfaengerArt: 'person', empfaengerId: empfaenger.leser.id });
    await until(async () => expect(await erhaltene(empfaenger.leser)).toMatchObject([{ zustand: 'kuenftig' }]));
    await expect(bei(empfaenger.leser, eigner.mandant.mandantId)(schriftgut.getAkte, { params: { id: eigner.akte.id } })).rejects.toMatchObject(refused(404));
    const verzeichnis = await eigner.leitung.call(api.getVerzeichnis, { params: { id: empfaenger.mandant.mandantId as never } });
    expect(verzeichnis.einheiten.map((e) => e.kennzeichen)).toEqual(['66']);
    expect(verzeichnis.einheiten[0]!.personen.map((p) => p.id).toSorted()).toEqual([empfaenger.clerk.id, empfaenger.leser.id, empfaenger.leitung.id].toSorted());
    expect((await eigner.leitung.call(api.listVerzeichnisse, {})).eintraege.map((m) => m.id)).not.toContain(eigner.mandant.mandantId);
  });
});

test('a content of the owner is not the guest\'s at home, and one of home is not the owner\'s', async () => {
  const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
  await share(eigner, empfaenger, { stufe: 'bearbeiten' });
  await until(async () => expect(await erhaltene(empfaenger.clerk)).toHaveLength(1));
  const daheim = await upload(empfaenger.clerk, 'bleibt daheim');
  await expect(bei(empfaenger.clerk, eigner.mandant.mandantId)(schriftgut.createDokument, { body: { akteId: eigner.akte.id, betreff: 'x', art: 'intern', datumDesSchreibens: '2026-11-20', formate: [{ inhaltId: daheim }] } })).rejects.toMatchObject({ status: expect.toBeOneOf([404, 409, 422]) });
  const inhaltId = (await eigner.clerk.call(schriftgut.getDokument, { params: { id: eigner.dokument.id } })).aktuelleVersion!.formate[0]!.inhaltId;
  expect((await http.inject({ url: `${API}${ablage.downloadInhalt.path.replace(':id', inhaltId)}`, headers: { authorization: empfaenger.clerk.id } })).statusCode).toBe(404);
});
