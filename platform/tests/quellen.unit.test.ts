/** What the program must not contain, whatever it does: read from its sources. */
import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const files = (await Array.fromAsync(glob('{platform,modules,apps,packages}/**/*.{ts,tsx,mjs}', { cwd: root }))).filter((f) => !/node_modules|\/tests\/|^platform\/testing\//.test(f));
const sources = await Promise.all(files.map(async (f) => [f, await readFile(root + f, 'utf8')] as const));
/** file: what was found, for each place that matches. */
const found = (pattern: RegExp, where = /./) => sources.filter(([f]) => where.test(f)).flatMap(([f, text]) => [...text.matchAll(pattern)].map((m) => `${f}: ${m[1] ?? m[0]}`));

test('the sources are read', () => { expect(files.length).toBeGreaterThan(300); });
test('no code is made from text, on no page and not in the server', () => {
  expect(found(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|['"]node:vm['"]|setTimeout\(['"`]/g)).toEqual([]);
});
test('programs are started without a shell', () => {
  expect(found(/\bexecSync\(|import \{[^}]*\bexec\b[^}]*\} from 'node:child_process'|\bshell: *true/g)).toEqual([]);
});
test('hashes and ciphers are those of Node, and no weak ones', () => {
  expect(found(/(?:createHash|createHmac)\(([^),]*)/g).filter((m) => !m.endsWith("'sha256'"))).toEqual([]);
  expect(found(/(?:createCipheriv|createDecipheriv)\(([^),]*)/g).filter((m) => !m.endsWith("'aes-256-gcm'"))).toEqual([]);
});
test('patterns are written down, not made of what people type', () => {
  expect([...new Set(found(/new RegExp\(/g))].sort()).toEqual([
    'modules/aufbereitung/server/konverter/lesen/mailkopf.ts', 'modules/postfach/server/hinweise.ts', 'modules/suche/server/analyse/falten.ts', 'modules/vorschlagswesen/server/lesen/betrag.ts', 'modules/vorschlagswesen/server/lesen/datum.ts',
    'modules/vorschlagswesen/server/lesen/empfaenger.ts', // names of offices and houses, by RegExp.escape
    'platform/server/config.ts', 'platform/server/http/sicht.ts', 'platform/server/storage/s3-store.ts',
  ].map((f) => `${f}: new RegExp(`));
});
test('chance is never Math.random, but for a sample of words', () => {
  expect(found(/Math\.random/g)).toEqual(['modules/suche/server/wortschatz.ts: Math.random']);
});
test('certificates are always verified', () => { expect(found(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/g)).toEqual([]); });
test('the server calls nobody but its store, its mail relay and its collector of traces, and sends nobody elsewhere', () => {
  const calls = found(/(\bfetch\(|\bhttps?\.(?:request|get)\(|(?<!import type [^\n]*)from 'node:https?'|from 'undici'|new AwsClient|createTransport\()/g, /server|apps/);
  expect([...new Set(calls.map((c) => c.slice(0, c.indexOf(':'))))].filter((f) => !/\/web\//.test(f)).sort()).toEqual(['platform/server/mail.ts', 'platform/server/storage/s3-store.ts']);
  expect(found(/exporter-trace-otlp-http/g).map((c) => c.slice(0, c.indexOf(':')))).toEqual(['platform/server/messung/spuren.ts']);
  expect(found(/reply\.redirect\(|location\.href\s*=|location\.(?:assign|replace)\((?!['`]\/)([^;}]*)\)/g).sort()).toEqual([
    'modules/benachrichtigung/web/postfach.tsx: pfad)', 'modules/suche/web/treffer.tsx: imHaus(treffer.haus, treffer.pfad)', 'platform/web/sitzung.tsx: sitzungsPort()!.anmeldung', // begin with /fuer/ or /bei/, /bei/, /anmeldung
  ]);
});
test('no page listens to messages of others, and nothing is there that would need rules of its own', async () => {
  expect(found(/addEventListener\(['"]message['"]|\.onmessage\s*=|new WebSocket|RTCPeerConnection/g, /\/web\/|^apps\/web/)).toEqual([]);
  const { dependencies } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies).filter((name) => /graphql|ldap|xpath|jsonwebtoken|jose|passport|openid|oauth|saml|websocket|socket\.io|^ws$|memcache/.test(name))).toEqual([]);
});
