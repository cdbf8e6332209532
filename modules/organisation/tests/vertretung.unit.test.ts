import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findHindernis, findVorrangige, isZugleich, naechsterRang, stelleOf, type Eintrag } from '../server/vertretung/regeln.ts';

const HEUTE = '2026-12-01';
const tag = fc.integer({ min: 1, max: 28 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`);
const person = fc.constantFrom('a', 'b', 'c', 'd');
const umfang = fc.oneof(fc.constant({ art: 'alles' as const, ids: [] }), fc.subarray(['r1', 'r2', 'r3'], { minLength: 1 }).map((ids) => ({ art: 'rolle' as const, ids })), fc.subarray(['o1', 'o2'], { minLength: 1 }).map((ids) => ({ art: 'oe' as const, ids })));
const antrag = fc.record({ benutzerId: person, vertreterId: person, zeitraum: fc.record({ von: tag, bis: fc.option(tag) }), umfang });
/** What stands after all these have been asked for, one after the other. */
function enter(antraege: readonly Omit<Eintrag, 'rang'>[]) {
  const alle: Eintrag[] = [];
  for (const a of antraege) {
    const neu = { ...a, rang: naechsterRang(alle, a) };
    if (findHindernis(neu, alle, HEUTE) === undefined) alle.push(neu);
  }
  return alle;
}
const tage = Array.from({ length: 31 }, (_, n) => `2026-12-${String(n + 1).padStart(2, '0')}`);

test('VT-01 on no day anybody is represented in a ring, by himself, or twice by the same person', () => {
  fc.assert(fc.property(fc.array(antrag, { maxLength: 12 }), (antraege) => {
    const alle = enter(antraege);
    for (const t of tage) {
      const heutige = alle.filter((e) => isZugleich(e.zeitraum, { von: t, bis: t }));
      expect(new Set(heutige.map((e) => `${e.benutzerId} ${e.vertreterId}`)).size).toBe(heutige.length);
      for (const e of heutige) {
        const gesehen = new Set([e.benutzerId]);
        let weiter = [e.vertreterId];
        while (weiter.length) {
          for (const w of weiter) { expect(w).not.toBe(e.benutzerId); gesehen.add(w); }
          weiter = weiter.flatMap((w) => heutige.filter((h) => h.benutzerId === w).map((h) => h.vertreterId)).filter((w) => w === e.benutzerId || !gesehen.has(w));
        }
      }
    }
  }), { numRuns: 300 });
});

test('VT-01 of several with the same extent exactly one acts: the first in order who is there', () => {
  fc.assert(fc.property(fc.array(antrag, { maxLength: 12 }), tag, fc.subarray(['a', 'b', 'c', 'd']), (antraege, t, gesperrt) => {
    const heutige = enter(antraege).filter((e) => isZugleich(e.zeitraum, { von: t, bis: t }));
    const verhindert = (p: string) => gesperrt.includes(p) || heutige.some((e) => e.benutzerId === p);
    for (const [, ihre] of Map.groupBy(heutige.filter((e) => e.umfang.art === 'alles'), (e) => e.benutzerId)) {
      const anDerReihe = ihre.filter((e) => findVorrangige(e, heutige.filter((h) => h.umfang.art === 'alles'), verhindert).length === 0 && !verhindert(e.vertreterId));
      expect(anDerReihe.length).toBeLessThanOrEqual(1);
      const da = ihre.filter((e) => !verhindert(e.vertreterId)).toSorted((x, y) => x.rang - y.rang);
      expect(anDerReihe[0]).toBe(da[0]);
    }
  }), { numRuns: 300 });
});

test('VT-01 what is refused is refused by name', () => {
  const alles = { art: 'alles' as const, ids: [] };
  const neu = (benutzerId: string, vertreterId: string, von: string, bis: string | null, rang = 1, u: Eintrag['umfang'] = alles): Eintrag => ({ benutzerId, vertreterId, rang, zeitraum: { von, bis }, umfang: u });
  const besteht = [neu('a', 'b', '2026-12-05', '2026-12-10')];
  expect(findHindernis(neu('a', 'a', HEUTE, null), [], HEUTE)).toBe('selbst');
  expect(findHindernis(neu('a', 'b', '2026-11-30', null), [], HEUTE)).toBe('in_der_vergangenheit');
  expect(findHindernis(neu('a', 'b', '2026-12-05', '2026-12-04'), [], HEUTE)).toBe('zeitraum_verkehrt');
  expect(findHindernis(neu('a', 'b', '2026-12-10', null, 2), besteht, HEUTE)).toBe('schon_vertretung');
  expect(findHindernis(neu('b', 'a', '2026-12-10', null), besteht, HEUTE)).toBe('im_kreis');
  expect(findHindernis(neu('c', 'a', HEUTE, '2026-12-05'), besteht, HEUTE)).toBe('vertreter_abwesend');
  expect(findHindernis(neu('a', 'c', '2026-12-10', null, 1), besteht, HEUTE)).toBe('rang_vergeben');
  expect(findHindernis(neu('a', 'c', '2026-12-10', null, 10), besteht, HEUTE)).toBe('zu_viele');
  expect(findHindernis(neu('a', 'b', '2026-12-11', null), besteht, HEUTE)).toBeUndefined();
  expect(findHindernis(neu('b', 'c', '2026-12-06', '2026-12-07'), besteht, HEUTE)).toBeUndefined();
  expect(findHindernis(neu('a', 'd', '2026-12-10', null, 1, { art: 'rolle', ids: ['r2'] }), [neu('a', 'b', HEUTE, null, 1, { art: 'rolle', ids: ['r1'] })], HEUTE)).toBeUndefined();
});

test('VT-02 the place in the order counts those who stand before it in its own time, not the rank it was given', () => {
  const neu = (vertreterId: string, von: string, bis: string | null, rang: number): Eintrag => ({ benutzerId: 'a', vertreterId, rang, zeitraum: { von, bis }, umfang: { art: 'alles', ids: [] } });
  const [erste, zweite] = [neu('b', '2026-12-01', '2026-12-10', 1), neu('c', '2026-12-05', '2026-12-20', 2)];
  // it shares its days with the second alone, and stands behind that one
  const spaeter = neu('d', '2026-12-15', null, naechsterRang([erste, zweite], neu('d', '2026-12-15', null, 0)));
  expect([spaeter.rang, stelleOf(spaeter, [erste, zweite])]).toEqual([3, 2]);
  expect(stelleOf(spaeter, [erste])).toBe(1);
  expect(stelleOf(neu('d', '2026-12-06', '2026-12-07', 3), [erste, zweite])).toBe(3);
});
