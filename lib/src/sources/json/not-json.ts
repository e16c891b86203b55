import { withoutControls } from 'stemma-document';

/** Why a text is not valid JSON, in one line: the message of `JSON.parse`, and what a person can do. */
export function whyNoJson(text: string, { message }: Error): string {
  return withoutControls(message.replace(/[ \t\r\n]+/g, ' ')) + adviceOn(text);
}

function adviceOn(text: string): string {
  if (/^[ \t\r\n]*$/.test(text)) return '; there is nothing in it';
  if (text.includes('\uFEFF'))
    return '; a byte order mark (U+FEFF) stands within it, as where files were joined: remove it';
  if (text.includes('\0')) return '; it has NUL bytes, as where writing the file was cut short';
  if (/(?:^|[[{:,\s])-?(?:NaN|Infinity)\b/.test(text)) return '; JSON has no NaN and no Infinity: write null';
  return '';
}

/** `line 2, column 7`: where a text stops being valid JSON, which `JSON.parse` does not always report. */
export function placeOfProblem(text: string): string {
  const before = text.slice(0, endOfValid(text)).split(/\r\n|[\r\n]/);
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

const SPACE = /[ \t\r\n]*/y;
const LITERAL = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The index of the first character that cannot stand where it is; the length of a text that only ends too early. */
function endOfValid(text: string): number {
  const open: ('[' | '{')[] = [];
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const is = (mark: string): boolean => (take(SPACE), text[at] === mark && ++at > 0);
  const string = (): boolean => {
    if (!is('"')) return false;
    for (; at < text.length && text[at]! >= ' ';) {
      if (text[at] === '"') return ++at > 0;
      if (text[at] !== '\\') at++;
      else if (!take(ESCAPE)) return false;
    }
    return false;
  };
  const key = (): boolean => string() && is(':');

  for (;;) {
    if (is('[')) {
      open.push('[');
      if (!is(']')) continue;
      open.pop();
    } else if (is('{')) {
      open.push('{');
      if (!is('}')) {
        if (key()) continue;
        return at;
      }
      open.pop();
    } else if (!string() && (text[at - 1] === '"' || !(take(LITERAL) || take(NUMBER)))) return at;
    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) return (take(SPACE), at);
      if (is(inside === '[' ? ']' : '}')) open.pop();
      else if (!is(',') || (inside === '{' && !key())) return at;
      else break;
    }
  }
}
