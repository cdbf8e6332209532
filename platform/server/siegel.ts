import { sign, verify } from 'node:crypto';
import type { KeyFile } from './keys.ts';

/** Signs with the key of this Verbund (Ed25519) and knows the public keys of all its keys, also former ones. */
export type Siegel = {
  readonly schluesselId: string;
  sign(text: string): Buffer;
  /** False too when the key is not known here. */
  verify(schluesselId: string, text: string, unterschrift: Buffer): boolean;
  /** Raw 32 bytes, base64. */
  readonly oeffentlich: readonly { readonly id: string; readonly schluessel: string }[];
};

export function createSiegel({ siegel }: KeyFile): Siegel {
  const current = siegel[0]!; // the file's first line of its kind: a whole key
  return {
    schluesselId: current.id,
    sign: (text) => sign(null, Buffer.from(text), current.privateKey!),
    verify(id, text, unterschrift) {
      const key = siegel.find((k) => k.id === id);
      return key !== undefined && verify(null, Buffer.from(text), key.publicKey, unterschrift);
    },
    oeffentlich: siegel.map(({ id, publicKey }) => ({ id, schluessel: Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('base64') })),
  };
}
