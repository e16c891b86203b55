import { isExact } from '../text/exact-number';
import { endOfString, type InexactNumbers, parseStrictly } from './strict-json';

/**
 * As `JSON.parse`, but nothing is lost: numbers that a float does not hold, and keys that an object has twice. @throws
 * JsonLoss, SyntaxError
 */
export function parseExactly(text: string, inexact: InexactNumbers): unknown {
  const value: unknown = JSON.parse(text);
  const { keys, isInexact } = scan(text);
  const isLossy = (isInexact && inexact !== 'round') || keys !== keysOf(value);
  return isLossy ? parseStrictly(text, inexact) : value;
}

const [QUOTE, COLON, PLUS, MINUS, POINT, ZERO, NINE, UPPER_E, LOWER_E] = [34, 58, 43, 45, 46, 48, 57, 69, 101];
/** Of fewer characters each number is exact, if it has no exponent. */
const LONG = 16;

/** How many keys are written in a valid JSON text, and whether a float does not hold one of its numbers. */
function scan(text: string): { keys: number; isInexact: boolean } {
  let keys = 0;
  let isInexact = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (code === COLON) keys++;
    else if (code >= ZERO && code <= NINE) {
      const start = at;
      let hasExponent = false;
      for (let next = text.charCodeAt(at + 1); isOfNumber(next); next = text.charCodeAt(++at + 1))
        hasExponent ||= next === LOWER_E || next === UPPER_E;
      if (at + 1 - start < LONG && !hasExponent) continue;
      const number = text.slice(start, at + 1);
      isInexact ||= !isExact(number, Number(number));
    }
  }
  return { keys, isInexact };
}

const isOfNumber = (code: number): boolean =>
  (code >= ZERO && code <= NINE) ||
  code === POINT ||
  code === LOWER_E ||
  code === UPPER_E ||
  code === MINUS ||
  code === PLUS;

/** How many keys the objects in a value have. Without recursion: JSON may be nested as deep as it likes. */
function keysOf(value: unknown): number {
  let keys = 0;
  const open: object[] = [];
  for (let next = value; next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const members = Array.isArray(next) ? (next as unknown[]) : Object.values(next);
    if (members !== next) keys += members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return keys;
}
