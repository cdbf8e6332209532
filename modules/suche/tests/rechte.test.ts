import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSuche } from './probe.ts';

const WORTE = ['Bauantrag', 'Hundesteuer', 'Verfahren', 'Zufahrt', 'Bauantragsverfahren', 'Wohngeld', 'Müller'];
const FRAGEN = ['Bauantrag', 'verfahren', 'Hundesteuer Müller', 'bau*', '"Wohngeld Müller"', 'Verfahren -Zufahrt', 'Zufahrt -Müller', 'Bauantragsverfahren', '631 1', ''];
const BEREICHE = 4;
const objekt = fc.record({
  bereich: fc.nat(BEREICHE - 1), typ: fc.constantFrom('probe', 'probeakte'), art: fc.constantFrom('Eingang', 'Ausgang', null), jahr: fc.integer({ min: 2022, max: 2026 }),
  titel: fc.array(fc.constantFrom(...WORTE), { minLength: 1, maxLength: 2 }), inhalt: fc.array(fc.constantFrom(...WORTE), { maxLength: 4 }), nummer: fc.integer({ min: 1, max: 3 }),
  // granted by itself, beside what its Schutzbereich gives
  einzeln: fc.constantFrom('keine', 'keine', 'sehen', 'lesen'),
});
const RANG = ['keine', 'sehen', 'lesen'] as const;
const stufen = fc.array(fc.constantFrom('keine', 'sehen', 'lesen'), { minLength: BEREICHE, maxLength: BEREICHE });

/** Follows every page. */
async function alle(search: (q: string, more: Record<string, unknown>) => Promise<any>, q: string, more: object) {
  const found: any[] = [];
  let cursor: string | undefined;
  do { const seite = await search(q, { ...more, limit: 7, ...(cursor && { cursor }) }); found.push(...seite.eintraege); cursor = seite.weiter ?? undefined; } while (cursor);
  return found;
}

test('RE-02 what a person finds is what one who sees everything finds, less what the person may not see; of protected classes not a word without reading; grants to single objects, counts and facets too', async () => {
  await fc.assert(fc.asyncProperty(fc.array(objekt, { minLength: 1, maxLength: 25 }), stufen, fc.array(fc.boolean(), { minLength: BEREICHE, maxLength: BEREICHE }), async (objekte, stufe, geschuetzt) => {
    const s = await newSuche();
    const bereiche = [s.bereich, ...(await Promise.all(Array.from({ length: BEREICHE - 1 }, (_, i) => s.createBereich(`b${i}`, geschuetzt[i + 1] ? 'personal' : null))))];
    const [alles, person] = [s.person(), s.person()];
    for (const [i, b] of bereiche.entries()) {
      await s.grant(b, alles.id, 'lesen');
      if (stufe[i] !== 'keine') await s.grant(b, person.id, stufe[i] as 'sehen' | 'lesen');
    }
    const probe = objekte.map((o, i) => ({ schutzId: bereiche[o.bereich]!, typ: o.typ, art: o.art, datum: `${o.jahr}-03-${10 + (i % 15)}`, titel: o.titel.join(' '), inhalt: o.inhalt.join(' '), kennzeichen: `631-${o.nummer}` }));
    const eintraege = await s.add(...probe);
    for (const [i, { einzeln }] of objekte.entries()) if (einzeln !== 'keine') await s.grantObjekt(eintraege[i]!, person.id, einzeln);
    const gilt = (i: number) => RANG[Math.max(RANG.indexOf(stufe[objekte[i]!.bereich] as 'keine'), RANG.indexOf(objekte[i]!.einzeln))]!;
    const istVerdeckt = (i: number) => gilt(i) === 'sehen' && objekte[i]!.bereich > 0 && geschuetzt[objekte[i]!.bereich]!;
    // The same objects as one sees them who may not read some: for these the content is empty.
    const nurSehen = await newSuche();
    const ohneInhalt = nurSehen.person();
    await nurSehen.grant(nurSehen.bereich, ohneInhalt.id, 'lesen');
    const original = new Map<string, string>();
    for (const [i, o] of probe.entries()) if (gilt(i) !== 'keine') {
      const [kopie] = [nurSehen.put({ ...o, schutzId: nurSehen.bereich, inhalt: gilt(i) === 'lesen' ? o.inhalt : '', ...(istVerdeckt(i) && { titel: '' }) })];
      original.set(kopie.id, eintraege[i]!.id);
    }
    await nurSehen.index([...nurSehen.objekte.values()]);
    const sichtbar = new Set(original.values());

    for (const q of FRAGEN) for (const umfang of ['genau', 'teile'] as const) {
      const [mine, ideal, all] = [await alle(person.search, q, { umfang }), await alle(ohneInhalt.search, q, { umfang }), await alle(alles.search, q, { umfang })];
      const ids = mine.map((e) => e.id).sort();
      expect(ids).toEqual(ideal.map((e) => original.get(e.id)).sort());
      if (!objekte.some((_, i) => gilt(i) === 'sehen')) expect(ids).toEqual(all.map((e) => e.id).filter((id) => sichtbar.has(id)).sort());
      const [f, g] = [await person.facetten(q, { umfang }), await ohneInhalt.facetten(q, { umfang })];
      expect(f).toEqual(g);
      expect(f.gesamt).toBe(ids.length);
      const nummer = (e: { id: string }) => eintraege.findIndex((o) => o.id === e.id);
      for (const e of mine) expect(e.titel).toBe(istVerdeckt(nummer(e)) ? 'Betreff geschützt (Personaldaten)' : probe[nummer(e)]!.titel);
      for (const e of mine) if (gilt(nummer(e)) === 'sehen') {
        expect(e.rechte).toEqual(['akte.sehen']);
        expect(e.schnipsel.some((t: { treffer: boolean }) => t.treffer)).toBe(false);
      }
    }
  }), { numRuns: 8 });
}, 240_000);

test('RE-02 the search widens by what the person sees, and a Rolle without the Recht sees nothing', async () => {
  const s = await newSuche();
  const geheim = await s.createBereich('geheim');
  await s.add(...Array.from({ length: 30 }, (_, i) => ({ titel: `Bauantragsverfahren ${i}`, schutzId: geheim })), { titel: 'Bauantrag' });
  const p = await s.reader();
  expect(await p.titel('Bauantragsverfahren')).toEqual(['Bauantrag']);
  const betrieb = s.person('betrieb');
  await s.grant(s.bereich, betrieb.id, 'lesen');
  expect(await betrieb.titel('Bauantrag')).toEqual([]);
  expect((await betrieb.facetten('Bauantrag')).gesamt).toBe(0);
});

test('BE-02 another Mandant finds nothing, even with equal letters of the Mandant and ids of foreign Schutzbereiche', async () => {
  const [s, fremd] = [await newSuche(), await newSuche()];
  await s.add({ titel: 'Zwergseidenäffchen', kennzeichen: '631-77' });
  const p = await fremd.reader();
  await fremd.grant(fremd.bereich, p.id, 'lesen');
  expect(await p.titel('Zwergseidenäffchen')).toEqual([]);
  expect(await p.titel('631-77')).toEqual([]);
  expect(await p.titel('')).toEqual([]);
});

test('ort names an Akte only to those who may see it', async () => {
  const s = await newSuche();
  const geheim = await s.createBereich('geheim');
  const [akte] = await s.add({ titel: 'Geheime Akte', typ: 'probeakte', schutzId: geheim });
  await s.add({ titel: 'Offener Vermerk', akteId: akte!.id });
  const p = await s.reader();
  expect((await p.search('Vermerk')).eintraege[0]!.ort).toEqual([]);
  await s.grant(geheim, p.id, 'sehen');
  expect((await p.search('Vermerk')).eintraege[0]!.ort).toEqual([{ typ: 'probeakte', id: akte!.id, titel: 'Geheime Akte', kennzeichen: null }]);
});
