import type { OtherTag, Range, Schema, SchemaField } from '../provenance/document';
import { dtypeOf, isTensor, isTypedArray } from '../tensor/tensor';
import { DEFAULT_SCHEMA, type SchemaLimits } from './settings';
import { clip } from './summary';

/** The most fields of a record, whatever the settings say: schemas of several documents are merged. */
const MAX_FIELDS = 1024;
/** Elements of a list that are looked at. */
const MAX_ELEMENTS = 64;
const MAX_NAME = 100;
/** Values looked into in all. */
const MAX_NODES = 4_000;
const TOO_DEEP: Schema = { type: 'object', name: '…' };
/** Of what throws when it is looked at. */
export const UNREADABLE: Schema = { type: 'object', name: 'unreadable' };

const exactly = (n: number): Range => ({ min: n, max: n });

/** The schema of one value. Looks at no more than a bounded part of it. May throw where a proxy's traps do. */
export function schemaOf(value: unknown, limits: SchemaLimits = DEFAULT_SCHEMA): Schema {
  return schemaWithin(value, 0, { nodes: MAX_NODES, ...limits });
}

/** How much further to look. */
interface Rest extends SchemaLimits {
  nodes: number;
}

function schemaWithin(value: unknown, depth: number, rest: Rest): Schema {
  switch (typeof value) {
    case 'number':
      return { type: Number.isInteger(value) ? 'int' : 'float' };
    case 'string':
      return { type: 'str' };
    case 'boolean':
      return { type: 'bool' };
    case 'object':
      return value === null ? { type: 'null' } : schemaOfObject(value, depth, rest);
    default:
      return { type: typeof value as 'bigint' | 'undefined' | 'function' | 'symbol' };
  }
}

function schemaOfObject(value: object, depth: number, rest: Rest): Schema {
  if (isTypedArray(value)) return { type: 'tensor', dtype: dtypeOf(value), shape: [exactly(value.length)] };
  if (isTensor(value)) return { type: 'tensor', dtype: dtypeOf(value.data), shape: value.shape.map(exactly) };
  if (value instanceof Date) return { type: 'date' };
  if (depth >= rest.depth || rest.nodes <= 0) return TOO_DEEP;
  if (Array.isArray(value)) return schemaOfArray(value, depth, rest);
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== Object.prototype && prototype !== null) return { type: 'object', name: className(prototype) };
  const names = Object.keys(value);
  const fields: SchemaField[] = [];
  const most = Math.min(rest.fields, MAX_FIELDS);
  for (const name of names.slice(0, most)) {
    rest.nodes--;
    fields.push({ name: clip(name, MAX_NAME), schema: schemaOfField(value, name, depth, rest), optional: false });
  }
  return { type: 'record', fields, ...(names.length > most ? { more: true } : {}) };
}

/** One getter that throws must not hide its neighbours. */
function schemaOfField(value: object, name: string, depth: number, rest: Rest): Schema {
  try {
    return schemaWithin((value as { [name: string]: unknown })[name], depth + 1, rest);
  } catch {
    return UNREADABLE;
  }
}

function className(prototype: object): string {
  const { constructor } = prototype as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' && constructor.name !== '' ? clip(constructor.name, MAX_NAME) : 'object';
}

/** An array of numbers, of any depth, is printed like a tensor; any other one is a list. */
function schemaOfArray(array: unknown[], depth: number, rest: Rest): Schema {
  // A proxy of an array may say anything of its length.
  const size = Math.max(0, Math.trunc(Number(array.length)) || 0);
  const length = exactly(size);
  let items: Schema | null = null;
  const stride = Math.max(1, Math.ceil(size / MAX_ELEMENTS));
  for (let i = 0; i < size && rest.nodes > 0; i += stride) {
    rest.nodes--;
    items = mergeSchemas(items, schemaWithin(array[i], depth + 1, rest), rest.fields);
  }
  if (items?.type === 'int' || items?.type === 'float') return { type: 'tensor', dtype: items.type, shape: [length] };
  if (items?.type === 'tensor' && (items.dtype === 'int' || items.dtype === 'float'))
    return { type: 'tensor', dtype: items.dtype, shape: [length, ...items.shape] };
  return { type: 'list', length, items };
}

/** What holds of everything that either schema holds of, with no more than `most` fields of a record. Commutative and associative, but for the order of fields. */
export function mergeSchemas(a: Schema | null, b: Schema, most = MAX_FIELDS): Schema {
  if (a === null) return b;
  if (a.type === 'union' || b.type === 'union') {
    const union = unionOf([...members(a), ...members(b)], most);
    return a.type === b.type ? withAgreed(union, a, b) : union;
  }
  return mergeAlike(a, b, most) ?? unionOf([a, b], most);
}

const members = (schema: Schema): Schema[] => (schema.type === 'union' ? schema.of : [schema]);

/** One schema for two of a kind; null where only a union can hold both. What is not known of them here stays where both say the same. */
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

/** The talk's notation: `{image: [[3,224,224],'float32'], label: 'int'}`. */
export function printSchema(schema: Schema): string {
  switch (schema.type) {
    case 'tensor':
      return `[[${schema.shape.map(printRange).join(',')}],'${schema.dtype}']`;
    case 'record': {
      const fields = schema.fields.map((f) => `${f.name}${f.optional ? '?' : ''}: ${printSchema(f.schema)}`);
      return `{${fields.join(', ')}${schema.more ? ', …' : ''}}`;
    }
    case 'list':
      return `list(${printRange(schema.length)}${schema.items === null ? '' : `, ${printSchema(schema.items)}`})`;
    case 'union':
      return schema.of.map(printSchema).join(' | ');
    case 'object':
      return schema.name;
    default:
      return `'${schema.type}'`;
  }
}

function printRange(range: Range): string {
  return range.min === range.max ? `${range.min}` : `${range.min}..${range.max}`;
}
