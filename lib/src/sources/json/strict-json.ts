import { inWords } from '../../util/check';
import { isExact } from '../text/exact-number';

/**
 * What to do with a number in JSON that a float does not hold exactly: `error`, its text, the nearest float (`round`),
 * or, for a whole number, a `bigint`.
 */
export type InexactNumbers = 'error' | 'bigint' | 'text' | 'round';

/** Something in valid JSON that has no exact value. */
export class JsonLoss extends Error {}

/**
 * The quote that begins a string, not the string: a pattern with a choice for each character overflows the stack on a
 * long one.
 */
const TOKEN = /\s*(?:([[\]{}:,])|(")|([-\d][\d.eE+-]*)|(true|false|null))/y;
const MAX_DEPTH = 2_000;

/** Reads a text that is known to be valid JSON. @throws JsonLoss which says where, e.g. `in ["rows"][2]`. */
export function parseStrictly(text: string, inexact: InexactNumbers): unknown {
  const path: (string | number)[] = [];
  TOKEN.lastIndex = 0;

  const next = (): RegExpExecArray => TOKEN.exec(text)!;
  const loss = (what: string): JsonLoss => new JsonLoss(`${what}${at(path)}`);

  function string(): string {
    const from = TOKEN.lastIndex - 1;
    TOKEN.lastIndex = endOfString(text, from + 1) + 1;
    return JSON.parse(text.slice(from, TOKEN.lastIndex)) as string;
  }

  function valueOf([, mark, quote, number, word]: RegExpExecArray): unknown {
    if (quote !== undefined) return string();
    if (number !== undefined) return numberOf(number);
    if (word !== undefined) return JSON.parse(word);
    if (path.length > MAX_DEPTH) throw loss(`nested more than ${MAX_DEPTH} deep`);
    return mark === '[' ? array() : object();
  }

  function array(): unknown[] {
    const items: unknown[] = [];
    for (let token = next(); token[1] !== ']'; token = next()) {
      if (token[1] === ',') continue;
      path.push(items.length);
      items.push(valueOf(token));
      path.pop();
    }
    return items;
  }

  function object(): object {
    const members = new Map<string, unknown>();
    for (let token = next(); token[1] !== '}'; token = next()) {
      if (token[1] === ',') continue;
      const key = string();
      if (members.has(key)) throw loss(`the key ${inWords(key)} is there twice`);
      next();
      path.push(key);
      members.set(key, valueOf(next()));
      path.pop();
    }
    // As own properties, whatever they are called.
    return Object.fromEntries(members);
  }

  function numberOf(number: string): unknown {
    const value = Number(number);
    if (inexact === 'round' || isExact(number, value)) return value;
    if (inexact === 'text') return number;
    if (inexact === 'bigint' && /^-?\d+$/.test(number)) return BigInt(number);
    const ways = /^-?\d+$/.test(number) ? "'bigint', 'text' or 'round'" : "'text' or 'round'";
    throw new JsonLoss(
      `the number ${inWords(number)}${at(path)} cannot be held exactly; pass inexactNumbers: ${ways} to say what it is`,
    );
  }

  return valueOf(next());
}

/** ` in ["rows"][2]` */
function at(path: readonly (string | number)[]): string {
  if (path.length === 0) return '';
  const shown = path.slice(0, 8).map((step) => (typeof step === 'number' ? `[${step}]` : `[${inWords(step)}]`));
  return ` in ${shown.join('')}${path.length > 8 ? '…' : ''}`;
}

/** Where the string that begins at `from` has its closing quote. */
export function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
