import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dedent } from 'stemma-document';
import { tokenize } from '../../../views/src/details/tokenize';

describe('tokenize', () => {
  it('colours comments, strings, numbers and keywords', () => {
    const kinds = tokenize('async (x) => { return `a${x}` + 1_000; } // done')
      .filter((token) => token.kind !== 'plain')
      .map((token) => `${token.kind} ${token.text}`);
    expect(kinds).toEqual(['keyword async', 'keyword return', 'string `a${x}`', 'number 1_000', 'comment // done']);
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', "'", '`', '\\', '/', '*', '\n', 'a', '1', ' ', 'if') }),
        (source) => {
          expect(
            tokenize(source)
              .map((token) => token.text)
              .join(''),
          ).toBe(source);
        },
      ),
    );
  });

  it('takes off the indentation that all lines share', () => {
    expect(dedent('(x) => {\n    return x;\n  }')).toBe('(x) => {\n  return x;\n}');
  });
});
