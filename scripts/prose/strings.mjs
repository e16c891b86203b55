/** The texts for people in source files: literals with spaces, beside imports and attributes of code. */
import ts from 'typescript';

/**
 * @param {string} path
 * @param {string} source
 * @returns {import('./pages.mjs').Line[]}
 */
export function stringsOf(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  /** @type {import('./pages.mjs').Line[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if ('text' in node && typeof node.text === 'string' && isText(node) && /\w \w/.test(node.text))
      found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: node.text });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** @param {ts.Node} node */
const isText = (node) =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
