/** What is prose on a page of markdown, by line and by sentence. */

const LONGEST_LINE = 120;

/**
 * @typedef {{ line: number, text: string }} Line
 * @typedef {{ line: number, text: string, words: number }} Sentence
 */

/**
 * The lines that are neither code nor the head of a page.
 * @param {string} markdown
 * @returns {Line[]}
 */
export function proseLines(markdown) {
  let isCode = false;
  const head = /^---\n[^]*?\n---\n/.exec(markdown)?.[0].split('\n').length ?? 0;
  return markdown.split('\n').flatMap((text, index) => {
    if (index < head - 1) return [];
    if (/^\s*(```|~~~)/.test(text)) {
      isCode = !isCode;
      return [];
    }
    return isCode ? [] : [{ line: index + 1, text }];
  });
}

/**
 * Lines that an editor would wrap: tables and addresses cannot be.
 * @param {string} markdown
 */
export const longLines = (markdown) =>
  proseLines(markdown).filter(
    ({ text }) => text.length > LONGEST_LINE && !/^\s*\||^\s*!?\[[^\]]*\]\([^)]*\)\S*$/.test(text),
  );

/**
 * The sentences of paragraphs and lists. Tables and headings are not sentences.
 * @param {string} markdown
 * @returns {Sentence[]}
 */
export function sentences(markdown) {
  /** @type {Line[]} */
  const blocks = [];
  let goesOn = false;
  for (const { line, text } of proseLines(markdown)) {
    const isBreak = text.trim() === '' || /^\s*(\||#|!\[|<!--)/.test(text);
    const begins = /^\s*([-*]|\d+\.) /.test(text);
    const last = blocks.at(-1);
    if (last && !isBreak && goesOn && !begins) last.text += ` ${text.trim()}`;
    else if (!isBreak) blocks.push({ line, text: text.trim().replace(/^([-*]|\d+\.) /, '') });
    goesOn = !isBreak;
  }
  return blocks.flatMap(({ line, text }) =>
    plain(text)
      .split(/(?<=[.!?])["”)]?\s+(?=[^a-z])/)
      .map((sentence) => ({
        line,
        text: sentence,
        words: sentence.split(/\s+/).filter((word) => /\w/.test(word)).length,
      }))
      .filter(({ words }) => words > 2),
  );
}

/**
 * Code counts as one word, a link as its text.
 * @param {string} text
 */
export const plain = (text) =>
  text
    .replace(/`[^`]*`/g, 'Code')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<\/?\w+>/g, '')
    .replace(/\*\*|__/g, '');
