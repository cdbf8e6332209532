import { randomUUID } from 'node:crypto';
import { z } from 'zod';

type Schema = { type?: string; format?: string; pattern?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; properties?: Record<string, Schema>; required?: string[]; items?: Schema; minItems?: number; minLength?: number; minimum?: number; exclusiveMinimum?: number; examples?: unknown[]; default?: unknown };

const formats: Record<string, () => string> = { uuid: randomUUID, date: () => '2026-11-21', 'date-time': () => '2026-11-21T10:00:00Z', email: () => 'a@b.example', uri: () => 'https://a.example/' };

function fill(s: Schema): unknown {
  if (s.examples) return s.examples[0];
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[0];
  const choice = s.anyOf ?? s.oneOf;
  if (choice) return fill(choice[0]!);
  if (s.allOf) return Object.assign({}, ...s.allOf.map(fill));
  switch (s.type) {
    case 'object': return Object.fromEntries((s.required ?? []).map((name) => [name, fill(s.properties?.[name] ?? {})]));
    case 'array': return Array.from({ length: s.minItems ?? 0 }, () => fill(s.items ?? {}));
    case 'integer': case 'number': return Math.max(s.minimum ?? 1, (s.exclusiveMinimum ?? 0) + 1);
    case 'boolean': return true;
    case 'null': return null;
    case 'string': return formats[s.format ?? '']?.() ?? 'x'.repeat(Math.max(1, s.minLength ?? 1));
    default: return 'x';
  }
}

/** The smallest input a schema accepts. A schema with a pattern of its own says one: `.meta({ examples: ['…'] })`. */
export const sample = (schema: z.ZodType): any => fill(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
