import { expect, it } from 'vitest';
import { inWords } from '../../../document/src/wording/in-words';

it.each<[unknown, string]>([
  ['text', '"text"'],
  [5n, '5n'],
  [-0.5, '-0.5'],
  [undefined, 'undefined'],
  [null, 'null'],
  [[1], 'a list'],
  [{ a: 1 }, 'a record'],
  [Object.create(null), 'a record'],
  [new Error('x'), 'an Error'],
  [() => 1, 'a function'],
])('%o in words is %s', (value, words) => {
  expect(inWords(value)).toBe(words);
});

it.each([
  ['text', 'x'.repeat(1000)],
  ['bigint', 10n ** 300n],
  ['symbol', Symbol('x'.repeat(1000))],
  ['class', new { ['X'.repeat(1000)]: class {} }['X'.repeat(1000)]!()],
])('a long %s is short in words', (_, value) => {
  expect(inWords(value)).toMatch(/…/);
  expect(inWords(value).length).toBeLessThan(50);
});
