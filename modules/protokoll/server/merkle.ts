import { createHash } from 'node:crypto';

/**
 * A Merkle tree as in RFC 6962 (2.1): leaves and nodes are hashed with different first bytes, and the left subtree of n leaves is the largest
 * power of two below n. What is kept of a tree that only grows are its peaks: the roots of its whole subtrees, from left to right.
 */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
const sha256 = (...parts: (Buffer | string)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export const leafHash = (content: string) => sha256(LEAF, content);
const nodeHash = (left: Buffer, right: Buffer) => sha256(NODE, left, right);
export const EMPTY = sha256('');

export type Tree = { readonly size: number; readonly peaks: readonly Buffer[] };
export const emptyTree: Tree = { size: 0, peaks: [] };

export function append({ size, peaks }: Tree, leaf: Buffer): Tree {
  const grown = [...peaks];
  let hash = leaf;
  for (let n = size; n % 2 === 1; n = (n - 1) / 2) hash = nodeHash(grown.pop()!, hash);
  return { size: size + 1, peaks: [...grown, hash] };
}
export const rootOf = ({ peaks }: Tree): Buffer => (peaks.length ? peaks.reduceRight((right, left) => nodeHash(left, right)) : EMPTY);

export const writePeaks = ({ peaks }: Tree) => peaks.map((p) => p.toString('hex')).join(' ');
export const readTree = (size: number, peaks: string): Tree => ({ size, peaks: peaks ? peaks.split(' ').map((p) => Buffer.from(p, 'hex')) : [] });
