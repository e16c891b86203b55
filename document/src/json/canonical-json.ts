import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/**
 * JSON in the one form of RFC 8785 (JCS): members sorted by the UTF-16 units of their names, no space, numbers as
 * ECMAScript prints them. What JSON cannot hold is left out or null, as `JSON.stringify` does it.
 *
 * @example
 * canonicalJson({ b: 1, a: [1e21, 'ä'] }); // '{"a":[1e+21,"ä"],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  let text = '';
  write(value, (piece) => (text += piece));
  return text;
}

function write(value: unknown, emit: (piece: string) => void): void {
  if (typeof value !== 'object' || value === null) return emit(JSON.stringify(value) ?? 'null');
  let isFirst = true;
  if (Array.isArray(value)) {
    emit('[');
    for (const item of value) {
      if (!isFirst) emit(',');
      isFirst = false;
      write(item, emit);
    }
    return emit(']');
  }
  emit('{');
  for (const name of Object.keys(value).sort()) {
    const member = (value as Members)[name];
    if (member === undefined) continue;
    emit(`${isFirst ? '' : ','}${JSON.stringify(name)}:`);
    isFirst = false;
    write(member, emit);
  }
  emit('}');
}

/**
 * A copy of a JSON value with the members of its objects in one order (JavaScript puts names that are numbers first).
 */
export function sortMembers<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortMembers) as T;
  if (typeof value !== 'object' || value === null) return value;
  const sorted: [string, unknown][] = [];
  for (const name of Object.keys(value).sort()) sorted.push([name, sortMembers((value as Members)[name])]);
  return Object.fromEntries(sorted) as T;
}

interface Members {
  [name: string]: unknown;
}

/** SHA-256 of a value's canonical JSON, as 64 hexadecimal digits. */
export function hashJson(value: unknown): string {
  const hash = sha256.create();
  // A document of many megabytes is never one text.
  let text = '';
  write(value, (piece) => {
    if ((text += piece).length < HASHED_AT_ONCE) return;
    hash.update(utf8ToBytes(text));
    text = '';
  });
  return bytesToHex(hash.update(utf8ToBytes(text)).digest());
}

/** Characters. */
const HASHED_AT_ONCE = 2 ** 16;

/** Orders values by their canonical JSON, which is an order of their contents. */
export function compareJson(a: unknown, b: unknown): number {
  return compareText(canonicalJson(a), canonicalJson(b));
}

/** By UTF-16 units, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
