import { MAX_FIELDS, mergeSchemas, type Range, type Schema, type SchemaField } from 'stemma-document';
import { dtypeOf, isTensor, isTypedArray } from '../../tensor/tensor';
import { DEFAULT_SCHEMA, type SchemaLimits } from '../settings/settings';
import { clip } from './summary';

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
