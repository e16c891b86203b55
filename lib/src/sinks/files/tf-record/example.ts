import { type Found, ListType, StructType } from '../columnar/column-type';

/** The kinds of features that an Example has, by the numbers of their fields in its Feature. */
const [BYTES, FLOATS, INTEGERS] = [1, 2, 3];

const KINDS: { readonly [type: string]: number } = {
  boolean: INTEGERS,
  int32: INTEGERS,
  int64: INTEGERS,
  float32: FLOATS,
  float64: FLOATS,
  text: BYTES,
  bytes: BYTES,
};

type Row = { readonly [name: string]: unknown };

/**
 * A record as a `tf.train.Example` in the encoding of protocol buffers. Records in it are taken apart: `x` in `box` is
 * the feature `box/x`. What is null is not there.
 */
export function exampleOf(row: Row, columns: ReadonlyMap<string, Found>): Buffer {
  const features: Buffer[] = [];
  addFeatures(features, row, columns, '');
  return message(1, Buffer.concat(features));
}

function addFeatures(features: Buffer[], row: Row, columns: ReadonlyMap<string, Found>, prefix: string): void {
  for (const [name, type] of columns) {
    const value = Object.hasOwn(row, name) ? row[name] : null;
    if (value === null || value === undefined) continue;
    if (type instanceof StructType) addFeatures(features, value as Row, type.fields, `${prefix}${name}/`);
    else
      features.push(
        message(1, Buffer.concat([message(1, Buffer.from(prefix + name)), message(2, feature(value, type))])),
      );
  }
}

function feature(value: unknown, type: Found): Buffer {
  const isList = type instanceof ListType;
  const kind = KINDS[(isList ? type.element : type) as string];
  // A list that was always empty is of no kind.
  if (kind === undefined) return Buffer.alloc(0);
  const values = isList ? Array.from(value as ArrayLike<unknown>) : [value];
  return message(
    kind,
    kind === BYTES ? Buffer.concat(values.map((each) => message(1, bytesOf(each)))) : message(1, packed(values, kind)),
  );
}

const bytesOf = (value: unknown): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value) : (value as Uint8Array);

function packed(values: readonly unknown[], kind: number): Buffer {
  if (kind === INTEGERS) return Buffer.concat(values.map((value) => varint(BigInt(value as number))));
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeFloatLE(value as number, 4 * i));
  return bytes;
}

/** A field of a message that is a message itself, or bytes. */
function message(field: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2]), varint(BigInt(body.length)), body]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
