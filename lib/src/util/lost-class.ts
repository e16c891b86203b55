import { types } from 'node:util';

/** The name of a class whose instance in `value` structured clone would make a plain object of; null where there is none. */
export function lostClass(value: unknown, seen = new Set<object>()): string | null {
  if (typeof value !== 'object' || value === null || seen.has(value)) return null;
  seen.add(value);
  if (isCloned(value)) return null;
  for (const member of membersOf(value)) {
    const lost = lostClass(member, seen);
    if (lost !== null) return lost;
  }
  return isContainer(value) ? null : (value.constructor?.name ?? 'Object');
}

const isCloned = (value: object): boolean =>
  ArrayBuffer.isView(value) ||
  types.isAnyArrayBuffer(value) ||
  types.isDate(value) ||
  types.isRegExp(value) ||
  types.isNativeError(value) ||
  types.isBoxedPrimitive(value);

/** Also one of another realm, such as a notebook's. */
function isContainer(value: object): boolean {
  if (Array.isArray(value) || types.isMap(value) || types.isSet(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function membersOf(value: object): Iterable<unknown> {
  if (types.isMap(value)) return [...value.keys(), ...value.values()];
  return Array.isArray(value) || types.isSet(value) ? (value as Iterable<unknown>) : Object.values(value);
}
