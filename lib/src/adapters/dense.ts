import { fitAdvice } from '../operators/batching/fit-advice';
import { describeForm, isList, sameForm, shapeOfList } from '../operators/batching/form';
import { dtypeOf, isTensor, isTypedArray, type Tensor, type TypedArray } from '../tensor/tensor';
import { inWords } from '../util/check';

/** What `tf.tensor` is called with. */
export interface Dense {
  values: Float32Array | Int32Array | Uint8Array | readonly unknown[];
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool' | 'string';
}

/**
 * The elements of a tensor, a typed array or a list in row-major order; null of a list of something else, such as
 * records.
 *
 * @throws TypeError if a list is irregular or has holes, or if TensorFlow.js lacks the type; `field` names it.
 */
export function denseOf(value: Tensor | ArrayLike<unknown>, field: string): Dense | null {
  if (isTensor(value)) return ofTypedArray(value.data, value.shape, field);
  if (isTypedArray(value)) return ofTypedArray(value, [value.length], field);
  const leaves: unknown[] = [];
  collect(value, leaves);
  const [first] = leaves;
  const isOfTyped = isTensor(first) || isTypedArray(first);
  if (!isOfTyped && leaves.some((leaf) => typeof leaf === 'object' && leaf !== null)) return null;
  checkRegular(value, field);
  const shape = shapeOfList(value) as number[];
  return isOfTyped ? ofTyped(leaves, shape, field) : ofScalars(leaves, shape, field);
}

/** The members of the innermost lists; typed arrays and tensors are taken for members. */
function collect(list: ArrayLike<unknown>, leaves: unknown[]): void {
  for (let i = 0; i < list.length; i++) {
    const member = list[i];
    if (Array.isArray(member)) collect(member, leaves);
    else leaves.push(member);
  }
}

function checkRegular(list: ArrayLike<unknown>, field: string): void {
  const first = list[0];
  for (let i = 0; i < list.length; i++) {
    const member = list[i];
    if (isList(first) ? !isList(member) || !sameForm(first, member) : isList(member))
      throw new TypeError(
        `${named(field)} is not a tensor: item 0 is ${describeForm(first)}, item ${i} is ${describeForm(member)}; ${fitAdvice(first, member)}`,
      );
  }
  if (isList(first) && !isTypedArray(first)) checkRegular(first, field);
}

function ofTyped(leaves: readonly unknown[], outer: readonly number[], field: string): Dense {
  const parts = leaves.map((leaf) => (isTensor(leaf) ? leaf : { data: leaf as TypedArray, shape: [] as number[] }));
  const { data, shape } = parts[0]!;
  const odd = parts.findIndex(
    (part) => part.shape.join() !== shape.join() || part.data.constructor !== data.constructor,
  );
  if (odd >= 0)
    throw new TypeError(
      `${named(field)} is not a tensor: item 0 is ${describeForm(leaves[0])}, item ${odd} is ${describeForm(leaves[odd])}; ${fitAdvice(leaves[0], leaves[odd])}`,
    );
  const all = new (data.constructor as new (length: number) => TypedArray)(data.length * parts.length);
  parts.forEach((part, i) => all.set(part.data as never, i * data.length));
  return ofTypedArray(all, [...outer, ...shape], field);
}

/** As TensorFlow.js has it: floats are `float32`, all smaller whole numbers `int32`. */
function ofTypedArray(data: TypedArray, shape: number[], field: string): Dense {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    throw new TypeError(`TensorFlow.js has no ${dtypeOf(data)}; map the items to Int32Array first${inField(field)}`);
  if (data instanceof Float32Array || data instanceof Float64Array)
    return { values: data instanceof Float32Array ? data : Float32Array.from(data), shape, dtype: 'float32' };
  if (data instanceof Int32Array || data instanceof Uint8Array) return { values: data, shape, dtype: 'int32' };
  const large = data instanceof Uint32Array ? data.findIndex((element) => element > 2 ** 31 - 1) : -1;
  if (large >= 0)
    throw new TypeError(
      `${data[large]} does not fit the int32 of TensorFlow.js; map the items to Float32Array first${inField(field)}`,
    );
  return { values: Int32Array.from(data as ArrayLike<number>), shape, dtype: 'int32' };
}

const DTYPES: { readonly [type: string]: Dense['dtype'] } = { number: 'float32', string: 'string', boolean: 'bool' };

/** Numbers are `float32`, texts `string`, booleans `bool`. */
function ofScalars(leaves: readonly unknown[], shape: number[], field: string): Dense {
  const type = leaves.length === 0 ? 'number' : typeof leaves[0];
  const odd = leaves.findIndex((leaf) => typeof leaf !== type || !Object.hasOwn(DTYPES, type));
  if (odd >= 0) {
    const advice = typeof leaves[odd] === 'bigint' ? 'map them with Number' : 'fill or filter them first';
    throw new TypeError(
      `${named(field)} is not a tensor: expected numbers, texts or booleans of one type, got ${inWords(leaves[odd])} at element ${odd}; ${advice}`,
    );
  }
  const values = type === 'number' ? Float32Array.from(leaves as number[]) : leaves;
  return { values, shape, dtype: DTYPES[type]! };
}

const named = (field: string): string => (field === '' ? 'the batch' : `the field "${field}"`);
const inField = (field: string): string => (field === '' ? '' : ` in "${field}"`);
