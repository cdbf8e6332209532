import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Profileinstellungen } from '../contract-profil.ts';
import type { Deckblattziel } from '../server/bild/index.ts';
import { checkDateien, checkSeiten, readManifest } from '../server/manifest.ts';
import { seitenfolge } from '../server/pruefung/vermerk.ts';
import { drawStichprobe, separateBriefe, type Trennseite } from '../server/trennen.ts';

const profil = (more: object = {}) => Profileinstellungen.parse({ jeDatei: false, ...more });
const lage = { x: 0, y: 0, breite: 0.1, hoehe: 0.1 };
type Art = 'text' | 'leer' | 'patch' | 'qr' | 'unlesbar' | Deckblattziel | 'falsch';
const seite = (art: Art, i: number, datei = 'a'): Trennseite => ({
  id: `s${i + 1}`, rohdateiId: datei, seite: i + 1,
  analyse: art === 'unlesbar' ? null : {
    leer: { ist: art === 'leer', anteil: 0, grund: art === 'leer' ? 'nichts' : 'inhalt', entfernt: { raender: 0, lochung: 0, staub: 0, durchscheinend: 0 } },
    codes: art === 'patch' ? [{ art: 'patch', wert: 'T', lage, winkel: 0 }] : art === 'qr' ? [{ art: 'qr', wert: 'Rechnung', lage, winkel: 0 }] : [], codefehler: [], widerspruch: false,
  },
  deckblaetter: typeof art === 'object' ? [art] : art === 'falsch' ? ['ungueltig'] : [],
});
const trenne = (arten: readonly Art[], more: object = {}, dateien?: readonly string[]) => separateBriefe(arten.map((a, i) => seite(a, i, dateien?.[i])), profil(more));
/** `1 1 - 2`: the letters of the pages; `-` separators, `o` blanks. */
const kurz = (g: ReturnType<typeof trenne>) => g.seiten.map((s) => (s.status === 'trennblatt' ? '-' : s.status === 'leer' ? 'o' : String(s.brief! + 1))).join(' ');
const oe = (id: string): Deckblattziel => ({ art: 'oe', id }), akte = (id: string): Deckblattziel => ({ art: 'akte', id });

describe('separation', () => {
  test('without any separator the batch is one letter; a file each is one where the profile says so', () => {
    expect(kurz(trenne(['text', 'text', 'text']))).toBe('1 1 1');
    expect(kurz(trenne(['text', 'text', 'text'], { jeDatei: true }, ['a', 'b', 'b']))).toBe('1 2 2');
  });
  test('patch pages separate and are no part of a letter; several in a row are one', () => {
    expect(kurz(trenne(['patch', 'text', 'text', 'patch', 'patch', 'text']))).toBe('- 1 1 - - 2');
    expect(kurz(trenne(['text', 'patch'], { trennung: [] }))).toBe('1 1');
  });
  test('blank pages are taken out, or separate, as the profile says', () => {
    expect(kurz(trenne(['leer', 'text', 'leer', 'text']))).toBe('o 1 o 1');
    expect(kurz(trenne(['text', 'leer', 'text'], { trennung: ['leerseite'] }))).toBe('1 - 2');
    expect(kurz(trenne(['text', 'leer', 'text'], { leerseitenEntfernen: false }))).toBe('1 1 1');
  });
  test('a label on a letter begins it and stays in it; a code the profile does not name is none', () => {
    expect(kurz(trenne(['text', 'qr', 'text'], { trennung: ['qr'] }))).toBe('1 2 2');
    expect(kurz(trenne(['text', 'qr', 'text']))).toBe('1 1 1');
  });
  test('a cover sheet says where the letter behind it goes; two that differ say nothing, and it is told', () => {
    const g = trenne([oe('o1'), 'text', 'text', akte('a1'), 'text', 'patch', 'text']);
    expect([kurz(g), g.briefe.map((b) => b.ziel)]).toEqual(['- 1 1 - 2 - 3', [oe('o1'), akte('a1'), null]]);
    const streit = trenne([oe('o1'), akte('a1'), oe('o1'), 'text']);
    expect(streit.briefe.map((b) => [b.ziel, b.hinweise.map((h) => h.art)])).toEqual([[null, ['widerspruch']]]);
    expect(trenne([oe('o1'), oe('o1'), 'text']).briefe[0]).toEqual({ ziel: oe('o1'), hinweise: [] });
    expect(trenne(['falsch', 'text']).briefe.map((b) => [b.ziel, b.hinweise.map((h) => h.art)])).toEqual([[null, ['deckblatt_ungueltig']]]);
  });
  test('a page that cannot be read is a page, and is told', () => {
    expect(trenne(['text', 'unlesbar']).briefe[0]!.hinweise.map((h) => h.art)).toEqual(['seite_unlesbar']);
  });
  test('whatever comes: every page once and in its order, every letter in one piece with a page at least', () => {
    const art = fc.constantFrom<Art>('text', 'leer', 'patch', 'qr', 'unlesbar', oe('o1'), akte('a1'), 'falsch');
    fc.assert(fc.property(fc.array(art, { maxLength: 40 }), fc.subarray(['leerseite', 'patch', 'qr'] as const), fc.boolean(), fc.boolean(), (arten, trennung, jeDatei, leerseitenEntfernen) => {
      const g = trenne(arten, { trennung, jeDatei, leerseitenEntfernen }, arten.map((_, i) => `d${Math.floor(i / 7)}`));
      expect(g.seiten.map((s) => s.id)).toEqual(arten.map((_, i) => `s${i + 1}`));
      const da = g.seiten.filter((s) => s.status === 'da').map((s) => s.brief!);
      expect(da).toEqual(da.toSorted((a, b) => a - b));
      expect(new Set(da).size).toBe(g.briefe.length);
      expect(g.seiten.filter((s) => s.status === 'trennblatt').every((s) => s.brief === null)).toBe(true);
    }));
  });
});

describe('sample', () => {
  test('all, none, or a share that is never nothing', () => {
    const zufall = (n: number) => n - 1;
    expect([...drawStichprobe(3, { art: 'alle', prozent: 5 }, zufall)]).toEqual([0, 1, 2]);
    expect(drawStichprobe(3, { art: 'keine', prozent: 5 }, zufall).size).toBe(0);
    expect([1, 10, 11, 100, 0].map((n) => drawStichprobe(n, { art: 'anteil', prozent: 10 }, zufall).size)).toEqual([1, 1, 2, 10, 0]);
  });
  test('every letter has its chance', () => {
    let n = 0;
    const gezogen = new Set(Array.from({ length: 200 }, () => [...drawStichprobe(10, { art: 'anteil', prozent: 10 }, (unter) => (n = (n * 7919 + 13) % 104729) % unter)]).flat());
    expect(gezogen.size).toBe(10);
  });
});

describe('manifest', () => {
  const json = (m: object) => readManifest(JSON.stringify({ fassung: 1, dateien: [{ name: 'a.pdf' }], ...m }));
  const datei = (dateiname: string, seiten: number | null = null, sha256 = 'f'.repeat(64)) => ({ dateiname, sha256, seiten, fehler: null });
  const lies = (m: object) => { const r = json(m); if ('fehler' in r) throw new Error(r.fehler); return r.ok; };
  test('what cannot be understood is told', () => {
    expect(readManifest('{')).toEqual({ fehler: 'Das Manifest ist kein gültiges JSON.' });
    expect(json({ fassung: 2 })).toHaveProperty('fehler');
    expect(json({ dateien: [{ name: 'a.pdf' }, { name: 'a.pdf' }] })).toHaveProperty('fehler');
    expect(json({ dateien: [{ name: '../a.pdf' }] })).toHaveProperty('fehler');
    expect(readManifest(`\uFEFF${JSON.stringify({ fassung: 1, dateien: [{ name: 'a.pdf' }] })}`)).toHaveProperty('ok');
  });
  test('RS-03: what is missing, too much or other is named', () => {
    const m = lies({ dateien: [{ name: 'a.pdf', sha256: 'F'.repeat(64) }, { name: 'b.pdf' }] });
    expect(checkDateien(m, [datei('a.pdf')])?.text).toBe('wartet auf die Datei „b.pdf“');
    expect(checkDateien(m, [datei('a.pdf', null, '0'.repeat(64)), datei('b.pdf')])?.text).toBe('passt nicht zum Manifest: andere Prüfsumme bei „a.pdf“');
    expect(checkDateien(m, [datei('a.pdf'), datei('b.pdf'), datei('c.pdf')])?.text).toBe('passt nicht zum Manifest: „c.pdf“ ist nicht genannt');
    expect(checkDateien(m, [datei('b.pdf'), datei('a.pdf')])).toBeNull();
    expect(checkDateien(null, [datei('x.pdf')])).toBeNull();
  });
  test('RS-03: pages are counted, per file and in all', () => {
    expect(checkSeiten(null, 12, [datei('a.pdf', 11)])?.text).toBe('passt nicht zum Manifest: erwartet 12 Seiten, da sind 11');
    expect(checkSeiten(lies({ dateien: [{ name: 'a.pdf', seiten: 1 }] }), null, [datei('a.pdf', 2)])?.text).toBe('passt nicht zum Manifest: „a.pdf“ soll 1 Seite haben, da sind 2');
    expect(checkSeiten(null, 2, [datei('a.pdf', 1), datei('b.pdf', 1)])).toBeNull();
  });
});

test('runs of pages are written as people write them', () => {
  expect([seitenfolge([3, 1, 2, 5]), seitenfolge([7]), seitenfolge([])]).toEqual(['1–3, 5', '7', '']);
});
