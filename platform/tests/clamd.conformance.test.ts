import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { makeZip } from '#modules/aufbereitung/tests/hilfen.ts';
import { scan } from '../server/clamd.ts';
import { eicar, hasClamd, startClamd } from '../testing/clamd.ts';

const skip = !hasClamd;
if (skip) console.log('clamd: skipped, needs apt-get install clamav-daemon');
const clamd = skip ? undefined : await startClamd();
afterAll(() => clamd?.stop());
const scanBytes = (...teile: Buffer[]) => scan(clamd!.url, (async function* () { yield* teile; })());
const found = { art: 'gefunden', name: 'Test.Eicar.UNOFFICIAL' };
const rechnung = () => Buffer.from(`<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><Note>${eicar()}</Note></Invoice>`);

test.skipIf(skip)('PE-08 clamd of the distribution finds EICAR in an XML invoice, in the attachment of a mail and in a ZIP, and nothing in what is clean', async () => {
  const mail = Buffer.from(['From: a@example.org', 'To: b@example.org', 'Subject: Rechnung', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=g', '', '--g', 'Content-Type: text/plain', '', 'Anbei.', '--g', 'Content-Type: application/xml; name=r.xml', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename=r.xml', '', rechnung().toString('base64').replace(/.{76}/g, '$&\r\n'), '--g--', ''].join('\r\n'));
  expect(await scanBytes(rechnung())).toEqual(found);
  expect(await scanBytes(mail)).toEqual(found);
  expect(await scanBytes(await makeZip({ 'ordner/rechnung.xml': rechnung() }))).toEqual(found);
  expect(await scanBytes(Buffer.from('<Invoice/>'), randomBytes(1_000_000))).toEqual({ art: 'sauber' });
});

test.skipIf(skip)('what is larger than it scans is said, also while we still send', async () => {
  expect(await scanBytes(...Array.from({ length: 40 }, () => randomBytes(500_000)))).toEqual({ art: 'ohne', hindernis: 'zu_gross' });
});

test.skipIf(skip)('a clamd that is killed in mid-scan, or not there, is an answer and no error', async () => {
  const slow = scan(clamd!.url, (async function* () { yield randomBytes(1000); await pause(1500); yield randomBytes(1000); })());
  await pause(300);
  await clamd!.kill();
  expect(await slow).toEqual({ art: 'ohne', hindernis: 'unerreichbar' });
  expect(await scanBytes(rechnung())).toEqual({ art: 'ohne', hindernis: 'unerreichbar' });
  await clamd!.start();
  expect(await scanBytes(rechnung())).toEqual(found);
  await expect(scan(clamd!.url, (async function* () { yield Buffer.from('x'); throw new Error('source'); })())).rejects.toThrow('source');
});
