import { types } from 'node:util';
import { isTypedArray } from '../../../tensor/tensor';
import { type Found, isInt32, ListType, Misfit, StructType, typeInWords, typeOf } from './column-type';

/** Of a column of numbers that did not say how many digits it needs: a wider one holds all that a narrower one does. */
const WIDER: readonly (readonly [Found, Found])[] = [
  ['int32', 'float64'],
  ['float32', 'float64'],
  // Of whole numbers and bigints.
  ['int32', 'int64'],
];

const LIMIT = 2n ** 63n;

/**
 * How a value is taken into a column: while its type is being found out it may grow; later, or where it was given, not.
 */
export interface Fitting {
  grows: boolean;
  /** The size of what was taken, in bytes, by a rough estimate. */
  size: number;
}

/**
 * The type of a column that holds `value`, too: `type` itself, unless it may grow. Parts of it grow in place.
 *
 * @throws Misfit where it cannot hold the value.
 */
export function fit(type: Found, value: unknown, fitting: Fitting): Found {
  fitting.size += 8;
  if (value === null || value === undefined) return type;
  const own = typeOf(value);
  if (type === null) {
    if (!fitting.grows)
      throw misfit(value, 'but all before it were null, and the file has no type for it; pass its type: types: { … }');
    return fitParts(own, value, fitting);
  }
  if (type instanceof ListType || type instanceof StructType) {
    if (own === null || own.constructor !== type.constructor) throw other(type, value);
    return fitParts(type, value, fitting);
  }
  if (own === type || holds(type, value)) return fitParts(type, value, fitting);
  const wider =
    fitting.grows && WIDER.find(([narrow, wide]) => narrow === type && (wide === own || holds(wide, value)));
  if (!wider) throw other(type, value);
  return fitParts(wider[1], value, fitting);
}

/** A type that was given, or found, may hold more than the values of its own. */
function holds(type: Found, value: unknown): boolean {
  if (typeof value === 'number') {
    if (type === 'float64') return true;
    if (type === 'float32') return Object.is(Math.fround(value), value);
    if (type === 'int64') return Number.isSafeInteger(value) && !Object.is(value, -0);
    return type === 'int32' && isInt32(value);
  }
  return typeof value === 'bigint' && type === 'int64';
}

function fitParts(type: Found, value: unknown, fitting: Fitting): Found {
  if (type instanceof ListType) {
    const list = value as ArrayLike<unknown>;
    if (isTypedArray(value) && type.element === (typeOf(value) as ListType).element) fitting.size += value.byteLength;
    else
      for (let i = 0; i < list.length; i++) type.element = within(`[${i}]`, () => fit(type.element, list[i], fitting));
  } else if (type instanceof StructType) fitFields(type, value as { [name: string]: unknown }, fitting);
  else if (typeof value === 'string') {
    fitting.size += 2 * value.length;
    if (/\p{Surrogate}/u.test(value))
      throw misfit(value, 'which has half a character (a lone surrogate); map it to text.toWellFormed()');
  } else if (types.isUint8Array(value)) fitting.size += value.length;
  else if (typeof value === 'bigint' && (value >= LIMIT || value < -LIMIT))
    throw misfit(value, 'which is too great for 64 bits; map it to a text');
  else if (types.isDate(value) && Number.isNaN(value.getTime()))
    throw misfit(value, 'which is no date of the calendar; map it to null');
  return type;
}

/** The fields of a record, those of the rows of a file among them. */
export function fitFields({ fields }: StructType, record: { [name: string]: unknown }, fitting: Fitting): void {
  for (const name of Object.keys(record)) {
    const known = fields.get(name);
    const value = record[name];
    if (known === undefined && value !== undefined && !fitting.grows)
      throw misfit(
        value,
        'but the file has no such column, since no item before it had the field; pass its type: types: { … }, or leave it out',
      ).within(name);
    if (known === undefined && value === undefined) continue;
    const type = within(name, () => fit(known ?? null, value, fitting));
    if (type !== known) fields.set(name, type);
  }
}

function within<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Misfit ? error.within(name) : error;
  }
}

const misfit = (value: unknown, advice: ConstructorParameters<typeof Misfit>[1]): Misfit => new Misfit(value, advice);

function other(type: Found, value: unknown): Misfit {
  const what = `which its type, ${typeInWords(type)}, cannot hold`;
  const wide = ['int64', 'float64'].filter((each) => holds(each as Found, value));
  if (type !== 'int32' || wide.length === 0) return misfit(value, `${what}; map all to one type, or pass types`);
  const either = wide.map((each) => `'${each}'`).join(' or ');
  return misfit(value, (field) =>
    /^\w+$/.test(field) ? `${what}; pass types: { ${field}: ${either} }` : `${what}; pass types with ${either} for it`,
  );
}
