/** A piece of source code with what it is. */
export interface Token {
  kind: 'plain' | 'keyword' | 'string' | 'number' | 'comment';
  text: string;
}

const KEYWORDS =
  'as async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while yield';

const PATTERN = new RegExp(
  [
    '(?<comment>//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$))',
    '(?<string>"(?:\\\\.|[^"\\\\\\n])*"?|\'(?:\\\\.|[^\'\\\\\\n])*\'?|`(?:\\\\.|[^`\\\\])*`?)',
    '(?<number>\\b\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?n?\\b)',
    `(?<keyword>\\b(?:${KEYWORDS.split(' ').join('|')})\\b)`,
  ].join('|'),
  'g',
);

/**
 * Split TypeScript into tokens to colour. A reader's aid and no parser: a regular expression literal counts as plain
 * text. The texts of all tokens together are the source.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of source.matchAll(PATTERN)) {
    const start = match.index ?? 0;
    if (start > end) {
      tokens.push({ kind: 'plain', text: source.slice(end, start) });
    }
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as Token['kind'];
    tokens.push({ kind, text: match[0] });
    end = start + match[0].length;
  }
  if (end < source.length) {
    tokens.push({ kind: 'plain', text: source.slice(end) });
  }
  return tokens;
}
