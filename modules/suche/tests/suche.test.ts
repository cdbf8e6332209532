import { expect, test } from 'vitest';
import { newSuche } from './probe.ts';

test('RE-01 a word is found in title, metadata and content, in all its forms', async () => {
  const s = await newSuche();
  await s.add({ titel: 'Anträge der Nachbarn' }, { titel: 'b', zusatz: ['Antrag von Frau Meier'] }, { titel: 'c', inhalt: 'Dem Antrage wird stattgegeben.' }, { titel: 'd', inhalt: 'Etwas ganz anderes' });
  const p = await s.reader();
  expect(await p.titel('antrags')).toEqual(['Anträge der Nachbarn', 'b', 'c']);
  expect(await p.titel('ANTRAG Meiers')).toEqual(['b']);
});
test('RE-01 umlauts, their transcription and none are one spelling; DIN 91379 letters fold', async () => {
  const s = await newSuche();
  await s.add({ titel: 'Müller' }, { titel: 'Mueller' }, { titel: 'Muller' }, { titel: 'Straße' }, { titel: 'Đorđević' }, { titel: 'neue Quelle' });
  const p = await s.reader();
  for (const q of ['Müller', 'Mueller', 'muller', 'MÜLLERS']) expect(await p.titel(q)).toEqual(['Mueller', 'Muller', 'Müller']);
  expect(await p.titel('Strasse')).toEqual(['Straße']);
  expect(await p.titel('Dordevic')).toEqual(['Đorđević']);
  expect(await p.titel('neuer quellen')).toEqual(['neue Quelle']);
});
test('RE-01 a compound is found by its part, and the other way round', async () => {
  const s = await newSuche();
  await s.add({ titel: 'Bauantrag' }, { titel: 'Bauantragsverfahren' }, { titel: 'Gartenfest' });
  const p = await s.reader();
  expect(await p.titel('Bauantrag')).toEqual(['Bauantrag', 'Bauantragsverfahren']);
  expect(await p.titel('Bauantragsverfahren')).toEqual(['Bauantrag', 'Bauantragsverfahren']);
  expect(await p.titel('verfahren')).toEqual(['Bauantragsverfahren']);
  expect(await p.titel('Bau-Antrag', { umfang: 'genau' })).toEqual(['Bauantrag', 'Bauantragsverfahren']);
  const { eintraege } = await p.search('Bauantragsverfahren');
  expect(eintraege.map((e) => [e.titel, e.umfang])).toEqual([['Bauantragsverfahren', 'genau'], ['Bauantrag', 'teile']]);
});
test('RE-01 prefix, phrase, exclusion', async () => {
  const s = await newSuche();
  await s.add({ titel: '1', inhalt: 'Die Steuererklärung liegt vor, nach Treu und Glauben.' }, { titel: '2', inhalt: 'Steuern und Abgaben; Glauben und Treu' }, { titel: '3', inhalt: 'ein wichtiger Grundsatz' }, { titel: '4', inhalt: 'ein wichtiger Grund' });
  const p = await s.reader();
  expect(await p.titel('steuer*')).toEqual(['1', '2']);
  expect(await p.titel('"Treu und Glauben"')).toEqual(['1']);
  expect(await p.titel('„Treu und Glauben“')).toEqual(['1']);
  expect(await p.titel('"wichtigen Grund"')).toEqual(['4']);
  expect(await p.titel('wichtig -Grundsatz')).toEqual(['4']);
  expect(await p.titel('steuer* -"Treu und Glauben"')).toEqual(['2']);
  expect(await p.titel('-Grund')).toEqual([]);
});
test('a word broken at the end of a line, soft hyphens, numbers with strokes', async () => {
  const s = await newSuche();
  await s.add({ titel: '1', inhalt: 'Die Bauan-\ntragstellerin, Flurstück 112/4, Geh-\nund Fahrrecht' }, { titel: '2', inhalt: 'Flurstück 4, Nr. 112; Ka\u00adtaster' });
  const p = await s.reader();
  expect(await p.titel('Bauantragstellerin')).toEqual(['1']);
  expect(await p.titel('112/4')).toEqual(['1']);
  expect(await p.titel('Kataster')).toEqual(['2']);
});
test('RE-01 AZ-05 an Aktenzeichen in any spelling comes first, former ones too; the rest of the question is searched', async () => {
  const s = await newSuche();
  const [akte] = await s.add({ titel: 'Neubau Lindenstraße 14', typ: 'probeakte', kennzeichen: '631.20-2026/0347', datum: '2020-01-01', fruehereKennzeichen: ['63-1/99 alt'] });
  await s.add({ titel: 'Baulast Zufahrt' }, { titel: 'Brief', inhalt: 'Ihr Zeichen 631.20-2026/0347' }, { titel: 'Vermerk', kennzeichen: '631.20-2026/0347-02', akteId: akte!.id }, { titel: 'Andere', typ: 'probeakte', kennzeichen: '631.20-2025/0347' });
  const p = await s.reader();
  for (const q of ['631.20-2026/0347', '631 20 2026 347', '631/20/2026/00347', '631.20-26/347']) {
    const { eintraege, kennzeichen } = await p.search(q);
    expect([q, kennzeichen, eintraege[0]!.titel, eintraege[0]!.umfang]).toEqual([q, q, 'Neubau Lindenstraße 14', 'kennzeichen']);
    expect(eintraege.map((e) => e.titel).sort()).toEqual(['Brief', 'Neubau Lindenstraße 14', 'Vermerk']);
  }
  const rest = await p.search('631.20 2026 347 Baulast Zufahrt');
  expect(rest.eintraege.map((e) => e.titel)).toEqual(['Neubau Lindenstraße 14', 'Baulast Zufahrt']);
  expect(rest.kennzeichen).toBe('631.20 2026 347');
  expect((await p.search('631.20 347')).eintraege.slice(0, 2).map((e) => e.titel).sort()).toEqual(['Andere', 'Neubau Lindenstraße 14']);
  expect((await p.search('63 1 99 ALT')).eintraege[0]!.titel).toBe('Neubau Lindenstraße 14');
  expect((await p.facetten('631.20 2026 347 Baulast Zufahrt')).gesamt).toBe(2);
  expect((await p.facetten('631.20-2026/0347')).gesamt).toBe(3);
});
test('OCR-tolerant: a spoilt word is found when there is nothing better', async () => {
  const s = await newSuche();
  await s.add({ titel: 'Scan', inhalt: 'Antrag auf Genehmignng einer Entwässerungsanlaqe' }, { titel: 'x', inhalt: 'Genossenschaft' });
  const p = await s.reader();
  expect((await p.search('Genehmigung')).eintraege.map((e) => [e.titel, e.umfang])).toEqual([['Scan', 'aehnlich']]);
  expect(await p.titel('Entwässerungsanlage')).toEqual(['Scan']);
  expect(await p.titel('Genehmigung', { umfang: 'genau' })).toEqual([]);
});
test('snippets mark what was asked for, compounds only by their part', async () => {
  const s = await newSuche();
  await s.add({ titel: 'Auskunft aus dem Baulastenverzeichnis', inhalt: `${'Vorab etwas Text. '.repeat(40)} Für dieses Grundstück ist die Zufahrtsbaulast eingetragen, Straße 5. ${'Danach noch mehr. '.repeat(40)}` });
  const p = await s.reader();
  const [hit] = (await p.search('Baulast Strasse')).eintraege;
  const marked = (teile: { text: string; treffer: boolean }[]) => teile.filter((t) => t.treffer).map((t) => t.text);
  expect(marked(hit!.titelTeile)).toEqual(['Baulasten']);
  expect(marked(hit!.schnipsel)).toEqual(['baulast', 'Straße']);
  expect(hit!.schnipsel.map((t) => t.text).join('')).toMatch(/^… .*Für dieses Grundstück ist die Zufahrtsbaulast eingetragen, Straße 5\..* …$/);
});
test('filters, facets with exact counts, order and pages', async () => {
  const s = await newSuche();
  await s.add(...Array.from({ length: 45 }, (_, i) => ({ titel: `Bescheid ${i}`, art: i % 3 ? 'Eingang' : 'Ausgang', status: 'offen', datum: `202${4 + (i % 3)}-0${1 + (i % 9)}-10`, typ: i % 5 ? 'probe' : 'probeakte' })));
  const p = await s.reader();
  const f = await p.facetten('Bescheid');
  expect(f.gesamt).toBe(45);
  expect(f.art).toEqual([{ wert: 'Eingang', bezeichnung: 'Eingang', anzahl: 30 }, { wert: 'Ausgang', bezeichnung: 'Ausgang', anzahl: 15 }]);
  expect(f.typ).toEqual([{ wert: 'probe', bezeichnung: 'Dokument', anzahl: 36 }, { wert: 'probeakte', bezeichnung: 'Akte', anzahl: 9 }]);
  expect(f.jahr).toEqual(['2026', '2025', '2024'].map((wert) => ({ wert, bezeichnung: wert, anzahl: 15 })));
  const g = await p.facetten('Bescheid', { art: 'Ausgang', von: '2024-01-01', bis: '2024-12-31' });
  expect([g.gesamt, g.art.map((a) => a.anzahl), g.jahr.map((j) => j.anzahl)]).toEqual([15, [15], [15]]);
  const h = await p.facetten('Bescheid', { art: 'Eingang', typ: 'probeakte' });
  expect([h.gesamt, h.art.map((a) => [a.wert, a.anzahl]), h.typ.map((t) => [t.wert, t.anzahl])]).toEqual([6, [['Eingang', 6], ['Ausgang', 3]], [['probe', 24], ['probeakte', 6]]]);
  for (const sort of ['-datum', 'relevanz']) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const seite = await p.search('Bescheid', { sort, limit: 20, ...(cursor && { cursor }) });
      seen.push(...seite.eintraege.map((e) => e.id));
      if (sort === '-datum') expect(seite.eintraege.map((e) => e.datum)).toEqual(seite.eintraege.map((e) => e.datum).sort().reverse());
      cursor = seite.weiter ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([45, 45]);
  }
  expect((await p.search('', { art: 'Ausgang', limit: 200 })).eintraege).toHaveLength(15);
  expect((await p.facetten('', { art: 'Ausgang' })).gesamt).toBe(15);
});
test('pages go on into the wider list without showing a hit twice', async () => {
  const s = await newSuche();
  await s.add(...Array.from({ length: 7 }, (_, i) => ({ titel: `Bauantragsverfahren ${i}` })), ...Array.from({ length: 9 }, (_, i) => ({ titel: `Bauantrag ${i}` })));
  const p = await s.reader();
  const seen: [string, string][] = [];
  let cursor: string | undefined;
  do {
    const seite = await p.search('Bauantragsverfahren', { limit: 3, ...(cursor && { cursor }) });
    seen.push(...seite.eintraege.map((e) => [e.titel, e.umfang] as [string, string]));
    cursor = seite.weiter ?? undefined;
  } while (cursor);
  expect(seen).toHaveLength(16);
  expect(new Set(seen.map(([t]) => t)).size).toBe(16);
  expect(seen.slice(0, 7).every(([t, u]) => t.startsWith('Bauantragsverfahren') && u === 'genau')).toBe(true);
  expect((await p.facetten('Bauantragsverfahren')).gesamt).toBe(16);
});
test('relevance puts title before content', async () => {
  const s = await newSuche();
  await s.add({ titel: 'Nebensache', inhalt: `Am Rande: Denkmalschutz. ${'Füllwort steht hier. '.repeat(30)}`, datum: '2026-11-20' }, { titel: 'Denkmalschutz Rathaus', datum: '2020-01-01' });
  const p = await s.reader();
  expect((await p.search('Denkmalschutz', { sort: 'relevanz' })).eintraege.map((e) => e.titel)).toEqual(['Denkmalschutz Rathaus', 'Nebensache']);
  expect((await p.search('Denkmalschutz')).eintraege.map((e) => e.titel)).toEqual(['Nebensache', 'Denkmalschutz Rathaus']);
});
