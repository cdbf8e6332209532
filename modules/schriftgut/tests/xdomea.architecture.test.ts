import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ownerUrl } from '#platform/testing/database.ts';
import { sharedDir } from '#platform/testing/shared.ts';
import { queryAs } from '#platform/testing/test.ts';
import { imGanzen, xdomeaAbbildung, type Element } from '../server/xdomea-abbildung.ts';
import { renderXdomea } from '../../../tools/generate-xdomea.ts';

const dir = sharedDir();
const elemente = Object.entries(xdomeaAbbildung).flatMap(([type, list]) => list.map((el): [string, Element] => [`${type}.${el.name}`, el]));

/** Type → its own elements (without those of the type it extends) and the types they lead to, as published. */
async function readStructure() {
  const types = new Map<string, { name: string; typ: string; anzahl: string }[]>();
  const bases = new Map<string, string>();
  let current = '';
  for (const line of (await readFile(`${dir}/normdaten/xdomea/structure-4.0.0.txt`, 'utf8')).split('\n')) {
    if (/^\w+Type$/.test(line)) types.set((current = line), []);
    const [, name, typ, anzahl] = /^\s+(\w+) : (\S+) \[([^\]]+)\]/.exec(line) ?? [];
    if (name) types.get(current)?.push({ name, typ: typ!, anzahl: anzahl! });
    const base = /\(extension of xdomea:(\w+)\)/.exec(line)?.[1];
    if (base) bases.set(current, base);
  }
  return { types, bases };
}

test.skipIf(!dir)('MD-01, ST-02 every element that xdomea 4.0 gives an Akte, Vorgang or Dokument is mapped or has its reason (skipped where ../shared/normdaten is missing)', async () => {
  const { types, bases } = await readStructure();
  const seen = new Set<string>();
  const walk = (type: string) => {
    if (seen.has(type) || imGanzen.includes(type)) return;
    seen.add(type);
    expect([type, (xdomeaAbbildung[type] ?? []).map(({ name, typ, anzahl }) => ({ name, typ, anzahl }))]).toEqual([type, types.get(type)]);
    const base = bases.get(type);
    if (base) walk(base);
    for (const { typ } of types.get(type) ?? []) if (types.has(typ.replace('xdomea:', ''))) walk(typ.replace('xdomea:', ''));
  };
  for (const type of ['AllgemeineMetadatenType', 'AkteType', 'VorgangType', 'DokumentType', 'DokumentMitSchriftstueckType']) walk(type);
  expect(Object.keys(xdomeaAbbildung).filter((type) => !seen.has(type))).toEqual([]);
});

type Column = { name: string; type: string; required: boolean };
const columns = new Map((await queryAs(ownerUrl, `select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull and not a.atthasdef and a.attgenerated = '' as required
  from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'schriftgut'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`)).map((r) => [(r as Column).name, r as Column]));
const unique = (await queryAs(ownerUrl, `select c.relname as table, array(select a.attname::text from unnest(i.indkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where n <= i.indnkeyatts) as keys
  from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'schriftgut'::regnamespace and i.indisunique`)) as { table: string; keys: string[] }[];

/** Types of PostgreSQL that hold every value of a type of XML Schema. A year has four figures here. */
const holds: Record<string, readonly string[]> = {
  'xs:string': ['text'], 'din91379:datatypeC': ['text'], 'xs:date': ['date'], 'xs:dateTime': ['timestamp(3) with time zone'], 'xs:boolean': ['boolean'],
  'xs:unsignedInt': ['bigint'], 'xs:unsignedShort': ['integer', 'bigint'], 'xs:gYear': ['smallint', 'integer'], 'bn-uq-g2g:UUID': ['uuid'],
};
const isCode = (typ: string) => /CodeType$|:Code\./.test(typ);

test.each(elemente)('%s: its columns exist and are wide enough', (_, { typ, anzahl, ziel }) => {
  if ('grund' in ziel) return expect(ziel.grund.length).toBeGreaterThan(10);
  if ('gruppe' in ziel) return expect(Object.keys(xdomeaAbbildung)).toContain(ziel.gruppe);
  if ('zeilen' in ziel) {
    for (const column of ziel.ueber) {
      expect([column, columns.has(`${ziel.zeilen}.${column}`)]).toEqual([column, true]);
      // several rows for one object: no key forbids it
      expect(unique.filter((u) => u.table === ziel.zeilen && u.keys.every((k) => k === 'mandant_id' || k === column))).toEqual([]);
    }
    return expect(anzahl).toMatch(/n$/);
  }
  for (const name of ziel.spalten) {
    const column = columns.get(name);
    expect([name, column !== undefined]).toEqual([name, true]);
    if (anzahl.endsWith('n')) expect([name, column!.type]).toEqual([name, expect.stringMatching(/\[\]$|^jsonb$/)]);
    // computed ones say how; the others hold the value itself
    else if (!ziel.fuer) expect([name, isCode(typ) ? ['text', 'jsonb'] : holds[typ] ?? ['text']]).toEqual([name, expect.arrayContaining([column!.type])]);
    if (anzahl.startsWith('0') && column!.required) expect([name, ziel.ersatz]).toEqual([name, expect.any(String)]);
  }
});

test('docs/xdomea-abbildung.md says what the mapping says; `npm run generate` writes it anew', async () => {
  expect(await readFile(new URL('../../../docs/xdomea-abbildung.md', import.meta.url), 'utf8')).toBe(renderXdomea());
});
