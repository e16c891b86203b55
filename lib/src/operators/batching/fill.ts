import { dtypeOf, isTensor, type TypedArray } from '../../tensor/tensor';
import { inWords } from '../../util/check';
import type { LeafPadding } from './leaf-padding';
import type { PadValue, PerField } from './padding-options';
import { type Fields, isRecord } from '../record';

/** What fills the missing elements of a typed array. */
export function elementFor({ value, where }: LeafPadding, data: TypedArray): number | bigint {
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  if (value === undefined) return isBig ? 0n : 0;
  const element = isBig && Number.isSafeInteger(value) ? BigInt(value as number) : value;
  if (typeof element === (isBig ? 'bigint' : 'number') && holds(data, element as never)) return element as number;
  throw new Error(`the value ${inWords(value)} of the padding does not fit ${dtypeOf(data)}${where}`);
}

/** Whether an element stays what it is in such an array; of floats, whether it stays finite. */
function holds(data: TypedArray, element: number | bigint): boolean {
  const probe = new (data.constructor as new (length: number) => TypedArray)(1);
  probe[0] = element as never;
  if (data instanceof Float32Array || data instanceof Float64Array)
    return Number.isFinite(probe[0]) || !Number.isFinite(element);
  return probe[0] === element;
}

const BY_TYPE: { readonly [type: string]: PadValue } = { number: 0, string: '', boolean: false, bigint: 0n };

/**
 * What fills the missing places of lists with these members: made new for each place. `value` where it fits the
 * members, else what their type has for nothing.
 *
 * @throws Error if there is nothing that fits.
 */
export function memberFor(
  members: readonly unknown[],
  value: PerField<PadValue> | undefined,
  where: string,
): () => unknown {
  const present = members.filter((member) => member !== null && member !== undefined);
  const [first] = present;
  if (first === undefined && value === undefined)
    throw new Error(`the lists${where} are empty, so that nothing says what fills them; pass a value`);
  if (isTensor(first)) return tensorFor(present, value, where);
  if (isRecord(first)) return recordFor(present, value, where);
  if (typeof value === 'object' && value !== null)
    throw new Error(`the items${where} have no fields, but the padding is given by field`);
  const types = [...new Set(present.map((member) => typeof member))];
  if (value === undefined) {
    const type = types.length === 1 ? types[0]! : 'object';
    if (!Object.hasOwn(BY_TYPE, type))
      throw new Error(
        `the lists${where} have members of ${types.map(plural).join(' and ')}, which nothing can fill by their type; pass a value`,
      );
    return () => BY_TYPE[type];
  }
  if (value === null || types.length === 0 || types.includes(typeof value)) return () => value;
  throw new Error(
    `the value ${inWords(value)} of the padding does not fit the ${types.map(plural).join(' and ')}${where}`,
  );
}

const PLURALS: { readonly [type: string]: string } = { string: 'texts', object: 'objects' };
const plural = (type: string): string => PLURALS[type] ?? `${type}s`;

function recordFor(records: readonly unknown[], value: PerField<PadValue> | undefined, where: string): () => Fields {
  const names = Object.keys(records[0] as Fields);
  for (const record of records)
    if (!isRecord(record) || Object.keys(record).sort().join() !== [...names].sort().join())
      throw new Error(`the records in the lists${where} have different fields, so that none can be filled in`);
  const isByField = typeof value === 'object' && value !== null;
  const unknown = isByField ? Object.keys(value).find((name) => !names.includes(name)) : undefined;
  if (unknown !== undefined)
    throw new Error(`the records in the lists${where} have the fields {${names.join(', ')}}, but the padding names "${unknown}"`); // prettier-ignore
  const fields = names.map((name) => {
    const column = records.map((record) => (record as Fields)[name]);
    const given = isByField ? value[name] : value;
    const inside = `${where} "${name}"`;
    return Array.isArray(column[0]) ? (): unknown => [] : memberFor(column, given, inside);
  });
  return () => Object.fromEntries(names.map((name, n) => [name, fields[n]!()]));
}

function tensorFor(members: readonly unknown[], value: PerField<PadValue> | undefined, where: string): () => unknown {
  const tensors = members.filter(isTensor);
  const { data, shape } = tensors[0]!;
  if (tensors.length < members.length || tensors.some((other) => other.shape.join() !== shape.join()))
    throw new Error(`the tensors in the lists${where} differ in shape, so that none can be filled in`);
  const element = elementFor({ value, where } as LeafPadding, data);
  return () => {
    const filled = new (data.constructor as new (length: number) => TypedArray)(data.length);
    return { data: filled.fill(element as never), shape: [...shape] };
  };
}
