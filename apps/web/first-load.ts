import { gzipSync } from 'node:zlib';

/** What ziele.md L11 allows for the JavaScript that every first visit loads. */
export const LIMIT_KB = 200;
type Chunk = { type: 'chunk' | 'asset'; fileName: string; isEntry?: boolean; imports?: string[]; code?: string };

/** The entry and everything it imports statically, in KB of gzip. */
export function firstLoad(bundle: Record<string, Chunk>): { kb: number; files: string[] } {
  const files = new Set<string>();
  const visit = (name: string) => { const chunk = bundle[name]; if (chunk?.type !== 'chunk' || files.has(name)) return; files.add(name); chunk.imports?.forEach(visit); };
  Object.values(bundle).filter((c) => c.isEntry).forEach((c) => visit(c.fileName));
  const bytes = [...files].reduce((sum, name) => sum + gzipSync(bundle[name]!.code!, { level: 9 }).length, 0);
  return { kb: Math.round(bytes / 1024), files: [...files] };
}
