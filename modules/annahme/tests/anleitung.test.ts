/** What docs/betrieb/annahme.md tells an operator to type is typed here, word by word. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { API } from '#platform/server/http/http.ts';
import type { Sendung } from '../contract.ts';
import { base, newAnnahme } from './hilfe.ts';

const skip = spawnSync('curl', ['--version']).status !== 0;
const text = await readFile(join(import.meta.dirname, '../../../docs/betrieb/annahme.md'), 'utf8');
const schritte = new Map([...text.matchAll(/<!-- schritt: (\w+) -->\n```sh\n(.+?)```/gs)].map(([, name, befehl]) => [name!, befehl!]));

test.skipIf(skip)('the examples of the manual work as they stand there', { timeout: 120_000 }, async () => {
  expect([...schritte.keys()]).toEqual(['eroeffnen', 'datei', 'abschluss', 'ganz', 'nachfragen']);
  const { token, clerk } = await newAnnahme();
  const ordner = await mkdtemp(join(tmpdir(), 'va-anleitung-'));
  try {
    await writeFile(join(ordner, 'antrag.pdf'), 'Bauantrag');
    await writeFile(join(ordner, 'anzeige.txt'), 'Am Sonntag wird gefeiert.');
    const type = async (name: string, env: Record<string, string> = {}) => {
      const { stdout } = await promisify(execFile)('bash', ['-euc', schritte.get(name)!], { cwd: ordner, env: { PATH: process.env.PATH!, ADRESSE: base.slice(0, -API.length), TOKEN: token, ...env } });
      return JSON.parse(stdout) as Sendung;
    };
    const { id } = await type('eroeffnen');
    expect((await type('datei', { SENDUNG: id })).dateien).toMatchObject([{ name: 'antrag.pdf', erhalten: true }]);
    const fertig = await type('abschluss', { SENDUNG: id });
    expect(fertig).toMatchObject({ externeId: 'ProBaug-4711', zustand: 'angenommen', quittung: { organisationseinheit: { kennzeichen: '63.1' } } });
    expect(await type('nachfragen', { SENDUNG: id })).toEqual(fertig);
    expect(await type('ganz')).toMatchObject({ externeId: 'Portal-815', zustand: 'angenommen' });
    expect((await clerk.call(posteingang.listEingaenge, { query: { sort: 'eingegangen' } })).eintraege.map((e) => [e.betreff, e.anlagen])).toEqual([['Bauantrag Lindenstraße 14', 1], ['Anzeige einer Veranstaltung', 0]]);
  } finally { await rm(ordner, { recursive: true, force: true }); }
});
