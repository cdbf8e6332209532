import { expect, test } from 'vitest';
import { ersatztext, feldbezeichnung, wert } from '../server/sprache.ts';

test.each([['fremdesGeschaeftszeichen', 'Fremdes Geschäftszeichen'], ['federfuehrung_id', 'Federführung'], ['felder.grundstueck', 'Grundstueck'], ['zustaendigeStelle', 'Zuständige Stelle'], ['aktenplaneinheitId', 'Aktenplaneinheit']])(
  'the field %s is called %s', (feld, expected) => expect(feldbezeichnung(feld)).toBe(expected));
test.each([['vorgang.abgeschlossen', '– Vorgang: abgeschlossen'], ['schriftgut.einstellungen_geaendert', '– Schriftgut: Einstellungen geändert'], ['benutzer.geloescht', '– Benutzer: gelöscht']])(
  '%s without a sentence of its own reads %s', (art, expected) => expect(ersatztext(art)).toBe(expected));
test('PR-04: a time is stored in UTC and told as it was in Germany, on both sides of the change of the clocks', () => {
  const none = new Map<string, string>();
  expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00.000Z'].map((z) => wert(z, none))).toEqual(['25.10.2026, 02:30', '25.10.2026, 02:30', '25.10.2026, 03:30']);
  expect([wert([], none), wert('', none), wert(['a', null], none), wert({ hausNr: 5 }, none)]).toEqual([null, null, 'a, –', 'Haus Nr: 5']);
});
