import ts = require('typescript');

/** "Unterminated …" and "… expected" at the end: more text may mend it. */
const UNTERMINATED_TEMPLATE = 1160;
const UNTERMINATED_COMMENT = 1010;

/** Whether a console should run the code or ask for another line; from the parser's diagnostics alone. */
export function completeness(code: string): 'complete' | 'incomplete' | 'invalid' {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, undefined, ts.ScriptKind.TS);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: { code: number; start: number }[] };
  if (parseDiagnostics.length === 0) return 'complete';
  const end = code.trimEnd().length;
  const isMendable = ({ code: number, start }: { code: number; start: number }): boolean =>
    start >= end || number === UNTERMINATED_TEMPLATE || number === UNTERMINATED_COMMENT;
  return isMendable(parseDiagnostics[0]!) ? 'incomplete' : 'invalid';
}

const CLOSES = /^((?!.*?\/\*).*\*\/)?\s*[}\]].*$/;
const OPENS = /^((?!\/\/).)*(\{[^}"'`]*|\([^)"'`]*|\[[^\]"'`]*)$/;

/** A proposal for the indentation of the line behind this code. */
export function indentAfter(code: string): string {
  const line = code.slice(code.lastIndexOf('\n') + 1);
  const indent = /^\s*/.exec(line)![0];
  if (CLOSES.test(line)) return indent.replace(/(?: {2}|\s)$/, '');
  return OPENS.test(line) ? `${indent}  ` : indent;
}
