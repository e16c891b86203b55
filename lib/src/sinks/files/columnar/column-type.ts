import { types } from 'node:util';
import { isTypedArray } from '../../../tensor/tensor';
import { inWords } from '../../../util/check';

/** What a column without parts holds. */
export type ScalarType = 'boolean' | 'int32' | 'int64' | 'float32' | 'float64' | 'text' | 'bytes' | 'date';

/** What a column holds: `'int32'`, a list as `['float32']`, a record as `{ x: 'float64' }`. */
export type WrittenType = ScalarType | readonly [WrittenType] | { readonly [field: string]: WrittenType };

/** A type that is still being found out. `null`: there was nothing but null so far. */
export type Found = ScalarType | null | ListType | StructType;

export class ListType {
  constructor(public element: Found) {}
}

export class StructType {
  constructor(readonly fields: Map<string, Found>) {}
}

const SCALARS: readonly ScalarType[] = ['boolean', 'int32', 'int64', 'float32', 'float64', 'text', 'bytes', 'date'];

/** A type as the user gave it. @throws TypeError that names `place` */
export function givenType(type: unknown, place: string): Found {
  if (SCALARS.includes(type as ScalarType)) return type as ScalarType;
  if (Array.isArray(type) && type.length === 1) return new ListType(givenType(type[0], place));
  if (typeof type === 'object' && type !== null && !Array.isArray(type) && Object.keys(type).length > 0)
    return new StructType(new Map(Object.entries(type).map(([name, field]) => [name, givenType(field, place)])));
  throw new TypeError(
    `invalid ${place}: expected ${SCALARS.map((scalar) => `'${scalar}'`).join(', ')}, a list such as ['float32'] or a record of these, got ${inWords(type)}`,
  );
}

/** What the elements of a typed array are held in, exactly. */
const ELEMENTS: { readonly [name: string]: ScalarType } = {
  Int8Array: 'int32',
  Uint8ClampedArray: 'int32',
  Int16Array: 'int32',
  Uint16Array: 'int32',
  Int32Array: 'int32',
  Uint32Array: 'float64',
  Float32Array: 'float32',
  Float64Array: 'float64',
  BigInt64Array: 'int64',
};

/** The type of one value alone. @throws TypeError where there is none */
export function typeOf(value: unknown): Found {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    case 'bigint':
      return 'int64';
    case 'number':
      return isInt32(value) ? 'int32' : 'float64';
    case 'object':
      break;
    default:
      throw new Misfit(value, 'which columns cannot hold; map it to a value of another kind, or leave it out');
  }
  if (value === null) return null;
  if (types.isUint8Array(value)) return 'bytes';
  if (isTypedArray(value)) {
    const element = ELEMENTS[value.constructor.name];
    if (element !== undefined) return new ListType(element);
  }
  if (types.isDate(value)) return 'date';
  if (Array.isArray(value)) return new ListType(null);
  if (isPlain(value) && Object.keys(value).length > 0) return new StructType(new Map());
  throw new Misfit(value, 'which columns cannot hold; map it to a value of another kind, or leave it out');
}

export const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** A record, of any realm, or an instance of a class of the user's. */
const isPlain = (value: object): boolean =>
  !types.isMap(value) &&
  !types.isSet(value) &&
  !types.isRegExp(value) &&
  !types.isPromise(value) &&
  !types.isAnyArrayBuffer(value) &&
  !types.isNativeError(value) &&
  !ArrayBuffer.isView(value);

/** A value that its column cannot hold. `path` grows on the way out to the column. */
export class Misfit extends TypeError {
  constructor(
    private readonly value: unknown,
    /** Behind the value; it may need the path. */
    private readonly advice: string | ((path: string) => string),
    private readonly path = '',
  ) {
    super(
      `the field ${JSON.stringify(path)} is ${inWords(value)}, ${typeof advice === 'string' ? advice : advice(path)}`,
    );
  }

  within(name: string): Misfit {
    const isBeside = this.path === '' || this.path.startsWith('[');
    return new Misfit(this.value, this.advice, isBeside ? name + this.path : `${name}.${this.path}`);
  }
}

/** In words, for errors. */
export function typeInWords(type: Found): string {
  if (type === null) return 'null';
  if (type instanceof ListType) return `[${typeInWords(type.element)}]`;
  if (type instanceof StructType)
    return `{ ${[...type.fields].map(([name, field]) => `${name}: ${typeInWords(field)}`).join(', ')} }`;
  return `'${type}'`;
}
