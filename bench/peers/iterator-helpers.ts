/** Their types came with TypeScript 5.6 and a newer `lib`. */
export interface IteratorHelpers<T> extends Iterable<T> {
  map<U>(fn: (value: T) => U): IteratorHelpers<U>;
  filter(fn: (value: T) => boolean): IteratorHelpers<T>;
}

/** A generator's own methods. @throws if this Node has none. */
export function withHelpers<T>(generator: Iterable<T>): IteratorHelpers<T> {
  if (!('Iterator' in globalThis)) throw new Error('this Node has no iterator helpers');
  return generator as IteratorHelpers<T>;
}

/** What Node needs to have them. */
export const HELPERS_FLAGS = Number(process.versions.node.split('.')[0]) < 22 ? ['--harmony-iterator-helpers'] : [];
