/**
 * Takes at most 500 paragraphs of law from `shared/korpus` into modules/suche/tests/golden/absaetze.json, about which the golden questions ask.
 * Run: node tools/suche-golden.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { sharedDir } from '#platform/testing/shared.ts';

/** What counties and towns work with, and how many paragraphs of each. */
const GESETZE: Record<string, number> = { WoGG: 45, BMG: 50, TierSchG: 40, UhVorschG: 12, GewO: 60, VwVfG: 60, PStG: 45, StVG: 40, 'GrStG 1973': 30, BJagdG: 35, BImSchG: 30, BBauG: 45 };
const shared = sharedDir();
if (!shared) throw new Error('shared/korpus fehlt');
const taken = new Map<string, number>();
const absaetze = zstdDecompressSync(await readFile(join(shared, 'korpus/bundesrecht.jsonl.zst'))).toString().trim().split('\n')
  .map((line) => JSON.parse(line) as { gesetz: string; norm: string; text: string })
  .filter(({ gesetz, norm, text }) => {
    const n = taken.get(gesetz) ?? 0;
    if (n >= (GESETZE[gesetz] ?? 0) || text.length < 120 || text.length > 4000 || !norm.startsWith('§')) return false;
    taken.set(gesetz, n + 1);
    return true;
  });
const json = { quelle: 'Bundesrecht aus shared/korpus/bundesrecht.jsonl.zst, amtliche Texte, frei nach § 5 UrhG', absaetze: absaetze.map(({ gesetz, norm, text }) => ({ gesetz, norm, text })) };
await writeFile(new URL('../modules/suche/tests/golden/absaetze.json', import.meta.url), `${JSON.stringify(json, undefined, 1)}\n`);
console.log(absaetze.length, 'Absätze', [...taken]);
