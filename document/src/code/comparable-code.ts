import { scanCode, WORD } from './scan-code';

const BRACKETS = /[()[\]{},;]/;

/** A function's source without comments; as it is where these cannot be distinguished from the rest. */
export function withoutComments(source: string): string {
  const pieces = scanCode(source);
  if (pieces === null) return source;
  return pieces.map(({ kind, text }) => (kind === 'comment' ? '' : text)).join('');
}

/**
 * A function's source as it is compared: without comments, line ends of one kind, and with no more space than the code
 * needs, so that a comment leaves no gap where it was. Strings, templates and regular expressions stay as they are.
 */
export function comparableCode(source: string): string {
  const lines = source.replace(/\r\n?/g, '\n');
  const pieces = scanCode(lines);
  if (pieces === null) return lines;
  let code = '';
  let gap = '';
  for (const { kind, text } of pieces) {
    if (kind !== 'text') {
      gap += kind === 'space' || text.includes('\n') ? text : ' ';
      continue;
    }
    if (gap.includes('\n') && code !== '' && !isInert(code, text)) code += '\n';
    else if (gap !== '' && isNeeded(code.at(-1) ?? '', text[0]!)) code += ' ';
    code += text;
    gap = '';
  }
  return code;
}

/** Two words, or two signs that would be another one, must stay apart. */
const isNeeded = (before: string, after: string): boolean =>
  WORD.test(before) ? WORD.test(after) : before === after && !BRACKETS.test(after);

/** A line break that ends no statement: after what opens or separates, and before what closes or separates. */
const isInert = (code: string, after: string): boolean =>
  /(?:[([{,;]|=>)$/.test(code) || (/^[)\]},;]/.test(after) && !code.endsWith('/'));
