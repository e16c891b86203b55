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
