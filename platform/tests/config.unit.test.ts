import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { renderReference } from '../../tools/generate-reference.ts';
import { loadConfig, publicUrl, settings, type SettingName } from '../server/config.ts';

const folder = await mkdtemp(join(tmpdir(), 'va-config-'));
afterAll(() => rm(folder, { recursive: true }));
async function file(content: string) {
  const path = join(folder, 'verbundakte.conf');
  await writeFile(path, content);
  return { KONFIGURATION: path };
}

describe('configuration', () => {
  test('needs nothing to begin with, and is typed', () => {
    const config = loadConfig({ env: {} });
    expect(config).toMatchObject({ PORT: 8080, HOST: '127.0.0.1', MAX_UPLOAD: 4 * 1024 ** 3, SITZUNG_HOECHSTDAUER: 720, VERTRAUTE_PROXYS: [], DEMO: undefined, DATABASE_URL: undefined });
    expect(publicUrl(config)).toBe('http://127.0.0.1:8080');
  });
  test('the environment precedes the file, the prefixed name the plain one', async () => {
    const env = await file('# Betrieb\nPORT=1\nZEITZONE="Europe/Vienna"\n\nMAX_UPLOAD = 10 MB\n');
    expect(loadConfig({ env })).toMatchObject({ PORT: 1, ZEITZONE: 'Europe/Vienna', MAX_UPLOAD: 1e7 });
    expect(loadConfig({ env: { ...env, PORT: '2' } }).PORT).toBe(2);
    expect(loadConfig({ env: { ...env, PORT: '2', VERBUNDAKTE_PORT: '3' } }).PORT).toBe(3);
  });
  test('an unknown key is refused by name, with what was probably meant', async () => {
    await expect(async () => loadConfig({ env: await file('\nMAX_UPLAOD=1') })).rejects.toThrow(/Zeile 2: unbekannter Schlüssel MAX_UPLAOD \(gemeint ist vielleicht MAX_UPLOAD\)/);
    expect(() => loadConfig({ env: { VERBUNDAKTE_XYZ: '1' } })).toThrow('Unbekannter Schlüssel VERBUNDAKTE_XYZ in der Umgebung');
    await expect(async () => loadConfig({ env: await file('was ist das') })).rejects.toThrow('Zeile 1: erwartet wird NAME=Wert');
    expect(() => loadConfig({ env: { KONFIGURATION: '/gibt/es/nicht' } })).toThrow('/gibt/es/nicht');
  });
  test('a missing key is refused by name', () => {
    expect(() => loadConfig({ env: {}, needs: ['DATABASE_URL', 'OEFFENTLICHE_URL'] })).toThrow(/Schlüssel OEFFENTLICHE_URL fehlt: .*\n.*Schlüssel DATABASE_URL fehlt/);
    expect(() => loadConfig({ env: { SMTP_URL: 'smtp://relay:25' } })).toThrow('Schlüssel MAIL_ABSENDER fehlt');
  });
  test.each([
    ['PORT', '80a'], ['PORT', '70000'], ['MAX_UPLOAD', 'viel'], ['SITZUNG_LEERLAUF', '30'], ['ZEITZONE', 'Europe/Auental'], ['LOG_STUFE', 'laut'], ['OEFFENTLICHE_URL', 'akte.auental.de'], ['DEMO', 'yes'],
  ] as const)('%s=%s is refused with the value', (name, value) => {
    expect(() => loadConfig({ env: { [name]: value } })).toThrow(`${name}=${value} ist ungültig`);
  });
  test('a secret never stands in a message', () => {
    expect(() => loadConfig({ env: { DATABASE_URL: 'mysql://root:geheim@db' } })).toThrow(/^DATABASE_URL ist ungültig: (?!.*geheim)/);
  });
  test('every default is valid', () => {
    for (const name of Object.keys(settings) as SettingName[]) {
      const { standard } = settings[name] as { standard?: string };
      if (standard) expect(() => loadConfig({ env: { [name]: standard } }), name).not.toThrow();
    }
  });
  test('docs/betrieb/konfiguration.md is up to date (npm run generate)', async () => {
    expect(await readFile(new URL('../../docs/betrieb/konfiguration.md', import.meta.url), 'utf8')).toBe(renderReference());
  });
});
