/** A piece of source code. `text`: a word, a sign, or a whole string, template text or regular expression. */
export interface Piece {
  kind: 'text' | 'space' | 'comment';
  text: string;
}

/** A character of a word. */
export const WORD = /[\p{ID_Continue}$@#\u200c\u200d]/u;
/** After these words a slash begins a regular expression. */
const BEFORE_EXPRESSION = new Set(
  'await case delete do else extends in instanceof new of return throw typeof void yield'.split(' '),
);
const SPACE = /\s+/y;
const LINE_COMMENT = /\/\/[^\n\u2028\u2029]*/y;
const BLOCK_COMMENT = /\/\*[^]*?\*\//y;
const STRING = /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"/y;
const REGULAR_EXPRESSION = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const WORDS = /[\p{ID_Continue}$@#\u200c\u200d]+/uy;
/** The text of a template up to its end, or to a value in it. */
const TEMPLATE = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;

/**
 * Takes JavaScript or TypeScript apart as far as comments need it. Null where that cannot be done without a parser: a
 * slash after a closing bracket that may begin a regular expression, and a text that ends within a string or comment.
 */
export function scanCode(source: string): Piece[] | null {
  const pieces: Piece[] = [];
  /** Open braces; true for the `${` of a template. */
  const open: boolean[] = [];
  let at = 0;
  let before = '';
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  const add = (kind: Piece['kind'], text: string | null): boolean => {
    if (text === null) return false;
    pieces.push({ kind, text });
    at += text.length;
    if (kind === 'text') before = text;
    return true;
  };
  const addTemplate = (): boolean => {
    const from = at;
    at += 1;
    const rest = take(TEMPLATE);
    at = from;
    if (rest === null) return false;
    if (rest.endsWith('${')) open.push(true);
    return add('text', source[from]! + rest);
  };
  while (at < source.length) {
    if (add('space', take(SPACE)) || add('comment', take(LINE_COMMENT) ?? take(BLOCK_COMMENT))) continue;
    const sign = source[at]!;
    if (sign === '/' && source[at + 1] === '*') return null;
    if (sign === "'" || sign === '"') {
      if (!add('text', take(STRING))) return null;
    } else if (sign === '`') {
      if (!addTemplate()) return null;
    } else if (sign === '}' && open.pop() === true) {
      if (!addTemplate()) return null;
    } else if (sign === '/') {
      const found = take(REGULAR_EXPRESSION);
      if (found !== null && /[)}]$/.test(before)) return null;
      if (!isAfterValue(before) && found !== null) add('text', found);
      else add('text', sign);
    } else {
      if (sign === '{') open.push(false);
      add('text', take(WORDS) ?? sign);
    }
  }
  return pieces;
}

/** Whether a slash after this divides. */
function isAfterValue(before: string): boolean {
  if (before === '') return false;
  const last = before.at(-1)!;
  if (WORD.test(last)) return !BEFORE_EXPRESSION.has(before);
  return `]'"\``.includes(last) || (before.length > 1 && before.startsWith('/'));
}
