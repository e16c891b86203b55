import { types } from 'node:util';

/** Whether it has its content elsewhere than in its fields. */
export const isOpaque = (value: object): boolean =>
  types.isMap(value) ||
  types.isSet(value) ||
  types.isDate(value) ||
  types.isRegExp(value) ||
  types.isPromise(value) ||
  types.isAnyArrayBuffer(value) ||
  types.isDataView(value) ||
  types.isNativeError(value) ||
  // Such as a DOMException, which an aborted fetch throws.
  value instanceof Error ||
  types.isWeakMap(value) ||
  types.isWeakSet(value);

/** Whether it is a record of fields, by which columns or files can be called. */
export const isFields = (item: unknown): item is { readonly [name: string]: unknown } =>
  typeof item === 'object' && item !== null && !Array.isArray(item) && !ArrayBuffer.isView(item) && !isOpaque(item);
