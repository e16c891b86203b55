import type { ContentDigest } from '../model/document';

/**
 * The digest of what two parts of a run had together: in any order, since the parts are none. Undefined where one is
 * not known.
 */
export function addDigests(a: ContentDigest | undefined, b: ContentDigest | undefined): ContentDigest | undefined {
  if (a === undefined || b === undefined) return undefined;
  const opaque = (a.opaque ?? 0) + (b.opaque ?? 0);
  return {
    items: a.items + b.items,
    unordered: sum(a.unordered, b.unordered),
    ...(opaque === 0 ? {} : { opaque }),
    ...(a.partial === true || b.partial === true ? { partial: true } : {}),
  };
}

/** Of two numbers of 32 bits each, in hexadecimal digits. */
function sum(a: string, b: string): string {
  const half = (text: string, index: number): number => Number.parseInt(text.slice(8 * index, 8 * index + 8), 16);
  return [0, 1].map((i) => ((half(a, i) + half(b, i)) >>> 0).toString(16).padStart(8, '0')).join('');
}
