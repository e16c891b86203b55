import { describe, expect, it } from 'vitest';
import { commentsOf } from '../../../scripts/prose/comments.mjs';
import { longLines, sentences } from '../../../scripts/prose/pages.mjs';
import { PHRASES } from '../../../scripts/prose/phrases.mjs';
import { stringsOf } from '../../../scripts/prose/strings.mjs';

const found = (text: string) => PHRASES.filter(([pattern]) => pattern.test(text)).map(([, instead]) => instead);

describe('the check of prose', () => {
  it.each([
    ['a cell that is run anew', 'again'],
    ['take each so many-th item', 'a count, or "n"'],
    ['whoever awaits one', 'anyone who'],
    ['the function answered 3', 'return(s), reply, or response'],
    ['"x" is no number', 'is not a …'],
    ['own time per item', 'self time'],
  ])('finds what a reader stumbles over: %s', (text, instead) => expect(found(text)).toEqual([instead]));

  it.each(['the standard deviation', 'at least 3', 'there is no text', 'a folder', 'the answer is 42'])(
    'leaves plain English alone: %s',
    (text) => expect(found(text)).toEqual([]),
  );

  it('counts the words of sentences, over lines and in lists, and code as one word', () => {
    const page = 'One two\nthree four. `a b c` five six.\n\n- Seven eight nine: [ten](x.md)\n\n| not | this |\n';
    expect(sentences(page).map(({ line, words }) => [line, words])).toEqual([
      [1, 4],
      [1, 3],
      [4, 4],
    ]);
  });

  it('finds lines over 120 columns, but no code, tables or addresses', () => {
    const long = 'word '.repeat(30);
    const page = `${long}\n\n\`\`\`ts\n${long}\n\`\`\`\n| ${long} |\n[${long}](x.md)\n`;
    expect(longLines(page).map(({ line }) => line)).toEqual([1]);
  });

  it('reads the texts of source files, and neither comments nor names', () => {
    const source = `// so many words\nimport 'a b';\nthrow new Error(\`"\${x}" is no number\`); const anew = 'anew';`;
    expect(stringsOf('x.ts', source).map(({ text }) => text)).toEqual(['a b', '" is no number']);
  });

  it('reads comments as one text each, without code and quoted names', () => {
    const source = [
      '/**',
      ' * Keeps so',
      ' * many items of `so many`.',
      ' */',
      "const text = '// no comment'; // told once",
      'function f() {',
      '  // the last line',
      '}',
    ].join('\n');
    expect(commentsOf('x.ts', source).map(({ line, text }) => [line, text.trim()])).toEqual([
      [1, 'Keeps so many items of Code.'],
      [5, 'told once'],
      [7, 'the last line'],
    ]);
  });
});
