/** The typed arrays that a tensor's elements can lie in. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** A dense array: typed data in row-major order and its shape, e.g. `[3, 224, 224]`. */
export interface Tensor<D extends TypedArray = TypedArray> {
  data: D;
  shape: number[];
}

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Whether `value` is `{ data, shape }` with as many elements as the shape says. */
export function isTensor(value: unknown): value is Tensor {
  if (typeof value !== 'object' || value === null) return false;
  const { data, shape } = value as { data?: unknown; shape?: unknown };
  if (!isTypedArray(data) || !Array.isArray(shape)) return false;
  let size = 1;
  for (const dimension of shape as unknown[]) {
    if (!Number.isInteger(dimension) || (dimension as number) < 0) return false;
    size *= dimension as number;
  }
  return size === data.length;
}

const DTYPES: { [name: string]: string } = {
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Buffer: 'uint8',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  Float32Array: 'float32',
  Float64Array: 'float64',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
};

/** NumPy's name of the element type. */
export function dtypeOf(data: TypedArray): string {
  return DTYPES[data.constructor.name] ?? 'bytes';
}

/** A tensor's type in the notation of schemas: `[[3,224,224],'float32']`. */
export function describeTensor(tensor: Tensor): string {
  return `[[${tensor.shape.join(',')}],'${dtypeOf(tensor.data)}']`;
}
