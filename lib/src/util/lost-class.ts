import { types } from 'node:util';
import { hasPlainPrototype } from './plain-prototype';
import { explainDepth } from './stack-overflow';

/**
 * The name of a class whose instance in `value` structured clone would make a plain object of; null where there is
 * none.
 */
export function lostClass(value: unknown): string | null {
  return lookFor(value, (found) => (typeof found === 'object' ? (found.constructor?.name ?? 'Object') : null)) as
    string | null;
}

/**
 * What structured clone would refuse or change in `value`, e.g. `a function`, `an instance of Point`; null where there
 * is none.
 */
export function lostInCopy(value: unknown): string | null {
  return lookFor(value, (odd) =>
    typeof odd === 'object' ? `an instance of ${odd.constructor?.name ?? 'Object'}` : `a ${typeof odd}`,
  );
}

type Odd = object | ((...args: never[]) => unknown) | symbol;

function lookFor(value: unknown, nameOf: (odd: Odd) => string | null): string | null {
  try {
    return find(value, new Set(), nameOf);
  } catch (error) {
    throw explainDepth(error, 'the item', 'map it to what can be copied first');
  }
}

/** The first name that `nameOf` gives to something other than plain data. */
function find(value: unknown, seen: Set<object>, nameOf: (odd: Odd) => string | null): string | null {
  if (typeof value === 'function' || typeof value === 'symbol') return nameOf(value as Odd);
  if (typeof value !== 'object' || value === null || seen.has(value)) return null;
  seen.add(value);
  if (isCloned(value)) return null;
  for (const member of membersOf(value)) {
    const lost = find(member, seen, nameOf);
    if (lost !== null) return lost;
  }
  return isContainer(value) ? null : nameOf(value);
}

const isCloned = (value: object): boolean =>
  ArrayBuffer.isView(value) ||
  types.isAnyArrayBuffer(value) ||
  types.isDate(value) ||
  types.isRegExp(value) ||
  types.isNativeError(value) ||
  types.isBoxedPrimitive(value);

function isContainer(value: object): boolean {
  return Array.isArray(value) || types.isMap(value) || types.isSet(value) || hasPlainPrototype(value);
}

function membersOf(value: object): Iterable<unknown> {
  if (types.isMap(value)) return [...value.keys(), ...value.values()];
  return Array.isArray(value) || types.isSet(value) ? (value as Iterable<unknown>) : Object.values(value);
}
