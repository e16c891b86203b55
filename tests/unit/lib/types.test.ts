/**
 * What the compiler infers and refuses. `npm run check` does the work: a wrong type, or an error that is not one, fails
 * there.
 */
import { describe, expectTypeOf, it } from 'vitest';
import { Dataset, decodeImage, type FileRef, type ItemOf, type Tensor } from 'stemma';

const numbers = Dataset.range(4);
const records = numbers.map((n) => ({
  image: { data: new Float32Array(4) as Float32Array, shape: [1, 2, 2] },
  label: n,
  name: `${n}`,
}));

describe('the type of the items', () => {
  it('follows the functions', () => {
    expectTypeOf(numbers.map((n) => `${n}`)).toEqualTypeOf<Dataset<string>>();
    expectTypeOf(numbers.map(async (n) => ({ n }))).toEqualTypeOf<Dataset<{ n: number }>>();
    expectTypeOf(numbers.flatMap((n) => [n, `${n}`])).toEqualTypeOf<Dataset<string | number>>();
    expectTypeOf(numbers.flatMap(async function* (n) { yield n > 1; })).toEqualTypeOf<Dataset<boolean>>(); // prettier-ignore
    const mixed = Dataset.fromArray<string | number>([1, 'a']);
    expectTypeOf(mixed.filter((x): x is string => typeof x === 'string')).toEqualTypeOf<Dataset<string>>();
    expectTypeOf(mixed.filter((x) => x !== 1)).toEqualTypeOf<Dataset<string | number>>();
    expectTypeOf(numbers.randomMap((n, random) => [n, random.next()] as const)).toEqualTypeOf<
      Dataset<readonly [number, number]>
    >();
    expectTypeOf(numbers.enumerate()).toEqualTypeOf<Dataset<[index: number, item: number]>>();
  });

  it('follows what sees one item after the other', () => {
    const mixed = Dataset.fromArray<string | number>([1, 'a']);
    expectTypeOf(mixed.takeWhile((x): x is number => typeof x === 'number')).toEqualTypeOf<Dataset<number>>();
    expectTypeOf(mixed.takeWhile(async (x) => x !== 1)).toEqualTypeOf<Dataset<string | number>>();
    expectTypeOf(mixed.skipWhile((x) => x !== 1, 'Rest')).toEqualTypeOf<Dataset<string | number>>();
    expectTypeOf(mixed.distinct({ key: async (x) => [x] })).toEqualTypeOf<Dataset<string | number>>();
    expectTypeOf(Dataset.range(0, 1, 0.5, { identifier: 'halves' })).toEqualTypeOf<Dataset<number>>();
    expectTypeOf(numbers.scan(0, (sum, n) => sum + n)).toEqualTypeOf<Dataset<number>>();
    expectTypeOf(numbers.scan('', async (text, n) => text + n)).toEqualTypeOf<Dataset<string>>();
    expectTypeOf(numbers.scan(() => ({ n: 0 }), (state, n) => ({ n: state.n + n }))).toEqualTypeOf<Dataset<{ n: number }>>(); // prettier-ignore
    expectTypeOf(numbers.scan<number | null>(null, (most, n) => Math.max(most ?? n, n))).toEqualTypeOf<Dataset<number | null>>(); // prettier-ignore
  });

  it('follows the sources', () => {
    expectTypeOf(Dataset.fromGenerator(function* () { yield 'a'; })).toEqualTypeOf<Dataset<string>>(); // prettier-ignore
    expectTypeOf(Dataset.fromGenerator([1n])).toEqualTypeOf<Dataset<bigint>>();
    expectTypeOf<ItemOf<ReturnType<typeof Dataset.fromFolder>>>().toEqualTypeOf<FileRef>();
    expectTypeOf(Dataset.fromArray(new Uint8Array(2))).toEqualTypeOf<Dataset<number>>();
    const pixels = Dataset.fromFolder.bind(Dataset);
    expectTypeOf((folder: string) => pixels(folder).map((file) => decodeImage(file, { dtype: 'float32' }))).returns.toEqualTypeOf<
      Dataset<Tensor<Float32Array>>
    >(); // prettier-ignore
  });

  it('is, of a batch, a record of columns, and back', () => {
    type Batch = { image: Tensor<Float32Array>; label: number[]; name: string[] };
    expectTypeOf(records.batch(2)).toEqualTypeOf<Dataset<Batch>>();
    expectTypeOf(records.batch(2).unbatch().map(({ label }) => label)).toEqualTypeOf<Dataset<number>>(); // prettier-ignore
    expectTypeOf(numbers.batch(2)).toEqualTypeOf<Dataset<number[]>>();
    expectTypeOf(numbers.window(2)).toEqualTypeOf<Dataset<number[]>>();
  });

  it('puts several datasets together', () => {
    const words = Dataset.fromArray(['a', 'b', 'c', 'd']);
    expectTypeOf(Dataset.zip([numbers, words])).toEqualTypeOf<Dataset<[number, string]>>();
    expectTypeOf(Dataset.zip({ n: numbers, word: words })).toEqualTypeOf<Dataset<{ n: number; word: string }>>();
    expectTypeOf(Dataset.zip([numbers, words], { ends: 'longest' })).toEqualTypeOf<
      Dataset<[number | undefined, string | undefined]>
    >();
    const { train, validation } = words.split({ train: 0.8, validation: 0.2 }, { seed: 1 });
    expectTypeOf([train, validation]).toEqualTypeOf<Dataset<string>[]>();
    expectTypeOf(numbers.reduce((sum, n) => sum + n, 0)).toEqualTypeOf<Promise<number>>();
  });
});

/** Never called: only its types count. */
export const refused = (): unknown[] => [
  // @ts-expect-error: the items are numbers
  numbers.map((n: string) => n),
  // @ts-expect-error: there is no such field
  records.filter(({ labels }) => labels > 1),
  // @ts-expect-error: no such option
  numbers.shuffle({ buffer: 3 }),
  // @ts-expect-error: neither throws, skips nor decides
  numbers.map((n) => n, { onError: 'ignore' }),
  // @ts-expect-error: of different items
  numbers.concat(Dataset.fromArray(['a'])),
  // @ts-expect-error: the size is missing
  numbers.batch(),
  // @ts-expect-error: there is no such part
  numbers.split({ train: 0.8 }).test,
  // @ts-expect-error: numbers have no fields
  numbers.batch(2).map((batch) => batch.label),
  // @ts-expect-error: no such layout
  decodeImage('a.png', { layout: 'NHWC' }),
];
