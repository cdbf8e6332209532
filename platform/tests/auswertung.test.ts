/**
 * PR-03: no statistics by person below OE level, anywhere. Asked of every operation by its contract: none answers a person with a number beside it, and
 * none that can be narrowed to a person counts what is left. A new one fails here by its name.
 */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { NamedOperation } from '../contract.ts';
import { modules } from '../testing/test.ts';

type Schema = { type?: string | string[]; properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; additionalProperties?: Schema | boolean; $ref?: string; $defs?: Record<string, Schema>; [key: string]: unknown };
const operations = modules.flatMap((m) => (m.routes ?? []).map((r) => r.operation as NamedOperation));
const jsonOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
const PERSON = /(person|benutzer|akteur|bearbeiter|mitarbeiter|vertret|^wer$|von$)/i;
const ANZAHL = /(anzahl|gesamt|summe|zaehler|haeufig|count|^zahl|^mal$)/i;

/** Paths at which an object tells of a person and of a number of things. */
function beside(schema: Schema, path = '', seen = new Set<Schema>(), root = schema): string[] {
  const s = schema.$ref ? root.$defs?.[schema.$ref.split('/').at(-1)!] ?? root : schema;
  if (seen.has(s)) return [];
  seen.add(s);
  const properties = Object.entries(s.properties ?? {});
  const isNumber = (p: Schema): boolean => [p.type].flat().some((t) => t === 'integer' || t === 'number') || [...(p.anyOf ?? []), ...(p.oneOf ?? [])].some(isNumber);
  const found = properties.some(([name]) => PERSON.test(name) && !ANZAHL.test(name)) ? properties.filter(([name, p]) => ANZAHL.test(name) && isNumber(p)).map(([name]) => `${path}.${name}`) : [];
  const below = [...properties.map(([name, p]) => [`${path}.${name}`, p] as const), ...[s.items ?? [], s.anyOf ?? [], s.oneOf ?? [], s.allOf ?? []].flat().map((p) => [path, p] as const), ...(typeof s.additionalProperties === 'object' ? [[`${path}.*`, s.additionalProperties] as const] : [])];
  return [...found, ...below.flatMap(([at, p]) => beside(p, at, seen, root))];
}

/** Numbers beside a person that are no measure of the person. */
const KEIN_MASS: Readonly<Record<string, string>> = {
  'listLesezugriffe.eintraege.anzahl': 'objects in one answer, of one read',
  'listVernichtungen.eintraege.anzahl': 'Eingänge in one list, beside who proposed it and who decided',
  ...Object.fromEntries(['getProtokollstand.pruefungen.gesamt', 'getProtokollstand.ausgaben.gesamt', 'verifyProtokoll.gesamt', 'getProtokollpruefung.gesamt', 'exportProtokoll.gesamt'].map((name) => [name, 'entries of the whole protocol, beside who had it verified'])),
};
test('PR-03 no answer of any operation counts by person', () => {
  const found = operations.flatMap((op) => (op.download ? [] : beside(jsonOf(op.returns, 'output')).map((path) => `${op.operationId}${path}`)));
  expect(found.filter((f) => !(f in KEIN_MASS))).toEqual([]);
  expect(Object.keys(KEIN_MASS).filter((k) => !found.includes(k))).toEqual([]);
});

/** Lists that are narrowed to what somebody is responsible for or was given: rights and duties, as they stand on the object itself, not what somebody does. */
const ZUSTAENDIGKEIT = ['listAkten', 'listVorgaenge', 'listDokumente', 'listFreigaben'];
/** A day, and a yes or no that names nobody. */
const KEINE_PERSON = ['von', 'vertretbar'];
test('PR-03 an operation that can be narrowed to a person does not count what is left', () => {
  const narrowed = operations.filter((op) => op.method === 'GET' && op.query && Object.keys(jsonOf(op.query, 'input').properties ?? {}).some((name) => PERSON.test(name) && !KEINE_PERSON.includes(name)));
  const counting = narrowed.filter((op) => [jsonOf(op.returns, 'output').properties?.gesamt ?? {}].some((g) => g.type === 'integer' || g.type === 'number')).map((op) => op.operationId);
  expect(counting.filter((name) => !ZUSTAENDIGKEIT.includes(name))).toEqual([]);
  expect(narrowed.map((op) => op.operationId)).toContain('listEreignisse'); // it was asked
});
