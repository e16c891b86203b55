import type { Values } from './options';
import { NOTHING } from './same-columns';
import { bigEndian, copyOf, dateOfDays, decimalOf, integerOf, timeOf, timestampOf, type Unit } from './values';

/** An element of a Parquet schema, as hyparquet has it: groups are followed by their children. */
export interface Element {
  name: string;
  type?: string;
  type_length?: number;
  repetition_type?: string;
  num_children?: number;
  converted_type?: string;
  logical_type?: {
    type: string;
    unit?: string;
    isAdjustedToUTC?: boolean;
    bitWidth?: number;
    isSigned?: boolean;
    scale?: number;
  };
  scale?: number;
}

/** Makes a value of JavaScript of what hyparquet read. */
export type Convert = (value: unknown) => unknown;

/** How a leaf is read. */
interface Leaf {
  /** Its type, as hyparquet gets it. */
  stored: Partial<Element>;
  isText: boolean;
  /** What its values are, in words. */
  kind: string;
  converter: (values: Values) => Convert;
}

const same: Convert = (value) => value;

const OTHERS: { [type: string]: string } = { UUID: 'UUIDs', FLOAT16: 'numbers' };
const UNITS: { [unit: string]: Unit } = { MILLIS: 'ms', MICROS: 'us', NANOS: 'ns' };

/** @throws if its type is not read. */
export function leafOf(element: Element): Leaf {
  const { type, converted_type: converted, logical_type: logical } = element;
  const is = (name: string): boolean => converted === name || logical?.type === name;
  const leaf = (kind: string, converter: Leaf['converter']): Leaf => ({ stored: {}, isText: false, kind, converter });
  if (is('STRING') || is('UTF8') || is('ENUM') || is('JSON'))
    return { stored: { converted_type: 'UTF8' }, isText: true, kind: 'texts', converter: () => same };
  if (is('NULL') || logical?.type === 'UNKNOWN') return leaf(NOTHING, () => same);
  if (is('UUID') || is('FLOAT16') || is('GEOMETRY') || is('GEOGRAPHY'))
    return {
      stored: { logical_type: logical },
      isText: is('UUID'),
      kind: OTHERS[logical?.type ?? ''] ?? 'shapes',
      converter: () => same,
    };
  if (is('INTERVAL')) throw new Error('its type INTERVAL is not read; leave it out: columns: […]');
  if (is('DECIMAL')) {
    const scale = element.scale ?? logical?.scale ?? 0;
    const unscaled = (value: unknown): bigint =>
      value instanceof Uint8Array ? bigEndian(value) : BigInt(value as number | bigint);
    return leaf('decimals', (values) => (value) => decimalOf(unscaled(value), scale, values));
  }
  if (type === 'INT96')
    return leaf('timestamps without a zone', (values) => (value) => timestampOf(value as bigint, 'ns', false, values));
  if (is('DATE')) return leaf('dates', () => (value) => dateOfDays(value as number));
  const [, kind, unit] = /^(TIME|TIMESTAMP)_(MILLIS|MICROS)$/.exec(converted ?? '') ?? [
    undefined,
    logical?.type,
    logical?.unit,
  ];
  if (kind === 'TIME') return leaf('times of day', () => (value) => timeOf(value as bigint | number, UNITS[unit!]!));
  if (kind === 'TIMESTAMP') {
    const zoned = logical?.isAdjustedToUTC ?? true;
    return leaf(
      zoned ? 'timestamps' : 'timestamps without a zone',
      (values) => (value) => timestampOf(value as bigint, UNITS[unit!]!, zoned, values),
    );
  }
  if (type === 'INT64') {
    const unsigned = converted === 'UINT_64' || (logical?.type === 'INTEGER' && logical.isSigned === false);
    return leaf(
      'integers of 64 bits',
      (values) => (value) => integerOf(unsigned ? BigInt.asUintN(64, value as bigint) : (value as bigint), values),
    );
  }
  const isUint32 =
    converted === 'UINT_32' || (logical?.type === 'INTEGER' && logical.isSigned === false && logical.bitWidth === 32);
  if (isUint32) return leaf('numbers', () => (value) => (value as number) >>> 0);
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY')
    return leaf('bytes', () => (value) => copyOf(value as Uint8Array));
  return leaf(type === 'BOOLEAN' ? 'booleans' : 'numbers', () => same);
}
