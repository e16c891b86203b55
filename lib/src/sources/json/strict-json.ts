import { inWords } from '../../util/check';
import { isExact } from '../text/exact-number';

/**
 * What to do with a number in JSON that a float does not hold exactly: `error`, its text, the nearest float (`round`),
 * or, for a whole number, a `bigint`.
 */
export type InexactNumbers = 'error' | 'bigint' | 'text' | 'round';

/** Something in valid JSON that has no exact value. */
export class JsonLoss extends Error {}

const TOKEN = /\s*(?:([[\]{}:,])|("(?:[^"\\]|\\.)*")|([-\d][\d.eE+-]*)|(true|false|null))/y;
const MAX_DEPTH = 2_000;

/** Reads a text that is known to be valid JSON. @throws JsonLoss which says where, e.g. `in ["rows"][2]`. */
export function parseStrictly(text: string, inexact: InexactNumbers): unknown {
  const path: (string | number)[] = [];
  TOKEN.lastIndex = 0;

  const next = (): RegExpExecArray => TOKEN.exec(text)!;
  const loss = (what: string): JsonLoss => new JsonLoss(`${what}${at(path)}`);

  function valueOf([, mark, string, number, word]: RegExpExecArray): unknown {
    if (string !== undefined) return JSON.parse(string);
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
      const key = JSON.parse(token[2]!) as string;
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
