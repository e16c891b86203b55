import fc from 'fast-check';
import { departs, mergeSchemas, onlyFields, type Schema } from 'stemma-document';
import { describe, expect, it } from 'vitest';
import { anySchema } from './arbitrary-document';

const record = (fields: { [name: string]: Schema }): Schema => ({
  type: 'record',
  fields: Object.entries(fields).map(([name, schema]) => ({ name, schema, optional: false })),
});
const tensor = (...shape: number[]): Schema => ({
  type: 'tensor',
  dtype: 'float32',
  shape: shape.map((n) => ({ min: n, max: n })),
});
const [int, float, text, nothing] = (['int', 'float', 'str', 'null'] as const).map((type): Schema => ({ type })) as [
  Schema,
  Schema,
  Schema,
  Schema,
];

describe('an item that departs from the schema', () => {
  it('is of another type, lacks a field, has one more, or another shape', () => {
    expect(departs(int, text)).toBe(true);
    expect(departs(record({ a: int }), record({ b: int }))).toBe(true);
    expect(departs(record({ a: int }), record({ a: int, b: int }))).toBe(true);
    expect(departs(tensor(4, 3), tensor(4, 1))).toBe(true);
    expect(departs(tensor(4, 3), tensor(2, 3))).toBe(true);
    expect(departs(record({ a: record({ b: int }) }), record({ a: record({ b: text }) }))).toBe(true);
  });

  it('is none that has no value, or a number with a fraction, or is a smaller batch', () => {
    expect(departs(record({ a: int }), record({ a: nothing }))).toBe(false);
    expect(departs(record({ a: nothing }), record({ a: text }))).toBe(false);
    expect(departs(int, float)).toBe(false);
    expect(departs(float, int)).toBe(false);
    expect(departs(record({ a: tensor(32, 3) }), record({ a: tensor(7, 3) }), true)).toBe(false);
    expect(departs(record({ a: tensor(32, 3) }), record({ a: tensor(7, 4) }), true)).toBe(true);
  });

  it('is never one that has been merged into it', () => {
    fc.assert(
      fc.property(anySchema, anySchema, (a, b) => {
        expect(departs(mergeSchemas(a, b), a)).toBe(false);
        expect(departs(mergeSchemas(a, b), b)).toBe(false);
      }),
    );
  });
});

it('the fields that differ are shown alone', () => {
  expect(onlyFields("{a: 'int', b?: {c: 'str', d: 'int'}, e: 'bool'}", new Set(['b']))).toBe(
    "{b?: {c: 'str', d: 'int'}, …}",
  );
  expect(onlyFields("'str'", new Set(['a']))).toBe("'str'");
  expect(onlyFields("{a: 'int'}", new Set(['z']))).toBe("{a: 'int'}");
});
