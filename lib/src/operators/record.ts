/** A plain object. */
export interface Fields {
  [name: string]: unknown;
}

/**
 * Whether a value is data by name: a plain object, of any realm, or an instance of a class without methods; without
 * functions in it.
 */
export function isRecord(value: unknown): value is Fields {
  if (!isPlainObject(value)) return false;
  for (const name in value) if (typeof value[name] === 'function') return false;
  return true;
}

/** As `isRecord`, whatever is in it. */
export function isPlainObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && isPlain(Object.getPrototypeOf(value) as object | null);
}

/** What is known of prototypes: a class without methods has a plain one. */
const known = new WeakMap<object, boolean>();

function isPlain(prototype: object | null): boolean {
  if (prototype === Object.prototype || prototype === null) return true;
  let plain = known.get(prototype);
  if (plain === undefined) {
    const parent = Object.getPrototypeOf(prototype) as object | null;
    plain = parent === null || (hasConstructorOnly(prototype) && isPlain(parent));
    known.set(prototype, plain);
  }
  return plain;
}

function hasConstructorOnly(prototype: object): boolean {
  const names = Reflect.ownKeys(prototype);
  return names.length === 1 && names[0] === 'constructor';
}
