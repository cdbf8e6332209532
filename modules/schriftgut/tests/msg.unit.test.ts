import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMsg } from '../web/msg.ts';
import { readMailkopf } from '../web/email.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const [ORDNER, STROM, WURZEL] = [1, 2, 5];
/** Properties of the top of a message; the sent time is the FILETIME of 0x0039. */
function eigenschaften(gesendet: Date): Buffer {
  const b = Buffer.alloc(32 + 16);
  b.writeUInt32LE(0x00390040, 32);
  b.writeBigUInt64LE((BigInt(gesendet.getTime()) + 11_644_473_600_000n) * 10_000n, 40);
  return b;
}
/** A message as Outlook lays it out, with an attachment in a storage of its own that has a subject, too. */
function makeMsg(betreff: string, absender: string, gesendet = new Date('2026-11-19T23:30:00Z'), text = 'Guten Tag'): ArrayBuffer {
  const stroeme: [string, Buffer][] = [['__substg1.0_0037001F', utf16(betreff)], ['__substg1.0_0C1A001F', utf16(absender)], ['__substg1.0_1000001F', utf16(text)], ['__properties_version1.0', eigenschaften(gesendet)]];
  const bytes = burn([
    { name: 'Root Entry', type: WURZEL, length: 0, children: [1, 2, 3, 4, 5] },
    ...stroeme.map(([name, inhalt]) => ({ name, type: STROM, length: inhalt.length, binaryProvider: () => new Uint8Array(inhalt) })),
    { name: '__attach_version1.0_#00000000', type: ORDNER, length: 0, children: [6] },
    { name: '__substg1.0_0037001F', type: STROM, length: 8, binaryProvider: () => new Uint8Array(utf16('fals')) },
  ]);
  return new Uint8Array(bytes).buffer;
}

describe('issue 4: an e-mail dropped from Outlook', () => {
  test('Betreff, Absender and time stand in the message itself, not in what is attached', () => {
    expect(readMsg(makeMsg('Statik für die Lindenstraße 14', 'Jürgen Straßburger'))).toEqual({ betreff: 'Statik für die Lindenstraße 14', absender: 'Jürgen Straßburger', gesendet: new Date('2026-11-19T23:30:00Z') });
  });
  test('long ones lie in sectors of their own', () => {
    const lang = 'Ö'.repeat(5_000);
    expect(readMsg(makeMsg(lang, 'Ada', undefined, 'x'.repeat(300_000)))).toMatchObject({ betreff: lang, absender: 'Ada' });
  });
  test('the day is that of Berlin', async () => {
    expect(await readMailkopf(new File([makeMsg('Statik', 'Ada Muster')], 'Statik.msg'))).toEqual({ betreff: 'Statik', absender: 'Ada Muster', tag: '2026-11-20' });
  });
  test('what is none, or broken, says nothing and ends', async () => {
    expect(await readMailkopf(new File(['From: a@b.example\r\nSubject: kein Outlook\r\n\r\n'], 'signiert.msg'))).toEqual({});
    const heil = Buffer.from(makeMsg('Statik', 'Ada'));
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(heil.length - 1), fc.nat(255)), { maxLength: 40 }), fc.nat(heil.length), (aenderungen, laenge) => {
      const b = Buffer.from(heil);
      for (const [stelle, wert] of aenderungen) b[stelle] = wert;
      try { readMsg(new Uint8Array(b.subarray(0, laenge)).buffer); } catch (error) { expect(error).toBeInstanceOf(RangeError); }
    }), { numRuns: 300 });
  }, 30_000);
});
