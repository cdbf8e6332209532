import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from './ids.ts';

/** A key that wraps others (`haupt`) or signs checkpoints of the protocol (`siegel`). The first of its kind is the current one, older ones stay readable. */
export type KeyFile = {
  readonly haupt: readonly { readonly id: string; readonly key: Buffer }[];
  /** Of a former one that only proves old seals the private key may be missing. */
  readonly siegel: readonly { readonly id: string; readonly privateKey?: KeyObject; readonly publicKey: KeyObject }[];
};

const HEAD = `# Verbundakte: Schlüssel dieses Verbunds.
# Ohne diese Datei ist kein gespeicherter Inhalt lesbar. Sichern Sie sie getrennt von den Daten und geben Sie sie niemandem.
# haupt: verschlüsselt die Schlüssel der Mandanten. siegel: unterschreibt das Protokoll (Ed25519). Die erste Zeile einer Art gilt, weitere bleiben lesbar.
`;
/** PKCS#8 of an Ed25519 seed (RFC 8410): a fixed head, then the 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const keyLine = (kind: 'haupt' | 'siegel') => `${kind} ${newId()} ${randomBytes(32).toString('base64url')}\n`;
/** What proves the seals of this key and makes none. */
export const publicLine = ({ id, publicKey }: KeyFile['siegel'][number]) => `siegel-pruefen ${id} ${String(publicKey.export({ format: 'jwk' }).x)}\n`;
const KINDS = ['haupt', 'siegel', 'siegel-pruefen'];

export function parseKeys(text: string, path: string): KeyFile {
  const rows = text.split('\n').map((l) => l.trim()).filter((l) => l && !l.startsWith('#')).map((l) => {
    const [kind = '', id = '', secret = ''] = l.split(/\s+/);
    const key = Buffer.from(secret, 'base64url');
    if (!KINDS.includes(kind) || key.length !== 32) throw new Error(`Die Schlüsseldatei ${path} ist beschädigt`); // never print the line
    return { kind, id, key };
  });
  const of = (kind: string) => rows.filter((r) => r.kind === kind);
  if (!of('haupt').length || !of('siegel').length) throw new Error(`In der Schlüsseldatei ${path} fehlt eine Zeile „haupt“ oder „siegel“`);
  return {
    haupt: of('haupt').map(({ id, key }) => ({ id, key })),
    siegel: [...of('siegel').map(({ id, key }) => {
      const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, key]), format: 'der', type: 'pkcs8' });
      return { id, privateKey, publicKey: createPublicKey(privateKey) };
    }), ...of('siegel-pruefen').map(({ id, key }) => ({ id, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') }, format: 'jwk' }) }))],
  };
}

/** Reads the key file. `create`: makes it when missing; only for a data folder that holds nothing yet, since a new key opens no old content. */
export async function loadKeys(path: string, { create }: { create: boolean }): Promise<KeyFile> {
  const read = () => readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return undefined; throw error; });
  let text = await read();
  if (text === undefined) {
    if (!create) throw new Error(`Die Schlüsseldatei ${path} fehlt. Ohne sie ist kein gespeicherter Inhalt lesbar: Spielen Sie sie aus der Sicherung zurück (SCHLUESSEL_DATEI).`);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeNew(path, HEAD + keyLine('haupt') + keyLine('siegel'));
    text = (await read())!;
  }
  return parseKeys(text, path);
}

/** Whole or not at all, and never over an existing file: two processes that start together end up with the same key. */
async function writeNew(path: string, text: string) {
  const beside = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const handle = await open(beside, 'wx', 0o600);
  try { await handle.writeFile(text); await handle.sync(); } finally { await handle.close(); }
  await link(beside, path).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error; });
  await rm(beside);
  const folder = await open(dirname(path), 'r');
  try { await folder.sync(); } finally { await folder.close(); }
}
