import fc from 'fast-check';
import { expect, test } from 'vitest';
import { api as organisation, type BenutzerId } from '#modules/organisation/contract.ts';
import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { grantFreigabe } from '#modules/zugriff/server/index.ts';
import { API } from '#platform/server/http/http.ts';
import { buildTestHttp, database, modules } from '#platform/testing/test.ts';
import { createClient } from '#platform/web/client.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, setKlasse, upload, vorgangIn, type Person } from './hilfe.ts';

const http = await buildTestHttp(modules);
type Mehr = { umfang?: { art: 'alles' | 'rolle' | 'oe' | 'sachgebiet'; ids: string[] }; klassen?: ('personal' | 'sozial')[] };
/** The substitute, in a Vertretung that has just been planned. */
async function vertrete(abwesend: Person, vertreter: Person, mehr: Mehr = {}) {
  const v = await abwesend.call(organisation.createVertretung, { body: { vertreterId: vertreter.id as BenutzerId, ...mehr } });
  const call = createClient(async ({ method, url, headers, body }) => {
    const answer = await http.inject({ method, url: `${API}/fuer/${v.id}${url}`, headers: { authorization: vertreter.id, ...headers }, ...(body !== undefined && { payload: body as object }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  });
  return { id: v.id, call, ende: () => abwesend.call(organisation.revokeVertretung, { params: { id: v.id } }) };
}
const akten = async ({ call }: Pick<Person, 'call'>, query: object = {}) => (await call(api.listAkten, { query: { limit: 200, ...query } })).eintraege.map((e) => e.id as string).toSorted();

/** One office with two subjects, one of them of a protected class, and one Akte that was given to the person herself. */
async function newBestand() {
  const b = await newBehoerde();
  const [personal, zweite, fremd] = [await b.addEinheit('112'), await b.addEinheit('632'), await b.addEinheit('900')];
  await setKlasse(b, personal, 'personal');
  const katrin = b.as('leser', ['amt-77']);
  const oe = b.oe('amt-10');
  const schutz = await database.read(b.system, (tx) => getAktenplaneinheitenKurz(tx, [personal, fremd]));
  await database.write(b.system, async (tx) => {
    await grantFreigabe(tx, { schutzId: schutz.get(personal)!.schutzId, subjektArt: 'oe', subjekt: oe, stufe: 'bearbeiten' });
    await grantFreigabe(tx, { schutzId: schutz.get(fremd)!.schutzId, subjektArt: 'person', subjekt: b.sb.id, stufe: 'lesen' });
  });
  const anderes = b.as('sachbearbeitung', ['amt-20']);
  const offen = (await b.akte()).id as string, gebiet = (await b.akte({ aktenplaneinheitId: zweite })).id as string, geschuetzt = (await b.akte({ aktenplaneinheitId: personal })).id as string;
  const persoenlich = (await b.akte({ aktenplaneinheitId: fremd, federfuehrungId: b.oe('amt-20') }, anderes)).id as string;
  return { b, katrin, oe, zweite, offen, gebiet, geschuetzt, persoenlich };
}

test('VT-01 the substitute reaches what the absent person reaches, by OE and by Sachgebiet only that, and no protected class unless it is named', async () => {
  const { b, katrin, oe, zweite, offen, gebiet, geschuetzt, persoenlich } = await newBestand();
  const alle = [offen, gebiet, geschuetzt, persoenlich].toSorted();
  expect(await akten(b.sb)).toEqual(alle);
  expect(await akten(katrin)).toEqual([]);
  const faelle: [Mehr, string[]][] = [
    [{}, [offen, gebiet, persoenlich]], [{ klassen: ['personal'] }, alle], [{ klassen: ['sozial'] }, [offen, gebiet, persoenlich]],
    [{ umfang: { art: 'oe', ids: [oe] } }, [offen, gebiet]], [{ umfang: { art: 'oe', ids: [oe] }, klassen: ['personal'] }, [offen, gebiet, geschuetzt]],
    [{ umfang: { art: 'sachgebiet', ids: [zweite] } }, [gebiet]], [{ umfang: { art: 'rolle', ids: [b.rolle('sachbearbeitung')] } }, [offen, gebiet, persoenlich]],
  ];
  for (const [mehr, reaches] of faelle) {
    const v = await vertrete(b.sb, katrin, mehr);
    expect([mehr, await akten(v)]).toEqual([mehr, reaches.toSorted()]);
    for (const id of alle) expect([mehr, id, (await v.call(api.getAkte, { params: { id: id as never } }).then(() => 200, (e: { status: number }) => e.status))]).toEqual([mehr, id, reaches.includes(id) ? 200 : 404]);
    await v.ende();
    expect(await refusal(akten(v))).toMatchObject({ status: 410, code: 'vertretung.beendet' });
  }
  expect(await akten(katrin)).toEqual([]);
});

test('VT-01 whatever was granted, whatever the extent: never wider than the absent person', async () => {
  const { b, katrin, oe, zweite, offen, gebiet, geschuetzt, persoenlich } = await newBestand();
  const alle = [offen, gebiet, geschuetzt, persoenlich];
  const einheiten = [b.einheitId, zweite];
  const schutz = await database.read(b.system, (tx) => getAktenplaneinheitenKurz(tx, einheiten));
  await fc.assert(fc.asyncProperty(fc.record({
    grants: fc.array(fc.record({ wo: fc.nat(1), wer: fc.constantFrom('person', 'rolle', 'oe', 'vertreterin'), stufe: fc.constantFrom('sehen', 'lesen', 'bearbeiten', 'verwalten') }), { maxLength: 3 }),
    umfang: fc.constantFrom<NonNullable<Mehr['umfang']>>({ art: 'alles', ids: [] }, { art: 'oe', ids: [oe] }, { art: 'rolle', ids: [b.rolle('sachbearbeitung')] }, { art: 'sachgebiet', ids: [zweite] }),
    klassen: fc.subarray(['personal', 'sozial'] as const),
  }), async ({ grants, umfang, klassen }) => {
    await database.write(b.system, async (tx) => {
      for (const { wo, wer, stufe } of grants) {
        const subjekt = { person: b.sb.id, rolle: b.rolle('sachbearbeitung'), oe, vertreterin: katrin.id }[wer]!;
        await grantFreigabe(tx, { schutzId: schutz.get(einheiten[wo]!)!.schutzId, subjektArt: wer === 'vertreterin' ? 'person' : wer as 'person', subjekt, stufe: stufe as 'lesen' });
      }
    });
    const v = await vertrete(b.sb, katrin, { umfang, klassen: [...klassen] });
    const eigene = new Map((await b.sb.call(api.listAkten, { query: { limit: 200 } })).eintraege.map((e) => [e.id as string, e.rechte]));
    const gelistet = new Map((await v.call(api.listAkten, { query: { limit: 200 } })).eintraege.map((e) => [e.id as string, e.rechte]));
    for (const [id, rechte] of gelistet) expect(rechte.filter((r) => !eigene.get(id)?.includes(r))).toEqual([]);
    // list = check: each Akte that there is answers as the list says
    for (const id of alle) expect([id, await v.call(api.getAkte, { params: { id: id as never } }).then((a) => a.rechte, () => undefined)]).toEqual([id, gelistet.get(id)]);
    if (!klassen.includes('personal')) expect(gelistet.has(geschuetzt)).toBe(false);
    const [ich, seins] = [(await v.call(organisation.getIch, {})).rechte, (await b.sb.call(organisation.getIch, {})).rechte];
    expect(ich.filter((r) => !seins.includes(r))).toEqual([]);
    await v.ende();
  }), { numRuns: 15 });
});

test('VT-02 what is done in a Vertretung names both in the object, in its versions and in the history, and stays the absent person’s', async () => {
  const { b, katrin } = await newBestand();
  const v = await vertrete(b.sb, katrin);
  const beide = { name: 'Ada leser (i. V. Ada sachbearbeitung)', kurz: 'A. leser (i. V. A. sachbearbeitung)' };
  const akte = await v.call(api.createAkte, { body: { aktenplaneinheitId: b.einheitId as never, betreff: 'Carport', federfuehrungId: b.oe('amt-10') as never, bearbeiterId: b.sb.id as never } });
  expect(akte.erstelltVon).toMatchObject(beide);
  const vorgang = await vorgangIn({ call: v.call } as Person, akte.id);
  const dokument = await v.call(api.createDokument, { body: { ...EINGANG, vorgangId: vorgang.id } });
  expect(await b.sb.call(api.getDokument, { params: { id: dokument.id } })).toMatchObject({ erstelltVon: beide });
  expect((await b.ereignisse()).filter((e) => ['vorgang.angelegt', 'dokument.angelegt'].includes(e.art)).map((e) => [e.akteur_art, e.akteur_id, e.vertreten_id])).toEqual([1, 2].map(() => ['person', katrin.id, b.sb.id]));
  // her own is what the absent person works on, and is not the substitute's afterwards
  expect(await akten(v, { eigene: 'true' })).toEqual(await akten(b.sb, { eigene: 'true' }));
  await v.ende();
  expect(await akten(katrin)).toEqual([]);
  expect(await akten(b.sb)).toContain(akte.id);
});

test('an upload is bound to the context in which it was made', async () => {
  const b = await newBehoerde();
  const mitAblage = b.as('sachbearbeitung', ['amt-10']);
  const v = await vertrete(b.sb, mitAblage);
  const akte = await b.akte();
  const inhaltId = await upload(http, mitAblage, 'Text');
  const anhaengen = (call: Person['call']) => call(api.createDokument, { body: { ...EINGANG, akteId: akte.id, formate: [{ inhaltId }] } });
  expect(await refusal(anhaengen(v.call))).toMatchObject({ status: 404 });
  await anhaengen(mitAblage.call);
});
