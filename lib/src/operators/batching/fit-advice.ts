import { dtypeOf, isTensor, isTypedArray } from '../../tensor/tensor';
import { isList, shapeOfList } from './form';

/** What to do about two tensors, or lists, that make no batch: it depends on what differs. */
export function fitAdvice(first: unknown, other: unknown): string {
  const [a, b] = [formOf(first), formOf(other)];
  const ways: string[] = [];
  if (a.dtype !== b.dtype) ways.push(`map them to one type, such as ${exampleOf(a.dtype, b.dtype)}`);
  if (a.shape.length !== b.shape.length) ways.push('reshape them to one number of dimensions');
  else if (isTensor(first)) ways.push(...ofSizes(a.shape, b.shape));
  else if (a.shape.join() !== b.shape.join()) ways.push('pad them with paddedBatch');
  return ways.join(', and ');
}

interface Form {
  dtype: string;
  shape: readonly unknown[];
}

function formOf(value: unknown): Form {
  if (isTensor(value)) return { dtype: dtypeOf(value.data), shape: value.shape };
  if (isTypedArray(value)) return { dtype: dtypeOf(value), shape: [value.length] };
  return { dtype: 'list', shape: isList(value) ? shapeOfList(value) : [] };
}

/** One that holds the elements of both, as far as there is one. */
function exampleOf(...types: [string, string]): string {
  if (types.some((type) => /^u?int64$/.test(type))) return 'BigInt64Array';
  return types.includes('float64') ? 'Float64Array' : 'Float32Array';
}

/** Images differ in their channels more often than in anything else, and no resizing makes up for that. */
function ofSizes(a: readonly unknown[], b: readonly unknown[]): string[] {
  if (a.join() === b.join()) return [];
  const axis =
    a.length === 3 ? [0, 2].find((at) => a[at] !== b[at] && isChannels(a[at]) && isChannels(b[at])) : undefined;
  if (axis === undefined) return ['resize or pad them to one shape'];
  const isSized = a.every((size, at) => at === axis || size === b[at]);
  const ways = ['give them the same channels: pass channels: 3 to decodeImage'];
  return isSized ? ways : [...ways, 'resize or pad them to one size'];
}

const isChannels = (size: unknown): boolean => typeof size === 'number' && size >= 1 && size <= 4;
