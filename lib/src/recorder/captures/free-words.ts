import { withoutComments } from 'stemma-document';

const WORD = /(?<![\w$.\u0080-\uffff]|\.\s)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** What needs no looking up: words of the language, and what each JavaScript engine provides. */
const KNOWN = new Set([
  ...'arguments as async await break case catch class const continue debugger default delete do else enum export extends false'.split(
    ' ',
  ),
  ...'finally for from function get if implements import in instanceof interface let new null of return set static super'.split(
    ' ',
  ),
  ...'switch this throw true try typeof undefined var void while with yield'.split(' '),
  ...'Array ArrayBuffer BigInt Boolean DataView Date Error Function Infinity Intl JSON Map Math NaN Number Object Promise'.split(
    ' ',
  ),
  ...'Proxy RangeError Reflect RegExp Set String Symbol SyntaxError TypeError WeakMap WeakRef WeakSet console globalThis'.split(
    ' ',
  ),
  ...'isFinite isNaN parseFloat parseInt process'.split(' '),
]);

/** The words of functions seen before: those of a loop are declared often. */
const seen = new Map<string, readonly string[]>();
const MOST_SEEN = 1_000;

/**
 * The words in a function's source that may name a variable around it. Empty for most functions: only their own
 * parameters are in them.
 */
export function freeWords(source: string): readonly string[] {
  const known = seen.get(source);
  if (known !== undefined) return known;
  const code = withoutComments(source);
  const own = new Set([...KNOWN, ...parametersOf(code)]);
  const words = [...new Set(code.match(WORD))].filter((word) => !own.has(word));
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.set(source, words);
  return words;
}

/** Names of plain parameters; those that are taken apart are looked up in vain. */
function parametersOf(code: string): string[] {
  const list = /^(?:async\s+)?(?:function\s*\*?\s*[\w$]*\s*)?\(([^()={}]*)\)|^(?:async\s+)?([\w$]+)\s*=>/.exec(code);
  return (list?.[1] ?? list?.[2] ?? '').match(/[\w$]+/g) ?? [];
}
