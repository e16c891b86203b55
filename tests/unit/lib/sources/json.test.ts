import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, type JsonLinesOptions } from 'stemma';
import { parseExactly } from '../../../../lib/dist/sources/json/exact-json.js';
import { placeOfProblem } from '../../../../lib/dist/sources/json/not-json.js';
import { parseStrictly } from '../../../../lib/dist/sources/json/strict-json.js';
import { dataFiles } from '../../../support/data-file';

const word = fc.stringMatching(/^\w{0,5}$/);
const file = dataFiles();
const read = (content: string, options?: JsonLinesOptions): Promise<unknown[]> =>
  Dataset.fromJsonLines(file('data.jsonl', content), options).toArray();

describe('JSON lines', () => {
  it('keep what JavaScript can hold', async () => {
    const lines = [
      '{"a":9007199254740991,"b":0.30000000000000004,"c":1e21,"d":-0}',
      '{"__proto__":{"x":1},"constructor":2,"toString":3}',
      '{"a":":x","b":"\\":","c":"\\"a\\":1"}',
      '{"id":"9007199254740993","hash":"12345678901234567890e1234"}',
      '"\\ud800"',
      'null',
      '[[],{},""]',
    ];
    expect(await read(lines.join('\r\n'))).toEqual(lines.map((line) => JSON.parse(line) as unknown));
    const [row] = (await Dataset.fromJsonLines<object>(file('proto.jsonl', `${lines[1]}\n${lines[1]}`))
      .batch(2)
      .toArray()) as object[];
    expect(Object.keys(row!)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });

  it.each([
    [
      '{"id":9007199254740993}',
      "the number \"9007199254740993\" in [\"id\"] cannot be held exactly; pass inexactNumbers: 'bigint', 'text' or 'round'",
    ],
    ['[{"a":[0,1610521604143693812]}]', 'in [0]["a"][1]'],
    [
      '{"a":0.1234567890123456789}',
      'the number "0.1234567890123456789" in ["a"] cannot be held exactly; pass inexactNumbers: \'text\' or \'round\'',
    ],
    ['{"a":1e400}', 'the number "1e400"'],
    ['{"a":1e-400}', 'the number "1e-400"'],
    ['{"a":1,"b":{"c":1,"c":2}}', 'the key "c" is there twice in ["b"]'],
    ['{"a":1,"\\u0061":2}', 'the key "a" is there twice'],
    ['{"__proto__":1,"__proto__":2}', 'the key "__proto__" is there twice'],
    ['{"a":NaN}', 'is not valid JSON: Unexpected token'],
    ['{"a":-Infinity}', 'JSON has no NaN and no Infinity: write null'],
    ['{"a":1}{"b":2}', 'is not valid JSON: Unexpected non-whitespace character'],
    ["{'a':1}", 'is not valid JSON'],
  ])('refuse what would be lost: %s', async (line, message) => {
    const run = read(`{"a":1}\n\n${line}\n`);
    await expect(run).rejects.toThrow(/^fromJsonLines "data\.jsonl" failed at item 1: .*data\.jsonl line 3/);
    await expect(run).rejects.toThrow(message);
  });

  it('read numbers that are too long as the option says', async () => {
    const line = '{"a":[9007199254740993,1,0.1234567890123456789],"b":"9007199254740993"}';
    const b = '9007199254740993';
    expect(await read(line, { inexactNumbers: 'text' })).toEqual([{ a: [b, 1, '0.1234567890123456789'], b }]);
    expect(await read(line, { inexactNumbers: 'round' })).toEqual([JSON.parse(line)]);
    await expect(read(line, { inexactNumbers: 'bigint' })).rejects.toThrow('the number "0.1234567890123456789"');
    expect(await read('[-9007199254740993,2]', { inexactNumbers: 'bigint' })).toEqual([[-9007199254740993n, 2]]);
    expect(() => Dataset.fromJsonLines(file('x.jsonl', ''), { inexactNumbers: 'big' as never })).toThrow(
      'invalid inexactNumbers of fromJsonLines: expected error, bigint, text, round, got "big"',
    );
  });

  it('may be nested deeply and be long', async () => {
    const depth = 50_000;
    const [value] = await read('['.repeat(depth) + ']'.repeat(depth));
    let levels = 0;
    for (let at = value; Array.isArray(at); at = at[0]) levels++;
    expect(levels).toBe(depth);
    await expect(read(`${'['.repeat(depth)}12345678901234567890${']'.repeat(depth)}`)).rejects.toThrow(
      /line 1: nested more than 2000 deep in \[0\](\[0\])*…/,
    );
    const long = 'x'.repeat(5_000_000);
    expect(await read(`{"a":"${long}"}\n1`)).toEqual([{ a: long }, 1]);
  });

  it.each([
    ['an array over several lines', 'data.jsonl', '[\n{"a":1},\n{"a":2}\n]', 'line 1 is not valid JSON'],
    ['an array whose items begin on the first line', 'data.jsonl', '[{"a":1},\n{"a":2}]', 'line 1 is not valid JSON'],
    ['an object over several lines', 'data.jsonl', '{\n"a":1\n}', 'line 1 is not valid JSON'],
    ['an array on one line', 'data.json', '[{"a":1},{"a":2}]', 'line 1: it is a JSON array of records'],
  ])('are not %s: the error names the way to read it', async (_, name, content, message) => {
    const run = Dataset.fromJsonLines(file(name, content)).toArray();
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toThrow('a file that is one JSON document is read with Dataset.fromJson');
  });
});

describe('fromJson', () => {
  const json = (content: string, at?: string | string[]): Promise<unknown[]> =>
    Dataset.fromJson(file('data.json', content), { at }).toArray();

  it('gives the items of an array', async () => {
    expect(await json('[\n{"a":1},\n{"a":2}\n]')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await json('[]')).toEqual([]);
    expect(await json('{"a":{"rows":[1,2]}}', ['a', 'rows'])).toEqual([1, 2]);
    const many = Array.from({ length: 5000 }, (_, i) => i);
    expect(await json(JSON.stringify({ many }), 'many')).toEqual(many);
  });

  it.each([
    [
      '{"rows":[1],"n":3}',
      undefined,
      "expected an array, got a record (its fields are rows, n); pass the one that has the array as at: '...'",
    ],
    ['{"rows":[1]}', 'row', 'has no field "row", as named in at (its fields are rows)'],
    ['{"rows":[1]}', 'toString', 'has no field "toString"'],
    ['5', undefined, 'expected an array, got 5'],
    ['{"a":1}\n{"a":2}\n', undefined, 'a file with one value in each line is read with Dataset.fromJsonLines'],
    ['[{"a":1},', undefined, 'data.json is not valid JSON from line 1, column 10 on: '],
    [
      '',
      undefined,
      'data.json is not valid JSON from line 1, column 1 on: Unexpected end of JSON input; there is nothing in it',
    ],
    ['[{"id":9007199254740993}]', undefined, 'data.json: the number "9007199254740993" in [0]["id"]'],
    ['[{"a":1,"a":2}]', undefined, 'data.json: the key "a" is there twice in [0]'],
  ])('says what is wrong: %s', async (content, at, message) => {
    await expect(json(content, at)).rejects.toThrow(message);
  });
});

it('the position of invalid JSON is the first character that is not allowed', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, fc.nat(), word, fc.array(tie('any')), fc.dictionary(word, tie('any'))),
  })).any;
  fc.assert(
    fc.property(value, fc.nat(2), fc.nat(), (any, space, cut) => {
      const text = JSON.stringify(any, null, space);
      const at = cut % (text.length + 1);
      const before = text.slice(0, at).split('\n');
      const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
      expect(placeOfProblem(`${text.slice(0, at)}\x01${text.slice(at)}`)).toBe(place);
    }),
  );
});

describe('exact JSON', () => {
  const held = (_: string, value: unknown): unknown =>
    Number.isInteger(value) && !Number.isSafeInteger(value) ? 0 : value;
  const text = fc
    .tuple(fc.json({ maxDepth: 4 }), fc.nat(2))
    .map(([json, space]) => JSON.stringify(JSON.parse(json, held), null, space));

  it('is what JSON.parse gives of all that JSON.stringify writes', () => {
    fc.assert(
      fc.property(text, (json) => {
        const value: unknown = JSON.parse(json);
        expect(parseExactly(json, 'error')).toEqual(value);
        expect(parseStrictly(json, 'round')).toEqual(value);
      }),
    );
  });
});
