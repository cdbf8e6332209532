/**
 * Writes each module's `server/tables.gen.ts` from the database's catalogue: SQL is the truth, the types follow it.
 * Alone it starts a database, migrates it and writes the files; `renderTables` is also what the test compares them with.
 */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { moduleNames } from '#modules/modules.ts';

const COLUMNS = `
  select n.nspname as schema, c.relname as "table", a.attname as "column", t.typname as type, t.typcategory = 'A' as is_array, et.typname as element,
    not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as has_default, a.attgenerated <> '' or a.attidentity = 'a' as is_computed, c.relkind = 'v' as is_view,
    (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels,
    (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid left join pg_type et on et.oid = t.typelem
  where n.nspname = any($1) and c.relkind in ('r', 'p', 'v') and not c.relispartition and a.attnum > 0 and not a.attisdropped
  order by 1, 2, a.attnum`;

type Column = { schema: string; table: string; column: string; type: string; is_array: boolean; element: string | null; nullable: boolean; has_default: boolean; is_computed: boolean; is_view: boolean; labels: string[] | null; checks: string | null };

const scalar: Record<string, string> = {
  uuid: 'string', text: 'string', varchar: 'string', bpchar: 'string', name: 'string', date: 'string', numeric: 'string', interval: 'string', tsvector: 'string', xml: 'string', xid8: 'string', inet: 'string', oid: 'number',
  int2: 'number', int4: 'number', int8: 'number', float4: 'number', float8: 'number', bool: 'boolean', bytea: 'Buffer', timestamptz: 'Zeitpunkt', json: 'Json', jsonb: 'Json',
};
/** The values of `check (x in ('a', 'b'))`. */
function literals(checks: string | null): string[] | undefined {
  const list = /^CHECK \(\(?\(?\w+ = ANY \(\(?ARRAY\[(.+?)\]/.exec(checks ?? '')?.[1];
  const values = list?.split(', ').map((v) => /^\(?'((?:[^']|'')*)'::/.exec(v)?.[1]);
  return values?.every((v) => v !== undefined) ? (values as string[]) : undefined;
}
function typeOf(c: Column): string {
  const union = c.labels ?? literals(c.checks);
  const one = union ? union.map((v) => `'${v}'`).join(' | ') : scalar[c.is_array ? (c.element ?? '') : c.type];
  if (!one) throw new Error(`${c.schema}.${c.table}.${c.column}: type ${c.type} has no TypeScript type yet`);
  return c.is_array ? (union ? `(${one})[]` : `${one}[]`) : one;
}

function renderColumn(c: Column): string {
  if (c.column === 'mandant_id' && !c.is_view) return 'mandant_id: MandantId';
  const base = typeOf(c);
  const type = c.nullable ? `${base} | null` : base;
  const optional = !c.is_view && (c.has_default || c.nullable);
  if (c.is_computed) return `${c.column}: GeneratedAlways<${type}>`;
  return `${c.column}: ${optional ? `Generated<${type}>` : type}`;
}

/** Path → content, for every module that has tables. */
export async function renderTables(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<Column>(COLUMNS, [moduleNames]);
  const bySchema = Map.groupBy(rows, (r) => r.schema);
  return new Map([...bySchema].map(([schema, columns]) => {
    const tables = [...Map.groupBy(columns, (c) => c.table)].map(([table, cs]) => `  '${schema}.${table}': {\n${cs.map((c) => `    ${renderColumn(c)};\n`).join('')}  };\n`).join('');
    const body = `export type ${schema[0]!.toUpperCase()}${schema.slice(1)}Tables = {\n${tables}};\n`;
    const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(body);
    const kysely = ['GeneratedAlways'].filter(uses);
    const tx = ['Generated', 'Json', 'MandantId', 'Zeitpunkt'].filter(uses);
    const head = `// Generated from the database by \`npm run generate\`; never edited.\n${kysely.length ? `import type { ${kysely.join(', ')} } from 'kysely';\n` : ''}${tx.length ? `import type { ${tx.join(', ')} } from '#platform/server/tx.ts';\n` : ''}`;
    return [`modules/${schema}/server/tables.gen.ts`, `${head}\n${body}`] as const;
  }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { default: setup } = await import('#platform/testing/global-setup.ts');
  const teardown = await setup();
  const { ownerUrl, TEMPLATE } = await import('#platform/testing/database.ts');
  const client = new pg.Client({ connectionString: ownerUrl(TEMPLATE) });
  await client.connect();
  for (const [path, text] of await renderTables(client)) {
    await writeFile(new URL(`../${path}`, import.meta.url), text);
    console.log(path);
  }
  await client.end();
  await teardown();
}
