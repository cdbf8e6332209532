import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, emptyTree, leafHash, readTree, rootOf, writePeaks } from '../server/merkle.ts';

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
/** RFC 6962 2.1, word for word. */
function mth(d: Buffer[]): Buffer {
  if (d.length === 0) return sha();
  if (d.length === 1) return sha(Buffer.of(0), d[0]!);
  let k = 1;
  while (k * 2 < d.length) k *= 2;
  return sha(Buffer.of(1), mth(d.slice(0, k)), mth(d.slice(k)));
}

test('PR-02: the growing tree has the root that RFC 6962 defines, at every size, also after it was written down and read again', () => {
  fc.assert(fc.property(fc.array(fc.string(), { maxLength: 130 }), (contents) => {
    let tree = emptyTree;
    contents.forEach((content, i) => {
      tree = append(readTree(tree.size, writePeaks(tree)), leafHash(content));
      if (i % 7 === 0 || i === contents.length - 1) expect(rootOf(tree).equals(mth(contents.slice(0, i + 1).map((c) => Buffer.from(c))))).toBe(true);
    });
    expect(rootOf(tree).equals(mth(contents.map((c) => Buffer.from(c))))).toBe(true);
  }), { numRuns: 60 });
});
