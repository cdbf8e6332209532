/**
 * Real odd files of others, through storage and jobs as in operation: each is stored byte-exact and ends in a clear state in time.
 * By default every third file; all of them with `VERBUNDAKTE_TEST_VOLL=1 npx vitest run --project module modules/aufbereitung/tests/normdaten`.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedDir } from '#platform/testing/shared.ts';
import { newMandant } from '#platform/testing/test.ts';
import { attach, clientOf, endLauf, staende, startJobs, waitUntil } from './lauf.ts';

const voll = process.env.VERBUNDAKTE_TEST_VOLL === '1';
const shared = sharedDir();
beforeAll(() => startJobs());
afterAll(endLauf);

/** What these must come to, whatever else changes. */
const erwartet: Record<string, Record<string, string>> = {
  'simple-open-password.pdf': { typ: 'fertig', text: 'fehlgeschlagen:verschluesselt' },
  'encryption_notextaccess.pdf': { text: 'fertig' },
  'testIBMDisplayWrite40.doc': { typ: 'fehlgeschlagen:format_unbekannt' },
  'simple.odt': { text: 'fertig', rendition: 'fertig' },
  'text_only.doc': { text: 'fertig', rendition: 'fertig' },
  'two-files.tnef': { text: 'fertig' },
  'thunderbird-signed.txt': { text: 'fertig' },
};

test('issue 6: every odd file and hard e-mail is stored byte-exact and ends in a clear state', { timeout: 1_500_000 }, async ({ skip }) => {
  if (!shared) skip('../shared/normdaten is missing: published files lie beside the repository, never in it');
  const dateien = (await Array.fromAsync(glob(['dateien/**/*.*', 'mail/**/*.*'], { cwd: `${shared}/normdaten`, withFileTypes: true }))).filter((e) => e.isFile() && e.name !== 'SOURCES.txt')
    .map((e) => `${e.parentPath}/${e.name}`).sort().filter((d, i) => voll || i % 3 === 0 || basename(d) in erwartet && !d.endsWith('.doc'));
  const { ctx } = newMandant().as('sachbearbeitung');
  const { inject } = clientOf(ctx);
  const zaehlung = new Map<string, number>();
  const unklar: string[] = [];
  const angehaengt = await Promise.all(dateien.map(async (datei) => { const inhalt = await readFile(datei); return { datei, inhalt, id: await attach(ctx, inhalt, basename(datei)) }; }));
  for (const { datei, inhalt, id } of angehaengt) {
    const a = await waitUntil(ctx, id, undefined, 1_200);
    const stand = staende(a);
    for (const [art, s] of Object.entries(stand)) { const key = `${(a.format ?? '–').padEnd(10)} ${art.padEnd(9)} ${s}`; zaehlung.set(key, (zaehlung.get(key) ?? 0) + 1); }
    if (a.schritte.some((s) => s.status === 'fehlgeschlagen' && (!s.grund || !s.abhilfe || s.code === 'unerwartet' || s.code === 'absturz'))) unklar.push(`${datei} ${JSON.stringify(a.schritte)}`);
    const name = basename(datei);
    if (erwartet[name] && (voll || !['doc', 'odt'].includes(a.format ?? ''))) expect.soft(stand, name).toMatchObject(erwartet[name]);
    const original = await inject('GET', `/inhalte/${id}`);
    expect.soft(createHash('sha256').update(original.rawPayload).digest('hex'), name).toBe(createHash('sha256').update(inhalt).digest('hex'));
  }
  console.log(`${dateien.length} files\n${[...zaehlung].sort().map(([k, n]) => `${String(n).padStart(4)}  ${k}`).join('\n')}`);
  expect(unklar).toEqual([]);
});
