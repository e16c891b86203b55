/* eslint-disable @typescript-eslint/no-explicit-any -- batches of any are among what is tried */
/**
 * What batches are: the type that is inferred, and the value, which is of this type. Compiled by each compiler, and
 * run.
 */
import { type Batched, Dataset, type RaggedBatch, type Tensor } from 'stemma';
import type { Same } from './same';

export interface Row {
  name: string;
  batch: Dataset<unknown>;
  expected: unknown;
}

/** `expected` has to be of the type of the batches, and that type has to be `E`. */
const row =
  <E>() =>
  <A>(name: string, batch: Dataset<A>, expected: NoInfer<E>, ..._: Same<A, E> extends true ? [] : [E, A]): Row => ({
    name,
    batch,
    expected,
  });
type NoInfer<T> = [T][T extends unknown ? 0 : never];

enum Level {
  low,
  high,
}
class Point {
  constructor(readonly x: number) {}
  norm(): number {
    return Math.abs(this.x);
  }
}
class Plain {
  constructor(
    readonly x: number,
    readonly y: string,
  ) {}
}
type Id = string & { readonly brand: 'Id' };
type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
interface Shaped {
  kind: 'circle' | 'square';
  size: number;
}

const of = <T>(...items: T[]): Dataset<T> => Dataset.fromArray(items);
const f32 = (...values: number[]): Float32Array => Float32Array.from(values);
const tensor = (...values: number[]): Tensor<Float32Array> => ({ data: f32(...values), shape: [values.length] });
const [date, url, error, regExp] = [new Date(0), new URL('a:b'), new Error('e'), /x/];
const [map, set, buffer, promise] = [new Map([['a', 1]]), new Set([1]), new ArrayBuffer(2), Promise.resolve(1)];
const mark: unique symbol = Symbol('mark');
const fn = (n: number): number => n;
const point = new Point(1);

export const rows: Row[] = [
  row<number[]>()('numbers', of(1, 2).batch(2), [1, 2]),
  row<string[]>()('texts', of('a').batch(2), ['a']),
  row<boolean[]>()('booleans', of<boolean>(true, false).batch(2), [true, false]),
  row<bigint[]>()('bigints', of(1n).batch(2), [1n]),
  row<symbol[]>()('symbols', of<symbol>(mark).batch(2), [mark]),
  row<(number | null)[]>()('numbers or null', of<number | null>(1, null).batch(2), [1, null]),
  row<(string | undefined)[]>()('texts or undefined', of<string | undefined>('a', undefined).batch(2), [
    'a',
    undefined,
  ]),
  row<(string | number | null)[]>()('mixed scalars', of<string | number | null>('a', 1, null).batch(3), ['a', 1, null]),
  row<('cat' | 'dog')[]>()('labels', of<'cat' | 'dog'>('cat', 'dog').batch(2), ['cat', 'dog']),
  row<Level[]>()('an enum', of<Level>(Level.low, Level.high).batch(2), [Level.low, Level.high]),
  row<Id[]>()('a brand', of('a' as Id).batch(2), ['a' as Id]),
  row<null[]>()('null', of(null).batch(2), [null]),
  row<Date[]>()('dates', of(date).batch(2), [date]),
  row<(Date | null)[]>()('dates or null', of<Date | null>(null, date).batch(2), [null, date]),
  row<RegExp[]>()('regular expressions', of(regExp).batch(2), [regExp]),
  row<URL[]>()('addresses', of(url).batch(2), [url]),
  row<Error[]>()('errors', of(error).batch(2), [error]),
  row<Map<string, number>[]>()('maps', of(map).batch(2), [map]),
  row<Set<number>[]>()('sets', of(set).batch(2), [set]),
  row<ArrayBuffer[]>()('buffers', of(buffer).batch(2), [buffer]),
  row<Buffer[]>()('Buffers', of<Buffer>(Buffer.from('a')).batch(2), [Buffer.from('a')]),
  row<Float32Array[]>()('typed arrays', of(f32(1)).batch(2), [f32(1)]),
  row<Point[]>()('instances of a class', of(point).batch(2), [point]),
  row<{ p: Point[]; m: Map<string, number>[] }>()('instances in records', of({ p: point, m: map }).batch(2), { p: [point], m: [map] }), // prettier-ignore
  row<{ readonly x: number[]; readonly y: string[] }>()('a class without methods', of(new Plain(1, 'a'), new Plain(2, 'b')).batch(2), { x: [1, 2], y: ['a', 'b'] }), // prettier-ignore
  row<((n: number) => number)[]>()('functions', of(fn).batch(2), [fn]),
  row<{ n: number; f: (n: number) => number }[]>()('records with functions', of({ n: 1, f: fn }).batch(2), [{ n: 1, f: fn }]), // prettier-ignore
  row<Dataset<number>[]>()('datasets', of(Dataset.range(0)).batch(1).map((all) => all.slice(1)), []), // prettier-ignore
  row<number[][]>()('lists', of([1, 2], [3, 4]).batch(2), [[1, 2], [3, 4]]), // prettier-ignore
  row<(readonly number[])[]>()('readonly lists', of<readonly number[]>([1]).batch(2), [[1]]),
  row<[number, string][]>()('tuples', of<[number, string]>([1, 'a']).batch(2), [[1, 'a']]),
  row<{ x: number }[][]>()('lists of records', of([{ x: 1 }]).batch(2), [[{ x: 1 }]]),
  row<Tensor<Float32Array>>()('tensors', of(tensor(1, 2), tensor(3, 4)).batch(2), { data: f32(1, 2, 3, 4), shape: [2, 2] }), // prettier-ignore
  row<Tensor<Float32Array>>()('tensors of a readonly shape', of({ data: f32(1), shape: [1] as const }).batch(2), { data: f32(1), shape: [1, 1] }), // prettier-ignore
  row<Tensor<Float32Array> | null[]>()('tensors or null', of<Tensor<Float32Array> | null>(null, null).batch(2), [null, null]), // prettier-ignore
  row<{ x: number[] }>()('records', of({ x: 1 }, { x: 2 }).batch(2), { x: [1, 2] }),
  row<{ x: number[] } | null[]>()('records or null', of<{ x: number } | null>({ x: 1 }).batch(2), { x: [1] }),
  row<{ age: (number | null)[]; ok: boolean[] }>()('nullable columns', of<{ age: number | null; ok: boolean }>({ age: null, ok: true }, { age: 3, ok: false }).batch(2), { age: [null, 3], ok: [true, false] }), // prettier-ignore
  row<{ kind: ('circle' | 'square')[]; size: number[] }>()('columns of labels', of<Shaped>({ kind: 'circle', size: 1 }).batch(2), { kind: ['circle'], size: [1] }), // prettier-ignore
  row<{ kind: ('a' | 'b')[]; v: (string | number)[] }>()('unions of records', of<{ kind: 'a'; v: number } | { kind: 'b'; v: string }>({ kind: 'a', v: 1 }, { kind: 'b', v: 'x' }).batch(2), { kind: ['a', 'b'], v: [1, 'x'] }), // prettier-ignore
  row<{ kind: ('a' | 'b')[]; v?: number[]; w?: string[] }>()('one kind of a union of records', of<{ kind: 'a'; v: number } | { kind: 'b'; w: string }>({ kind: 'b', w: 'x' }).batch(2), { kind: ['b'], w: ['x'] }), // prettier-ignore
  row<{ kind: string[]; t?: number[][]; t_mask?: number[][] }>()('padded unions of records', of<{ kind: string; t: number[] } | { kind: string }>({ kind: 'a', t: [1] }).paddedBatch(2, { mask: true }).map(({ kind, t, t_mask }) => ({ kind, t, t_mask }) as { kind: typeof kind; t?: NonNullable<typeof t>; t_mask?: NonNullable<typeof t_mask> }), { kind: ['a'], t: [[1]], t_mask: [[1]] }), // prettier-ignore
  row<{ a: { b: number[]; c: { d: string[] } } }>()('nested records', of({ a: { b: 1, c: { d: 'x' } } }).batch(2), { a: { b: [1], c: { d: ['x'] } } }), // prettier-ignore
  row<{ x: number[]; y: (string | undefined)[] }>()('optional fields', of<{ x: number; y?: string }>({ x: 1, y: undefined }).batch(2), { x: [1], y: [undefined] }), // prettier-ignore
  row<{ readonly x: number[] }>()('readonly fields', of<{ readonly x: number }>({ x: 1 }).batch(2), { x: [1] }),
  row<{ [column: string]: (string | number | null)[] }>()('rows of a table', of<{ [column: string]: string | number | null }>({ a: 1, b: 'x' }, { a: null, b: 'y' }).batch(2), { a: [1, null], b: ['x', 'y'] }), // prettier-ignore
  row<{ [column: string]: (string | number)[]; id: number[] }>()('rows with a known column', of<{ [column: string]: string | number; id: number }>({ id: 1, b: 'x' }).batch(2), { id: [1], b: ['x'] }), // prettier-ignore
  row<{ image: Tensor<Float32Array>; label: string[] }>()('examples', of({ image: tensor(1), label: 'a' }).batch(2), { image: { data: f32(1), shape: [1, 1] }, label: ['a'] }), // prettier-ignore
  row<any>()('any', (of<any>({ x: 1 }) as Dataset<any>).batch(2), { x: [1] }),
  row<{ x: any; y: number[] }>()('records of any', of<{ x: any; y: number }>({ x: { z: 1 }, y: 2 }).batch(2), { x: { z: [1] }, y: [2] }), // prettier-ignore
  row<unknown>()('unknown', of<unknown>({ x: 1 }).batch(2), { x: [1] }),
  row<{ x: unknown }>()('records of unknown', of<{ x: unknown }>({ x: { y: 1 } }).batch(2), { x: { y: [1] } }),
  row<never[]>()('nothing', Dataset.fromArray<never>([]).batch(2).take(0).concat(of<never[]>([])), []),
  row<Promise<number>[]>()('promises', Dataset.fromArray<Promise<number>>([]).batch(2).concat(of<Promise<number>[]>([promise])), [promise]), // prettier-ignore
  row<Batched<Json>>()('JSON', of<Json>({ a: 1 }, { a: 'x' }).batch(2), { a: [1, 'x'] }),
  // Ragged
  row<number[]>()('ragged numbers', of(1, 2).batch(2, { ragged: true }), [1, 2]),
  row<Tensor<Float32Array> | Tensor<Float32Array>[]>()('ragged tensors', of(tensor(1), tensor(2, 3)).batch(2, { ragged: true }), [tensor(1), tensor(2, 3)]), // prettier-ignore
  row<{ x: number[]; y: (string | undefined)[] }>()('ragged optional fields', of<{ x: number; y?: string }>({ x: 1 }, { x: 2, y: 'a' }).batch(2, { ragged: true }), { x: [1, 2], y: [undefined, 'a'] }), // prettier-ignore
  row<{ a: (number | undefined)[]; b: (string | undefined)[] }>()('ragged unions', of<{ a: number } | { b: string }>({ a: 1 }, { b: 'x' }).batch(2, { ragged: true }), { a: [1, undefined], b: [undefined, 'x'] }), // prettier-ignore
  row<{ x: number[] } | ({ x: number } | null)[]>()('ragged records or null', of<{ x: number } | null>({ x: 1 }, null).batch(2, { ragged: true }), [{ x: 1 }, null]), // prettier-ignore
  row<Batched<number[]> | RaggedBatch<number[]>>()('perhaps ragged', of([1]).batch(2, { ragged: [1].length > 0 }), [[1]]), // prettier-ignore
  // Padded
  row<number[][]>()('padded lists', of([1, 2], [3]).paddedBatch(2), [[1, 2], [3, 0]]), // prettier-ignore
  row<string[][]>()('padded labels', of<('a' | 'b')[]>(['a'], []).paddedBatch(2), [['a'], ['']]),
  row<number[][]>()('padded tuples', of<[number, number]>([1, 2]).paddedBatch(2, { shape: [3] }), [[1, 2, 0]]),
  row<{ t: number[][]; label: string[] }>()('padded records', of({ t: [1], label: 'a' }).paddedBatch(2), { t: [[1]], label: ['a'] }), // prettier-ignore
  row<Uint8Array[]>()('padded typed arrays', of<Uint8Array>(Uint8Array.of(1), Uint8Array.of(2, 3)).paddedBatch(2), [Uint8Array.of(1, 0), Uint8Array.of(2, 3)]), // prettier-ignore
  // Windows
  row<number>()(
    'interleaved datasets',
    of(1).interleave((n) => Dataset.range(n)),
    0,
  ),
  row<number[]>()(
    'buckets',
    of(1, 2).bucketBy((n) => n % 1, { size: 2 }),
    [1, 2],
  ),
  row<{ x: number[] }>()(
    'collated buckets',
    of({ x: 1 }, { x: 1 }).bucketBy(({ x }) => x, { collate: true }),
    { x: [1, 1] },
  ),
  row<{ x: number[][] }>()('padded buckets', of({ x: [1] }, { x: [1, 2] }).bucketBy(() => 0, { collate: 'pad' }), { x: [[1, 0], [1, 2]] }), // prettier-ignore
  row<number[]>()('windows', of(1, 2).window(2), [1, 2]),
  row<{ x: number[] }>()('collated windows', of({ x: 1 }, { x: 2 }).window(2, { collate: true }), { x: [1, 2] }),
  row<{ x: number }[]>()('windows of records', of({ x: 1 }).window(2, { collate: false }), [{ x: 1 }]),
  // And back
  row<number>()('unbatched numbers', of([7]).unbatch(), 7),
  row<string | null>()('unbatched columns', of<string | null>('a').batch(1).unbatch(), 'a'),
  row<{ age: number | null }>()('unbatched rows', of<{ age: number | null }>({ age: 1 }).batch(1).unbatch(), { age: 1 }), // prettier-ignore
  row<Tensor<Float32Array>>()('unbatched tensors', of(tensor(1)).batch(1).unbatch(), tensor(1)),
  row<bigint>()('unbatched 64-bit integers', of(BigInt64Array.of(1n)).unbatch(), 1n),
  row<any>()('unbatched any', of<any>([1]).unbatch(), 1),
  row<unknown>()('unbatched unknown', of<unknown>([1]).unbatch(), 1),
  // Of several datasets
  row<[number, string][]>()('zipped pairs', Dataset.zip([of(1), of('a')]).batch(2), [[1, 'a']]),
  row<{ image: Tensor<Float32Array>; label: (string | null)[] }>()('zipped records', Dataset.zip({ image: of(tensor(1)), label: of<string | null>(null) }).batch(2), { image: { data: f32(1), shape: [1, 1] }, label: [null] }), // prettier-ignore
  row<(string | number)[]>()('different items one after the other', Dataset.concat<string | number>(of(1), of('a')).batch(2), [1, 'a']), // prettier-ignore
];
