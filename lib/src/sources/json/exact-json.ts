import { isExact } from '../text/exact-number';
import { type InexactNumbers, parseStrictly } from './strict-json';

/** Of fewer digits each number is exact. */
const LONG_NUMBER = /\d[\d.]{14,}\d(?:[eE][+-]?\d+)?|\d[\d.]*[eE][+-]?\d{3,}/g;

/** As `JSON.parse`, but nothing is lost: numbers that a float does not hold, and keys that an object has twice. @throws JsonLoss, SyntaxError */
export function parseExactly(text: string, inexact: InexactNumbers): unknown {
  const value: unknown = JSON.parse(text);
  const isSuspect = inexact !== 'round' && text.match(LONG_NUMBER)?.some((number) => !isExact(number, Number(number)));
  return isSuspect === true || mayRepeatKeys(text, value) ? parseStrictly(text, inexact) : value;
}

/** Whether the text has more of what looks like a key than the value has keys: then some may be in a string, or there twice. */
function mayRepeatKeys(text: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  let keys = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    let next = at + 1;
    let code = text.charCodeAt(next);
    while (code === 32 || code === 9 || code === 10 || code === 13) code = text.charCodeAt(++next);
    if (code === 58) keys++;
  }
  return keys !== keysOf(value);
}

/** How many keys the objects in a value have. Without recursion: JSON may be nested as deep as it likes. */
function keysOf(value: object): number {
  let keys = 0;
  const open: object[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const members = Array.isArray(next) ? (next as unknown[]) : Object.values(next);
    if (members !== next) keys += members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return keys;
}
