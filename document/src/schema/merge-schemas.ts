import type { OtherTag, Range, Schema, SchemaField } from '../model/document';
import { printSchema } from './print-schema';

/** The most fields of a record, whatever the settings say: schemas of several documents are merged. */
export const MAX_FIELDS = 1024;

/**
 * What holds of everything that either schema holds of, with no more than `most` fields of a record. Commutative and
 * associative, but for the order of fields.
 */
export function mergeSchemas(a: Schema | null, b: Schema, most = MAX_FIELDS): Schema {
  if (a === null) return b;
  if (a.type === 'union' || b.type === 'union') {
    const union = unionOf([...members(a), ...members(b)], most);
    return a.type === b.type ? withAgreed(union, a, b) : union;
  }
  return mergeAlike(a, b, most) ?? unionOf([a, b], most);
}

const members = (schema: Schema): Schema[] => (schema.type === 'union' ? schema.of : [schema]);

/**
 * One schema for two of a kind; null where only a union can hold both. What is not known of them here stays where both
 * say the same.
 */
function mergeAlike(a: Schema, b: Schema, most: number): Schema | null {
  const merged = mergeKnown(a, b, most);
  return merged === null ? null : withAgreed(merged, a, b);
}

function mergeKnown(a: Schema, b: Schema, most: number): Schema | null {
  if (a.type === 'tensor' && b.type === 'tensor') {
    const dtype = mergeDtypes(a.dtype, b.dtype);
    if (dtype === null || a.shape.length !== b.shape.length) return null;
    return { type: 'tensor', dtype, shape: a.shape.map((range, i) => mergeRanges(range, b.shape[i]!)) };
  }
  if (a.type === 'record' && b.type === 'record') return mergeRecords(a, b, most);
  if (a.type === 'list' && b.type === 'list')
    return {
      type: 'list',
      length: mergeRanges(a.length, b.length),
      items: b.items === null ? a.items : mergeSchemas(a.items, b.items, most),
    };
  if (a.type === 'object' && b.type === 'object') return a.name === b.name ? { type: 'object', name: a.name } : null;
  // Nothing is known of how such schemas merge: two that differ stand beside each other.
  if (isOther(a) || isOther(b)) return JSON.stringify(a) === JSON.stringify(b) ? a : null;
  if (a.type === b.type) return Object.keys(a).length === 1 ? a : ({ type: a.type } as Schema);
  if (isNumber(a) && isNumber(b)) return { type: 'float' };
  return null;
}

const isNumber = (schema: Schema): boolean => schema.type === 'int' || schema.type === 'float';

const KNOWN: { readonly [type in Exclude<Schema['type'], OtherTag>]: true } = {
  int: true,
  float: true,
  bigint: true,
  str: true,
  bool: true,
  null: true,
  undefined: true,
  date: true,
  function: true,
  symbol: true,
  tensor: true,
  record: true,
  list: true,
  object: true,
  union: true,
};

const isOther = ({ type }: Schema): boolean => !Object.hasOwn(KNOWN, type);

/** `merged` with the members that it does not have, and that `a` and `b` agree on. */
function withAgreed<T extends object>(merged: T, a: object, b: object): T {
  for (const name of Object.keys(a) as (keyof typeof a)[])
    if (!(name in merged) && JSON.stringify(a[name]) === JSON.stringify(b[name]))
      merged = { ...merged, [name]: a[name] };
  return merged;
}

/** `int` and `float` are plain JavaScript numbers, which a value can change between; the typed ones are not. */
function mergeDtypes(a: string, b: string): string | null {
  if (a === b) return a;
  return (a === 'int' && b === 'float') || (a === 'float' && b === 'int') ? 'float' : null;
}

function mergeRanges(a: Range, b: Range): Range {
  return withAgreed({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }, a, b);
}

type SchemaRecord = Extract<Schema, { type: 'record' }>;

function mergeRecords(a: SchemaRecord, b: SchemaRecord, most: number): SchemaRecord {
  const others = new Map(b.fields.map((field) => [field.name, field]));
  const merged = a.fields.map((field): SchemaField => {
    const other = others.get(field.name);
    if (other === undefined) return { ...field, optional: true };
    others.delete(field.name);
    const schema = mergeSchemas(field.schema, other.schema, most);
    return withAgreed({ name: field.name, schema, optional: field.optional || other.optional }, field, other);
  });
  for (const field of others.values()) merged.push({ ...field, optional: true });
  const fields = boundFields(merged, most);
  const more = a.more === true || b.more === true || fields.length < merged.length;
  return { type: 'record', fields, ...(more ? { more } : {}) };
}

/** The first by name, so that it does not matter which of many schemas met first. */
function boundFields(fields: SchemaField[], most: number): SchemaField[] {
  const count = Math.min(most, MAX_FIELDS);
  if (fields.length <= count) return fields;
  const names = fields.map((field) => field.name).sort();
  const kept = new Set(names.slice(0, count));
  return fields.filter((field) => kept.has(field.name));
}

function unionOf(schemas: Schema[], most: number): Schema {
  const of: Schema[] = [];
  for (const schema of schemas) {
    const at = of.findIndex((known) => mergeAlike(known, schema, most) !== null);
    if (at < 0) of.push(schema);
    else of[at] = mergeAlike(of[at]!, schema, most)!;
  }
  of.sort((a, b) => (printSchema(a) < printSchema(b) ? -1 : 1));
  return of.length === 1 ? of[0]! : { type: 'union', of };
}
