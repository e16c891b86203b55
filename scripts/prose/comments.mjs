/** The comments of a source file. */
import ts from 'typescript';

/**
 * A comment that stands on several lines, or several that follow each other, is one text, so that phrases that wrap are
 * found. What stands in backticks, and the code of examples, is not prose.
 * @param {string} path
 * @param {string} source
 * @returns {import('./pages.mjs').Line[]}
 */
export function commentsOf(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  /** @type {Map<number, import('./pages.mjs').Line>} */
  const found = new Map();
  /** @param {ts.CommentRange[] | undefined} ranges */
  const note = (ranges) => {
    for (const { pos, end } of ranges ?? [])
      found.set(pos, {
        line: file.getLineAndCharacterOfPosition(pos).line + 1,
        text: proseOf(source.slice(pos, end)),
      });
  };
  /** @param {ts.Node} node */
  const visit = (node) => {
    const children = node.getChildren(file);
    if (children.length === 0) {
      note(ts.getLeadingCommentRanges(source, node.pos));
      note(ts.getTrailingCommentRanges(source, node.end));
    }
    for (const child of children) visit(child);
  };
  visit(file);
  return [...found.values()];
}

/** @param {string} comment */
const proseOf = (comment) =>
  comment
    .replace(/^\/\*\*?|\*\/$/g, '')
    .replace(/^[ \t]*(\*|\/\/) ?/gm, '')
    .replace(/```[^]*?```/g, '')
    .replace(/`[^`]*`/g, 'Code')
    .replace(/\s+/g, ' ');

const MOST_COLUMNS = 120;

/**
 * The lines of comments that are too long; what a tool reads in one line, addresses and code of examples may be.
 * @param {string} source
 * @returns {import('./pages.mjs').Line[]}
 */
export function longComments(source) {
  let isExample = false;
  /** @type {import('./pages.mjs').Line[]} */
  const found = [];
  for (const [at, text] of source.split('\n').entries()) {
    const [, prose] = /^\s*(?:\/\*\*?|\*|\/\/) ?(.*)$/.exec(text) ?? [];
    if (prose === undefined || /^\s*\/\*\*/.test(text)) isExample = false;
    if (prose?.startsWith('@')) isExample = prose.startsWith('@example');
    const isProse = prose !== undefined && !isExample && !/^ {4}|eslint-|@ts-|https?:/.test(prose);
    if (isProse && text.length > MOST_COLUMNS) found.push({ line: at + 1, text });
  }
  return found;
}
