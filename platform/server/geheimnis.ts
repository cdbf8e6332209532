import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyFile } from './keys.ts';

/**
 * Passwords of other systems that rows must keep, because they are sent on: sealed by a key derived from the main key, which lies outside database and store.
 * A copied database alone opens none; nor does a row that was moved to another Mandant or another use (`zweck`).
 */
export type Geheimnis = {
  seal(mandantId: string, zweck: string, text: string): string;
  /** Throws when it was changed, belongs elsewhere or its main key is gone. */
  open(mandantId: string, zweck: string, sealed: string): string;
};

export function createGeheimnis({ haupt }: KeyFile): Geheimnis {
  const derive = (key: Buffer) => Buffer.from(hkdfSync('sha256', key, '', 'verbundakte.geheimnis', 32));
  const aad = (mandantId: string, zweck: string, id: string) => Buffer.from(`${mandantId}|${zweck}|${id}`);
  return {
    seal(mandantId, zweck, text) {
      const { id, key } = haupt[0]!;
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive(key), nonce).setAAD(aad(mandantId, zweck, id));
      return [id, nonce.toString('base64url'), Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')].join('.');
    },
    open(mandantId, zweck, sealed) {
      const [id = '', nonce = '', daten = ''] = sealed.split('.');
      const main = haupt.find((k) => k.id === id);
      if (!main) throw new Error(`Ein Kennwort ist mit einem Hauptschlüssel (${id}) verschlossen, der nicht in der Schlüsseldatei steht`);
      const bytes = Buffer.from(daten, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', derive(main.key), Buffer.from(nonce, 'base64url'), { authTagLength: 16 }).setAAD(aad(mandantId, zweck, id)).setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    },
  };
}
