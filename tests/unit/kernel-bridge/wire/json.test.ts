import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toJson } from '../../../../kernel-bridge/src/wire/json';

it('is what JSON.stringify makes, but for halves of surrogate pairs', () => {
  expect(toJson({ '\ud83d': ['a\udc00b', '\\ud83d', '😀'] })).toBe('{"\ufffd":["a\ufffdb","\\\\ud83d","😀"]}');
});

it('loses nothing that UTF-8 can say', () => {
  const text = fc.string({ unit: fc.constantFrom('\\', '"', 'u', 'd83d', '\ud83d', '\ude00', '\0', '\n', '😀') });
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const utf8 = texts.map((one) => Buffer.from(one).toString());
      expect(JSON.parse(toJson({ texts }))).toEqual({ texts: utf8 });
    }),
  );
});
