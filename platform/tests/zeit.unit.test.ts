import { afterEach, expect, test } from 'vitest';
import { atOrtszeit } from '../server/jobs.ts';
import { setZeitzone, tagVon } from '../server/zeit.ts';

afterEach(() => setZeitzone('Europe/Berlin'));

/** A moment of this week as the queue asks for it: in UTC, without a year. `tag`: 0 is Sunday. */
function moment(tag: number, hour: number) {
  const d = new Date();
  d.setUTCDate(d.getUTCDate() - d.getUTCDay() + tag);
  d.setUTCHours(hour, 0, 0, 0);
  return { min: 0, hour, date: d.getUTCDate(), month: d.getUTCMonth() + 1, dow: d.getUTCDay() };
}

test('a legal day does not follow UTC', () => {
  expect(tagVon(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
  expect(tagVon(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
  setZeitzone('Pacific/Kiritimati');
  expect(tagVon(new Date('2026-11-27T10:30:00Z'))).toBe('2026-11-28');
  expect(() => setZeitzone("UTC'; drop")).toThrow(TypeError);
});

test('a plan by the clock follows ZEITZONE, with the day of the week', () => {
  const sechsUhr = atOrtszeit('0 6 * * 1-5');
  const winter = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'shortOffset' }).format(new Date()).endsWith('+1');
  expect([3, 4, 5, 6].filter((hour) => sechsUhr(moment(1, hour)))).toEqual([winter ? 5 : 4]);
  expect(sechsUhr(moment(0, 5))).toBe(false);
  setZeitzone('Pacific/Kiritimati'); // 14 hours ahead: six o'clock on Monday is Sunday, 16:00 in UTC
  expect([moment(0, 16), moment(1, 6), moment(5, 16)].map(sechsUhr)).toEqual([true, false, false]);
});
