import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeAltes } from '../sicherung/aufheben.ts';
import { darfLoeschen, type Meldung } from '../sicherung/meldung.ts';
import { FORMAT, openOrt, type Ort } from '../sicherung/ort.ts';
import { parseZeitpunkt } from '../sicherung/plan.ts';
import { formatLsn, parseLsn } from '../sicherung/replikation.ts';
import { segmentOf, segmentsBetween, walPath } from '../sicherung/wal.ts';

const MIB16 = 16 * 2 ** 20;

test('a second is named as the clocks of the installation show it, in summer, in winter, and where the clock is changed', () => {
  expect(parseZeitpunkt('2026-11-28 10:15:07').toISOString()).toBe('2026-11-28T09:15:07.000Z');
  expect(parseZeitpunkt('2026-07-01 10:15').toISOString()).toBe('2026-07-01T08:15:00.000Z');
  expect(parseZeitpunkt('2026-10-25 02:30:00').toISOString()).toBe('2026-10-25T00:30:00.000Z'); // comes twice: the first
  expect(parseZeitpunkt('2026-07-01T08:15:00.250Z').toISOString()).toBe('2026-07-01T08:15:00.250Z');
  expect(() => parseZeitpunkt('2026-03-29 02:30:00')).toThrow('gab es am 2026-03-29 nicht');
  for (const falsch of ['gestern', '2026-13-01 10:00:00', '28.11.2026 10:15', '2026-11-28']) expect(() => parseZeitpunkt(falsch), falsch).toThrow('--zeitpunkt');
});

test('positions and segments of the log are called as PostgreSQL calls them', () => {
  expect(formatLsn(parseLsn('16/B374D848'))).toBe('16/B374D848');
  expect(segmentOf(parseLsn('16/B374D848'), 1, MIB16)).toBe('0000000100000016000000B3');
  expect(segmentsBetween(parseLsn('0/FE000010'), parseLsn('1/00000000'), 2, MIB16)).toEqual(['0000000200000000000000FE', '0000000200000000000000FF', '000000020000000100000000']);
});

test('contents are deleted once the backup was there after the last moment that named them, and not held for ever', () => {
  const jetzt = new Date('2026-11-28T10:00:00Z');
  const seit = new Date('2026-11-28T09:59:00Z');
  const meldung = (m: Partial<Meldung>): Meldung => ({ ort: '/s', dauernd: true, grundsicherung: null, bis: '2026-11-28T09:59:30Z', gemeldet: '2026-11-28T09:59:31Z', laeuft: true, ...m });
  expect(darfLoeschen(meldung({}), seit, jetzt)).toBe(true);
  expect(darfLoeschen(meldung({ bis: '2026-11-28T09:58:59Z' }), seit, jetzt)).toBe(false);
  expect(darfLoeschen(meldung({ bis: null }), seit, jetzt)).toBe(false);
  expect(darfLoeschen(meldung({ laeuft: false, bis: '2026-11-28T09:58:59Z' }), seit, jetzt)).toBe(false); // the service is just being started again
  expect(darfLoeschen(meldung({ laeuft: false, bis: '2026-11-20T09:58:59Z', gemeldet: '2026-11-20T09:59:00Z' }), seit, jetzt)).toBe(true);
  expect(darfLoeschen({ ort: null, dauernd: false, grundsicherung: null, bis: null, gemeldet: null, laeuft: false }, seit, jetzt)).toBe(true);
});

describe('a Sicherungsort', () => {
  let folder: string;
  let ort: Ort;
  const bytes = (text: string) => (async function* () { yield Buffer.from(text); })();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'va-ort-'));
    ort = await openOrt(join(folder, 'ort'));
    await ort.prepare({ systemId: '1', art: 'extern', datenbank: 'akten', segment: MIB16 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is of one database, and of nothing else', async () => {
    await expect(ort.prepare({ systemId: '2', art: 'extern', datenbank: 'akten', segment: MIB16 })).rejects.toThrow('einer anderen Datenbank');
    await expect((await openOrt(folder)).prepare({ systemId: '1', art: 'extern', datenbank: 'akten', segment: MIB16 })).rejects.toThrow('liegt schon etwas anderes');
  });

  test('its list goes on where it was, and notices what is missing in the middle', async () => {
    const eins = await ort.openVerzeichnis();
    for (const name of ['a', 'b', 'c']) { eins.set(`inhalt/${name}`, await ort.write(`inhalt/${name}`, bytes(name))); await eins.flush(); }
    const zwei = await ort.openVerzeichnis();
    expect([...zwei.eintraege.keys()]).toEqual(['inhalt/a', 'inhalt/b', 'inhalt/c']);
    await zwei.compact(new Set(['inhalt/b']));
    zwei.set('inhalt/d', await ort.write('inhalt/d', bytes('d')));
    await zwei.flush();
    expect([...(await ort.openVerzeichnis()).eintraege.keys()]).toEqual(['inhalt/a', 'inhalt/c', 'inhalt/d']);
    for (const name of ['e', 'f']) { zwei.set(`inhalt/${name}`, await ort.write(`inhalt/${name}`, bytes(name))); await zwei.flush(); }
    const namen = (await readdir(join(ort.ordner, 'verzeichnis'))).toSorted();
    await rm(join(ort.ordner, 'verzeichnis', namen.at(-2)!));
    await expect(ort.openVerzeichnis()).rejects.toThrow('unvollständig');
  });

  test('keeps what the window needs: the base backup before it, the log from there, what a row has named since; and never removes the last', async () => {
    const verzeichnis = await ort.openVerzeichnis();
    const tage = (n: number) => new Date(Date.UTC(2026, 10, n)).toISOString();
    for (const tag of [1, 5, 10, 20]) {
      const datei = await ort.write(`basis/t${tag}/basis`, bytes('x'));
      await ort.writeGrund({ name: `t${tag}`, format: FORMAT, beginn: tage(tag), ende: tage(tag), start: formatLsn(BigInt(tag * MIB16)), stop: formatLsn(BigInt(tag * MIB16)), zeitlinie: 1, postgres: '18', version: '0', migrationen: 1, bytes: 1, datei });
    }
    for (let n = 1; n <= 21; n++) { const pfad = walPath(segmentOf(BigInt(n * MIB16), 1, MIB16)); verzeichnis.set(pfad, { ...(await ort.write(pfad, bytes(pfad))), zeit: tage(n) }); }
    verzeichnis.set('inhalt/lange', { ...(await ort.write('inhalt/lange', bytes('l'))), entfallen: tage(4) });
    verzeichnis.set('inhalt/kurz', { ...(await ort.write('inhalt/kurz', bytes('k'))), entfallen: tage(12) });
    verzeichnis.set('inhalt/da', await ort.write('inhalt/da', bytes('d')));
    await verzeichnis.flush();
    await removeAltes(ort, verzeichnis, MIB16, 10, new Date(tage(18)));
    expect((await ort.listGrund()).map((g) => g.name)).toEqual(['t5', 't10', 't20']);
    const da = [...(await ort.openVerzeichnis()).eintraege.keys()];
    expect(da.filter((p) => p.startsWith('inhalt/'))).toEqual(['inhalt/kurz', 'inhalt/da']);
    expect(da.filter((p) => p.startsWith('wal/'))).toHaveLength(17);
    expect(await readdir(join(ort.ordner, 'wal'))).toHaveLength(17);
    await removeAltes(ort, verzeichnis, MIB16, 1, new Date(tage(30)));
    expect((await ort.listGrund()).map((g) => g.name)).toEqual(['t20']);
    for (const [pfad, eintrag] of (await ort.openVerzeichnis()).eintraege) await ort.verify(pfad, eintrag);
  });
});
