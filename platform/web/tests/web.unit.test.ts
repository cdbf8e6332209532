import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { get, operations } from '../../contract.ts';
import type { ApiError} from '../client.ts';
import { createClient, pathOf } from '../client.ts';
import { feldtext } from '../formular/fehlertext.ts';
import { csv } from '../liste/export.ts';
import { groesse, katalog, mehrzahl, setzeSprache } from '../text.ts';
import { findeAuf } from '../viewer/suche.ts';
import { datum, nah, tagLang, tagVon, zeitpunkt } from '../zeit.ts';

const jetzt = new Date('2026-11-19T09:00:00Z');

describe('times as people say them', () => {
  test.each([
    ['2026-11-19T07:52:00Z', 'heute, 8:52'], ['2026-11-18T15:20:00Z', 'gestern, 16:20'], ['2026-11-20T11:00:00Z', 'morgen, 12:00'], ['2026-11-26', '26.11.'], ['2026-11-19', 'heute'], ['2025-12-24', '24.12.2025'],
    ['2026-11-18T22:59:00Z', 'gestern, 23:59'], ['2026-11-18T23:01:00Z', 'heute, 0:01'],
  ])('%s is »%s«', (wert, wort) => expect(nah(wert, jetzt)).toBe(wort));
  test('PR-04 the day is that of Berlin, also around the change of clocks', () => {
    expect(tagVon('2026-03-28T23:30:00Z')).toBe('2026-03-29');
    expect(nah('2026-03-29T00:30:00Z', new Date('2026-03-29T20:00:00Z'))).toBe('heute, 1:30');
    expect(nah('2026-10-24T22:30:00Z', new Date('2026-10-25T20:00:00Z'))).toBe('heute, 0:30');
  });
  test('in full', () => { expect(datum('2026-01-05')).toBe('05.01.2026'); expect(zeitpunkt('2026-11-19T07:05:00Z')).toBe('19.11.2026, 8:05'); expect(tagLang(jetzt)).toBe('Donnerstag, 19. November 2026'); });
});

describe('catalogue', () => {
  afterEach(() => setzeSprache('de'));
  const t = katalog({ akten: ['Akten', 'Files'], n: [(n: number) => mehrzahl(n, 'Akte', 'Akten'), (n: number) => mehrzahl(n, 'file', 'files')] });
  test('EX-08 German first, English second', () => {
    expect([t('akten'), t('n', 1), t('n', 10_000)]).toEqual(['Akten', '1 Akte', '10.000 Akten']);
    setzeSprache('en');
    expect([t('akten'), t('n', 2500)]).toEqual(['Files', '2,500 files']);
  });
  test('sizes', () => expect([0, 812, 48_213, 2_400_000, 2_000_000_000].map(groesse)).toEqual(['0 Byte', '812 Byte', '48 KB', '2,4 MB', '2 GB']));
});

describe('UX-02 CSV as Excel opens it', () => {
  const spalten = [{ titel: 'Betreff; kurz', text: (z: { b: string; n: number | null }) => z.b }, { titel: 'Anzahl', text: (z: { b: string; n: number | null }) => z.n }];
  test('semicolons, quotes, decimals, byte order mark', () => expect(csv(spalten, [{ b: 'sagt „ja"', n: 1.5 }, { b: 'zwei\nZeilen', n: null }])).toBe('\uFEFF"Betreff; kurz";Anzahl\r\n"sagt „ja""";1,5\r\n"zwei\nZeilen";\r\n'));
  test('no cell is run as a formula; negative numbers stay numbers', () => expect(csv(spalten, [{ b: '=HYPERLINK("x")', n: -3 }, { b: '@SUM(1)', n: 0 }])).toContain(`"'=HYPERLINK(""x"")";-3\r\n'@SUM(1);0`));
});

describe('UX-03 search inside a document', () => {
  const seite = [{ text: 'Auskunft aus dem Baulasten-', ende: true }, { text: 'verzeichnis für Herrn MÜLLER,', ende: true }, { text: 'Hauptstraße', ende: false }, { text: '  7', ende: true }];
  test.each([['baulastenverzeichnis', 1], ['muller', 1], ['Müller', 1], ['hauptstrasse 7', 1], ['aus dem', 1], ['verzeichnis für', 1], ['x', 0], ['', 0]])('%s: %i', (frage, anzahl) => expect(findeAuf(1, seite, frage)).toHaveLength(anzahl));
  test('where it stands, in the pieces', () => expect(findeAuf(1, seite, 'baulastenverzeichnis')[0]).toMatchObject({ von: [0, 17], bis: [1, 11] }));
  test('composed letters keep their places', () => expect(findeAuf(1, [{ text: 'Straße', ende: true }], 'strasse')[0]).toMatchObject({ von: [0, 0], bis: [0, 6] }));
});

describe('client', () => {
  const api = operations({ liste: get('/akten/:id/teile', { summary: '', access: 'x', params: z.object({ id: z.string() }), query: z.object({ status: z.array(z.string()).optional(), q: z.string().optional() }), returns: z.object({}) }) });
  test('lists repeat their key, undefined is left out', () => expect(pathOf(api.liste, { params: { id: 'a/b' }, query: { status: ['offen', 'zda'], q: undefined } })).toBe('/akten/a%2Fb/teile?status=offen&status=zda'));
  test('a refusal carries its fields by dotted path', async () => {
    const call = createClient(async () => ({ status: 422, body: { code: 'x', title: 'Eingabe ungültig', instance: 'k1', details: [{ pfad: '/kontakte/0/name', text: 'Bitte ausfüllen' }] } }));
    const fehler = await call(api.liste, { params: { id: '1' }, query: {} }).catch((e: unknown) => e as ApiError);
    expect(fehler).toMatchObject({ status: 422, kennung: 'k1', felder: [{ pfad: 'kontakte.0.name', text: 'Bitte ausfüllen' }] });
  });
});

test('what zod finds is said in plain words', () => {
  const schema = z.object({ a: z.string().min(1), b: z.string().max(3), c: z.enum(['x']), d: z.iso.date(), e: z.number(), f: z.email(), g: z.string() });
  const { error } = schema.safeParse({ a: '', b: 'lang', c: 'y', d: '26.11.', e: 'drei', f: 'nein' });
  expect(Object.fromEntries(error!.issues.map((i) => [i.path.join('.'), feldtext(i)]))).toEqual({ a: 'Bitte ausfüllen', b: 'Höchstens 3 Zeichen', c: 'Bitte eine der Möglichkeiten wählen', d: 'Bitte ein Datum eingeben, zum Beispiel 26.11.2026', e: 'Bitte eine Zahl eingeben', f: 'Bitte eine E-Mail-Adresse eingeben', g: 'Bitte ausfüllen' });
});
