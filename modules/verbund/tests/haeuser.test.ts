import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { api as suche } from '#modules/suche/contract.ts';
import { inAllenHaeusern } from '#platform/haeuser-contract.ts';
import { superUrl } from '#platform/testing/database.ts';
import { databaseName, newVerbund, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { bei, erhaltene, http, lesezugriffe, newEigner, share, startJobs, until, type Person } from './hilfe.ts';

vi.setConfig({ testTimeout: 120_000 });
let worker: Awaited<ReturnType<typeof startJobs>>;
beforeAll(async () => { worker = await startJobs(); });
afterAll(async () => { await worker.stop(); });

/** On a server that was given, statements are not counted. */
const zaehlt = (await queryAs(() => superUrl('postgres'), `select from pg_extension where extname = 'pg_stat_statements'`)).length > 0;
type Haus = Awaited<ReturnType<typeof newEigner>>;
const [ueberall, facetten, gesehen, gemerkt, vorgaenge] = [inAllenHaeusern(suche.search), inAllenHaeusern(suche.getSuchfacetten), inAllenHaeusern(schriftgut.listZuletztGesehen), inAllenHaeusern(schriftgut.listMerkliste), inAllenHaeusern(schriftgut.listVorgaenge)];
const idVon = (haus: Haus) => haus.mandant.mandantId;

/** A county whose office 63 may be addressed, and others that share an Akte with it. */
async function newHeim(anzahl: number) {
  const [heim, ...andere] = await Promise.all(Array.from({ length: anzahl + 1 }, newEigner)) as [Haus, ...Haus[]];
  const oe = await heim.administration.call(organisation.getOrganisationseinheit, { params: { id: heim.mandant.oe('63') as never } });
  await heim.administration.call(organisation.updateOrganisationseinheit, { params: { id: oe.id }, ifMatch: oe.version, body: { adressierbar: true } });
  const teile = (haus: Haus, more: object = {}) => share(haus, { mandant: heim.mandant, oe: oe.id } as never, more);
  const freigaben = [];
  for (const haus of andere) freigaben.push(await teile(haus));
  await until(async () => expect(await erhaltene(heim.clerk, { laeuft: 'true' })).toHaveLength(anzahl));
  return { heim, andere, freigaben, teile };
}
const schreibe = (haus: Haus, betreff: string, datumDesSchreibens: string, akteId: string = haus.akte.id) => haus.clerk.call(schriftgut.createDokument, { body: { akteId: akteId as never, betreff, art: 'intern', datumDesSchreibens } });
/** Every page, one after another. */
async function blaettere(person: Person, query: { q: string; limit: number; haus?: string[]; sort?: 'relevanz' }) {
  const seiten = [];
  for (let cursor: string | undefined; ;) {
    const seite = await person.call(ueberall, { query: { ...query, ...(cursor && { cursor }) } as never });
    seiten.push(seite);
    if (!seite.weiter) return seiten;
    expect(seiten.length).toBeLessThan(50);
    cursor = seite.weiter;
  }
}
const gefunden = (haus: Haus, q: string, n: number) => until(async () => expect((await haus.clerk.call(suche.getSuchfacetten, { query: { q } })).gesamt).toBe(n));

describe('BE-03: one list over the own house and those that share something', () => {
  test('search: hits of three houses by date, page after page without gap or double; counts and facets add up exactly', async () => {
    const { heim, andere } = await newHeim(2);
    const erwartet: { id: string; datum: string; haus: string | null }[] = [];
    for (const [h, haus] of [heim, ...andere].entries()) {
      for (let i = 0; i < 6 + h; i++) {
        const datum = `2026-0${1 + (i % 4)}-1${(i + h) % 3}`; // many of the same day
        erwartet.push({ id: (await schreibe(haus, `Zwirnsfaden ${i}`, datum)).id, datum, haus: haus === heim ? null : idVon(haus) });
      }
      await schreibe(haus, 'Zwirnsfaden geheim', '2026-05-01', haus.andere.id); // shared with nobody
      await gefunden(haus, 'Zwirnsfaden', 7 + h);
    }
    const eigenes = await heim.clerk.call(suche.search, { query: { q: 'Zwirnsfaden geheim' } });
    expect(eigenes.eintraege).toHaveLength(1);
    for (const limit of [3, 5, 100]) {
      const seiten = await blaettere(heim.clerk, { q: 'Zwirnsfaden -geheim', limit });
      const zeilen = seiten.flatMap((s) => s.eintraege);
      expect(zeilen.map((z) => z.datum)).toEqual(zeilen.map((z) => z.datum).toSorted().toReversed());
      expect(zeilen.map((z) => `${z.id} ${z.haus?.id ?? null}`).toSorted()).toEqual(erwartet.map((e) => `${e.id} ${e.haus}`).toSorted());
      for (const s of seiten.slice(0, -1)) expect(s.eintraege).toHaveLength(limit);
      expect(seiten[0]!.haeuser.map((x) => [x.id, x.stand])).toEqual([idVon(heim), ...andere.map(idVon).toReversed()].map((id) => [id, 'da']));
    }
    const zahlen = await heim.clerk.call(facetten, { query: { q: 'Zwirnsfaden -geheim' } });
    expect([zahlen.gesamt, zahlen.typ, zahlen.haeuser.map((x) => x.anzahl).toSorted()]).toEqual([21, [{ wert: 'dokument', bezeichnung: 'Dokument', anzahl: 21 }], [6, 7, 8]]);
    // the facet of houses: what one would get by choosing
    const dort = await heim.clerk.call(facetten, { query: { q: 'Zwirnsfaden -geheim', haus: [idVon(andere[0]!)] } });
    expect([dort.gesamt, dort.haeuser.map((x) => x.anzahl).toSorted()]).toEqual([7, [6, 7, 8]]);
    expect((await blaettere(heim.clerk, { q: 'Zwirnsfaden -geheim', limit: 4, haus: ['andere'] })).flatMap((s) => s.eintraege).every((z) => z.haus !== null)).toBe(true);
    // by relevance one house stands after another
    const haeuser = (await blaettere(heim.clerk, { q: 'Zwirnsfaden -geheim', limit: 4, sort: 'relevanz' })).flatMap((s) => s.eintraege).map((z) => z.haus?.id ?? null);
    expect([haeuser.length, haeuser.filter((id, i) => id !== haeuser[i - 1])]).toEqual([21, [null, idVon(andere[1]!), idVon(andere[0]!)]]);
    // nothing that was not shared, neither its words nor that it is there
    const fremdes = await heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden geheim', haus: ['andere'] } as never });
    expect(fremdes).toMatchObject({ eintraege: [], gesamt: 0 });
  });

  test('an Aktenzeichen of another house is found and stands first, also page by page', async () => {
    const { heim, andere: [haus] } = await newHeim(1);
    await until(async () => expect((await heim.clerk.call(ueberall, { query: { q: haus!.akte.aktenzeichen } })).eintraege[0]).toMatchObject({ umfang: 'kennzeichen' }));
    const eins = await blaettere(heim.clerk, { q: haus!.akte.aktenzeichen, limit: 1 }), ganz = await blaettere(heim.clerk, { q: haus!.akte.aktenzeichen, limit: 100 });
    const ids = ganz.flatMap((s) => s.eintraege).map((z) => z.id);
    expect(ids).toContain(haus!.akte.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(eins.flatMap((s) => s.eintraege).map((z) => z.id)).toEqual(ids);
  });

  test('what was looked at last and what was marked stand in one list with the own; what is open there as well', async () => {
    const { heim, andere: [eins, zwei] } = await newHeim(2);
    const see = (ask: Person['call'], typ: 'akte' | 'vorgang', id: string) => ask(schriftgut.createZuletztGesehen, { params: { typ, id } });
    await see(heim.clerk.call, 'akte', heim.akte.id);
    await see(bei(heim.clerk, idVon(eins!)), 'akte', eins!.akte.id);
    await see(heim.clerk.call, 'vorgang', heim.vorgang.id);
    await see(bei(heim.clerk, idVon(zwei!)), 'vorgang', zwei!.vorgang.id);
    await bei(heim.clerk, idVon(eins!))(schriftgut.createMerkung, { params: { typ: 'vorgang', id: eins!.vorgang.id } });
    const liste = await heim.clerk.call(gesehen, { query: {} });
    expect(liste.eintraege.map((e) => [e.id, e.haus?.id ?? null])).toEqual([[zwei!.vorgang.id, idVon(zwei!)], [heim.vorgang.id, null], [eins!.akte.id, idVon(eins!)], [heim.akte.id, null]]);
    expect((await heim.clerk.call(gesehen, { query: { limit: 2 } })).eintraege).toHaveLength(2);
    expect((await heim.clerk.call(gemerkt, { query: {} } as never)).eintraege.map((e) => e.id)).toEqual([eins!.vorgang.id]);
    const offen = await heim.clerk.call(vorgaenge, { query: { status: ['in_bearbeitung'], sort: '-geaendertAm', haus: ['andere'], limit: 1 } as never });
    expect([offen.gesamt, offen.eintraege.map((v) => v.haus !== null)]).toEqual([2, [true]]);
    const zweite = await heim.clerk.call(vorgaenge, { query: { status: ['in_bearbeitung'], sort: '-geaendertAm', haus: ['andere'], limit: 1, cursor: offen.weiter! } as never });
    expect([[...offen.eintraege, ...zweite.eintraege].map((v) => v.id).toSorted(), zweite.gesamt, zweite.weiter]).toEqual([[eins!.vorgang.id, zwei!.vorgang.id].toSorted(), 2, null]);
    expect((await heim.clerk.call(vorgaenge, { query: {} })).gesamt).toBe(3);
  });

  test('what is shown is recorded at both sides, and nothing that is not shown', async () => {
    const { heim, andere: [haus] } = await newHeim(1);
    const neu = await schreibe(haus!, 'Zwirnsfaden neu', '2026-09-02'), alt = await schreibe(haus!, 'Zwirnsfaden alt', '2026-09-01');
    await gefunden(haus!, 'Zwirnsfaden', 2);
    const seite = await heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden', limit: 1 } });
    expect(seite.eintraege.map((z) => z.id)).toEqual([neu.id]);
    await heim.clerk.call(facetten, { query: { q: 'Zwirnsfaden' } }); // numbers name nothing
    const [dort, daheim] = [await lesezugriffe(haus!.mandant), await lesezugriffe(heim.mandant)] as unknown as { operation: string; bei_id: string | null; objekte: { id: string }[] }[][];
    expect([dort!.map((l) => l.operation), daheim!.map((l) => [l.operation, l.bei_id])]).toEqual([['search'], [['search', idVon(haus!)]]]);
    for (const [l] of [dort!, daheim!]) { expect(l!.objekte.map((o) => o.id)).toContain(neu.id); expect(JSON.stringify(l!.objekte)).not.toContain(alt.id); }
  });

  test('an ended Freigabe is gone at the next request, also between two pages; so is a county that is deactivated', async () => {
    const { heim, andere: [eins, zwei], freigaben } = await newHeim(2);
    for (const haus of [eins!, zwei!]) { for (const tag of ['01', '02']) await schreibe(haus, 'Zwirnsfaden', `2026-09-${tag}`); await gefunden(haus, 'Zwirnsfaden', 2); }
    const erste = await heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden', limit: 2 } });
    expect(erste.eintraege.map((z) => z.datum)).toEqual(['2026-09-02', '2026-09-02']);
    await eins!.leitung.call(api.revokeVerbundfreigabe, { params: { id: freigaben[0]!.id } });
    const zweite = await heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden', limit: 2, cursor: erste.weiter! } });
    expect([zweite.eintraege.map((z) => [z.haus?.id, z.datum]), zweite.weiter]).toEqual([[[idVon(zwei!), '2026-09-01']], null]);
    const betrieb = newVerbund().as('betrieb', [], http);
    const mandant = (await betrieb.call(organisation.listMandanten, { query: { limit: 200 } })).eintraege.find((m) => m.id === idVon(zwei!))!;
    await betrieb.call(organisation.updateMandant, { params: { id: mandant.id }, ifMatch: mandant.version, body: { aktiv: false } });
    await until(async () => expect(await heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden' } })).toMatchObject({ eintraege: [], gesamt: 0, haeuser: [] }));
  });

  test.runIf(zaehlt)('whom nobody shares anything with pays one statement more, and no list of the Mandanten', async () => {
    const allein = await newEigner();
    const calls = async (teil: string) => Number((await queryAs(() => superUrl('postgres'), `select coalesce(sum(calls), 0) as n from pg_stat_statements where dbid = (select oid from pg_database where datname = '${databaseName}') and query like '%${teil}%'`))[0].n);
    await allein.clerk.call(gesehen, { query: {} });
    const vorher = [await calls('"verbund"."erhalten"'), await calls('list_mandanten'), await calls('zuletzt_gesehen')];
    for (let i = 0; i < 3; i++) await allein.clerk.call(gesehen, { query: {} });
    const nachher = [await calls('"verbund"."erhalten"'), await calls('list_mandanten'), await calls('zuletzt_gesehen')];
    expect(nachher.map((n, i) => n - vorher[i]!)).toEqual([3, 0, 3]);
  });

  test('who is shared nothing, a guest and the owner see one house alone; a marked page that is not ours is refused', async () => {
    const { heim, andere: [haus] } = await newHeim(1);
    await schreibe(heim, 'Zwirnsfaden daheim', '2026-09-01');
    await schreibe(haus!, 'Zwirnsfaden dort', '2026-09-01');
    await gefunden(heim, 'Zwirnsfaden', 1);
    await gefunden(haus!, 'Zwirnsfaden', 1);
    const zeige = async (ask: Person['call']) => { const a = await ask(ueberall, { query: { q: 'Zwirnsfaden' } }); return [a.eintraege.map((z) => [z.titel, z.haus?.id ?? null]), a.gesamt, a.haeuser.length]; };
    expect(await zeige(heim.clerk.call)).toEqual([[['Zwirnsfaden daheim', null], ['Zwirnsfaden dort', idVon(haus!)]], 2, 2]);
    expect(await zeige(heim.mandant.as('leser', ['20'], http).call)).toEqual([[], 0, 0]);
    expect(await zeige(haus!.clerk.call)).toEqual([[['Zwirnsfaden dort', null]], 1, 0]);
    expect(await zeige(bei(heim.clerk, idVon(haus!)))).toEqual([[['Zwirnsfaden dort', null]], 1, 0]);
    await expect(heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden', cursor: 'x' } })).rejects.toMatchObject({ status: 422 });
    const marke = Buffer.from(JSON.stringify({ [idVon(haus!)]: 'x' })).toString('base64url');
    await expect(heim.clerk.call(ueberall, { query: { q: 'Zwirnsfaden', cursor: marke } })).rejects.toMatchObject({ status: 422 });
  });
});
