import * as fc from 'fast-check';

/** Rows that both files of columns hold exactly, with the types of their columns given. */
export const TYPES = {
  flag: 'boolean',
  small: 'int32',
  big: 'int64',
  single: 'float32',
  double: 'float64',
  text: 'text',
  bytes: 'bytes',
  at: 'date',
  list: ['float64'],
  nested: [['text']],
  box: { x: 'float64', tags: ['text'], inner: { y: 'int32' } },
} as const;

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null });
const text = fc.string({ unit: 'grapheme' });

export const row = fc.record({
  flag: orNull(fc.boolean()),
  small: orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  big: orNull(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  single: orNull(fc.float()),
  double: orNull(fc.double()),
  text: orNull(text),
  bytes: orNull(fc.uint8Array({ maxLength: 5 })),
  at: orNull(
    fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
  ),
  list: orNull(fc.array(orNull(fc.double()), { maxLength: 4 })),
  nested: orNull(fc.array(orNull(fc.array(orNull(text), { maxLength: 3 })), { maxLength: 3 })),
  box: orNull(
    fc.record({
      x: orNull(fc.double()),
      tags: orNull(fc.array(text, { maxLength: 3 })),
      inner: orNull(fc.record({ y: orNull(fc.integer({ min: 0, max: 9 })) })),
    }),
  ),
});
