import { setField } from '../../util/set-field';
import type { Arrow, Data, Vector } from './arrow';
import { Type } from './arrow-type';
import type { Values } from './options';
import { copyOf, decimalOf, integerOf, textOf, timeOf, timestampOf, type Unit } from './values';

const UNITS: readonly Unit[] = ['s', 'ms', 'us', 'ns'];

/** The values of a column, of a record batch or within a value, as JavaScript has them; null where there is none. */
export function valuesOfVector(arrow: Arrow, vector: Vector, values: Values): unknown[] {
  const { type } = vector;
  /** By the stored number: what Arrow itself makes of some types is rounded. */
  const stored = (convert: (value: number | bigint, data: Data, i: number) => unknown): unknown[] =>
    vector.data.flatMap((data) =>
      Array.from({ length: data.length }, (_, i) => (data.getValid(i) ? convert(data.values[i]!, data, i) : null)),
    );
  const each = (convert: (value: never) => unknown): unknown[] =>
    Array.from({ length: vector.length }, (_, i) => {
      const value = vector.get(i);
      return value === null || value === undefined ? null : convert(value as never);
    });
  const unit = UNITS[type.unit ?? 0]!;
  switch (type.typeId) {
    case Type.Null:
    case Type.Float:
    case Type.Bool:
      return each((value) => value);
    case Type.Int:
      return type.bitWidth === 64 ? each((value: bigint) => integerOf(value, values)) : each((value) => value);
    case Type.Duration:
      return each((value: bigint) => integerOf(value, values));
    case Type.Binary:
    case Type.FixedSizeBinary:
    case Type.LargeBinary:
      return each(copyOf);
    case Type.Utf8:
    case Type.LargeUtf8:
      return stored((_, data, i) => textOf(bytesAt(data, i)));
    case Type.Decimal:
      return each((words: Uint32Array) => decimalOf(littleEndian(words), type.scale ?? 0, values));
    case Type.Date:
      return each((ms: number) => new Date(ms));
    case Type.Time:
      return each((value: number | bigint) => timeOf(value, unit));
    case Type.Timestamp: {
      const zoned = typeof type.timezone === 'string' && type.timezone !== '';
      return stored((value) => timestampOf(value as bigint, unit, zoned, values));
    }
    case Type.List:
    case Type.FixedSizeList:
      return each((items: Vector) => valuesOfVector(arrow, items, values));
    case Type.Struct:
      return structs(arrow, vector, values);
    case Type.Map:
      return vector.data.flatMap((data) => maps(arrow, data, values));
    case Type.Dictionary:
      return vector.data.flatMap((data) => {
        const known = valuesOfVector(arrow, data.dictionary!, values);
        return Array.from({ length: data.length }, (_, i) =>
          data.getValid(i) ? known[Number(data.values[i])]! : null,
        );
      });
    default:
      throw new Error(`its type ${String(type)} is not read; leave it out: columns: […]`);
  }
}

function bytesAt(data: Data, i: number): Uint8Array {
  const { values, valueOffsets } = data;
  return values.subarray(Number(valueOffsets[i]), Number(valueOffsets[i + 1]));
}

function structs(arrow: Arrow, vector: Vector, values: Values): unknown[] {
  const names = vector.type.children!.map(({ name }) => name);
  const columns = names.map((_, c) => valuesOfVector(arrow, vector.getChildAt(c), values));
  return Array.from({ length: vector.length }, (_, i) => {
    if (!vector.isValid(i)) return null;
    const record = {};
    names.forEach((name, c) => setField(record, name, columns[c]![i]));
    return record;
  });
}

/** Records where the keys are texts, else Maps. */
function maps(arrow: Arrow, data: Data, values: Values): unknown[] {
  const [entries] = data.children;
  return Array.from({ length: data.length }, (_, i) => {
    if (!data.getValid(i)) return null;
    const [begin, end] = [Number(data.valueOffsets[i]), Number(data.valueOffsets[i + 1])];
    const slice = new arrow.Vector([entries!.slice(begin, end - begin)]);
    const keyVector = slice.getChildAt(0);
    const keys = valuesOfVector(arrow, keyVector, values);
    const items = valuesOfVector(arrow, slice.getChildAt(1), values);
    if (new Set(keys).size < keys.length) throw new Error('a map has a key twice; leave the column out: columns: […]');
    const { typeId } = keyVector.type;
    if (typeId !== Type.Utf8 && typeId !== Type.LargeUtf8) return new Map(keys.map((key, k) => [key, items[k]]));
    const record = {};
    keys.forEach((key, k) => setField(record, key as string, items[k]));
    return record;
  });
}

/** The integer in two's complement of these words, the first one the lowest. */
function littleEndian(words: Uint32Array): bigint {
  const value = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n as bigint);
  return BigInt.asIntN(words.length * 32, value);
}
