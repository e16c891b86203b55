/* eslint-disable @typescript-eslint/no-explicit-any -- items of any are among what is tried */
/** What every operation, source and sink is inferred to be. Compiled by each compiler, never run. */
import { ReadableStream as NodeWebStream } from 'node:stream/web';
import {
  centerCrop,
  type ClassFolder,
  Dataset,
  type DatasetStatistics,
  decodeImage,
  dropColumns,
  type FileRef,
  hashEncoder,
  type ImageTensor,
  type ItemOf,
  merge,
  kBinsDiscretizer,
  minMaxScaler,
  normalize,
  oneHotEncoder,
  ordinalEncoder,
  parseDocument,
  PipelineError,
  provenance,
  type ProvenanceDocument,
  randomCrop,
  readDocument,
  renameColumns,
  robustScaler,
  selectColumns,
  simpleImputer,
  standardScaler,
  type Tensor,
  tensors,
  toFloat32,
  toUint8,
  vocabulary,
  type Written,
  type WrittenFile,
} from 'stemma';
import type { Same } from './same';

/** Compiles where the type of the value is `E`, not only where it fits. */
const is =
  <E>() =>
  <A>(_value: A, ..._: Same<A, E> extends true ? [] : [E, A]): void =>
    undefined;

type Cat = { kind: 'cat'; lives: number };
type Dog = { kind: 'dog'; name: string };
/** One batch has the fields of one kind; which, is known when it is there. */
type Columns = { kind: ('cat' | 'dog')[]; lives?: number[]; name?: string[] };
declare const numbers: Dataset<number>;
declare const words: Dataset<string>;
declare const pets: Dataset<Cat | Dog>;
declare const anything: Dataset<any>;
declare const unknowns: Dataset<unknown>;
declare const examples: Dataset<{ image: Tensor<Float32Array>; label: string }>;
declare const images: Dataset<Tensor<Uint8Array>>;
declare const masked: Dataset<{ image: Tensor<Uint8Array>; mask: Tensor<Uint8Array>; label: number }>;
declare const isCat: (pet: Cat | Dog) => pet is Cat;
declare const tf: { tensor(values: never, shape?: number[], dtype?: string): { dispose(): void; rank: number } };

export async function operations(): Promise<void> {
  // Item by item
  is<Dataset<string>>()(numbers.map(String));
  is<Dataset<number | string>>()(numbers.map((n) => (n > 1 ? n : `${n}`)));
  is<Dataset<number | null>>()(numbers.map(async (n) => (n > 1 ? n : null)));
  is<Dataset<void>>()(numbers.map(() => {}));
  is<Dataset<any>>()(numbers.map((n) => n as any));
  is<Dataset<any>>()(anything.map((item) => item.label));
  is<Dataset<unknown>>()(unknowns.map((item) => item));
  is<Dataset<{ n: number; late: boolean }>>()(numbers.map((n, { signal }) => ({ n, late: signal.aborted })));
  is<Dataset<number[]>>()(words.map((word) => [...word].map(Number), { concurrency: 4, ordered: false }));
  is<Dataset<number>>()(numbers.map((n) => n, { onError: 'skip' }));
  is<Dataset<number>>()(
    numbers.map((n) => n, { onError: (error: Error) => (error.message === '' ? 'skip' : 'throw') }),
  );
  is<Dataset<'cat' | 'dog'>>()(pets.map(({ kind }) => kind));
  is<Dataset<number>>()(numbers.randomMap((n, random) => n + random.normal(), { seed: 1 }));
  is<Dataset<readonly [number, boolean]>>()(numbers.randomMap((n, random) => [n, random.next() > 0.5] as const));
  is<Dataset<Tensor<Uint8Array>>>()(images.map(centerCrop(3)));
  const cropped = <D extends Uint8Array | Float32Array>(all: Dataset<Tensor<D>>): Dataset<Tensor<D>> => all.map(centerCrop(3)); // prettier-ignore
  is<Dataset<Tensor<Uint8Array>>>()(cropped(images));
  const inRecords = <T extends { image: Tensor<Uint8Array> }>(all: Dataset<T>): Dataset<T> => all.map(centerCrop(3).on('image')); // prettier-ignore
  is<typeof masked>()(inRecords(masked));
  const slot: (image: Tensor<Uint8Array>) => Tensor<Float32Array> = toFloat32();
  is<Dataset<Tensor<Float32Array>>>()(images.map(slot));
  is<Dataset<Tensor<Uint8Array>>>()(images.randomMap(randomCrop(3), { seed: 1 }));
  is<Dataset<Tensor<Float32Array>>>()(images.map(toFloat32()).map(normalize({ mean: 0, std: 1 })));
  is<Dataset<Tensor<Uint8Array>>>()(images.map(toFloat32()).map(toUint8()));
  is<typeof masked>()(masked.map(centerCrop(3).on('image', 'mask')));
  is<typeof masked>()(masked.randomMap(randomCrop(3).on('image', 'mask')));
  is<Dataset<{ image: Tensor<Float32Array>; mask: Tensor<Uint8Array>; label: number }>>()(
    masked.map(toFloat32().on('image')).map(normalize({ mean: 0, std: 1 }).on('image')),
  );
  is<Dataset<Cat>>()(pets.filter(isCat));
  is<Dataset<Cat | Dog>>()(pets.filter(({ kind }) => kind === 'cat'));
  is<Dataset<string>>()(words.filter(async (word) => word.length > 1, 'Long'));
  is<Dataset<any>>()(anything.filter(({ ok }) => ok));
  is<Dataset<string>>()(words.flatMap((word) => word.split(' ')));
  is<Dataset<number>>()(numbers.flatMap((n) => new Set([n])));
  is<Dataset<number>>()(numbers.flatMap((n) => Dataset.range(n)));
  is<Dataset<number>>()(numbers.flatMap((n) => new Float32Array(n)));
  is<Dataset<[string, number]>>()(numbers.flatMap((n) => new Map([['n', n]])));
  is<Dataset<number>>()(numbers.flatMap(function* (n) { yield n; })); // prettier-ignore
  is<Dataset<string>>()(numbers.flatMap(async (n) => [`${n}`]));
  is<Dataset<string | number>>()(pets.flatMap((pet) => (pet.kind === 'cat' ? [pet.lives] : [pet.name])));
  is<Dataset<string | number>>()(pets.flatMap(async (pet) => (pet.kind === 'cat' ? [pet.lives] : words)));
  is<Dataset<string | number>>()(pets.interleave(({ kind }) => (kind === 'cat' ? numbers : words)));
  is<Dataset<Cat | Dog>>()(pets.flatMap((pet) => [pet, pet]));
  is<Dataset<number>>()(numbers.interleave((n) => Dataset.range(n), { cycleLength: 4, blockLength: 2 }));
  is<Dataset<{ sum: number }>>()(numbers.mapInWorkers<{ sum: number }>('sum.mjs', { threads: 2 }));
  is<Dataset<unknown>>()(numbers.mapInWorkers('sum.mjs'));
  is<Dataset<number>>()(numbers.tap(async (n) => console.log(n)));
  is<Dataset<[index: number, item: string]>>()(words.enumerate({ start: 1 }));

  // On the stream
  is<Dataset<number>>()(numbers.shuffle({ seed: 1, bufferSize: 10, reshuffleEachIteration: false }));
  is<Dataset<number>>()(numbers.take(1).skip(1, 'Rest').repeat(2).repeat().shard(0, 2).prefetch(4).cache().epoch(3));
  is<Dataset<string>>()(words.cache({ folder: 'cache', key: 'words-v1' }));
  is<Dataset<number | string>>()(numbers.map((n): number | string => n).concat(words));
  is<Dataset<Cat>>()(pets.takeWhile(isCat));
  is<Dataset<Cat | Dog>>()(pets.skipWhile(isCat));
  is<Dataset<Cat | Dog>>()(pets.distinct({ key: ({ kind }) => kind }));
  is<Dataset<Map<string, number>>>()(words.scan(() => new Map<string, number>(), (seen, word) => seen.set(word, 1))); // prettier-ignore
  is<Dataset<string>>()(words.sample(0.5, { seed: 2 }).sampleWeighted(async (word) => word.length));
  is<Dataset<number[]>>()(numbers.window(3, { shift: 1, stride: 2 }));
  is<Dataset<(Cat | Dog)[]>>()(pets.window(2));
  is<Dataset<Columns>>()(pets.batch(2));
  is<Dataset<Columns>>()(pets.window(2, { collate: true }));
  is<Dataset<Columns>>()(pets.bucketBy(({ kind }) => kind, { collate: true }));
  is<Dataset<{ kind: 'cat' | 'dog'; lives?: number; name?: string }>>()(pets.batch(2).unbatch());
  is<Dataset<{ pet: Columns; n: number[] }>>()(Dataset.zip({ pet: pets, n: numbers }).batch(2));
  is<Dataset<Columns>>()(Dataset.mix([pets, pets.filter(isCat)]).batch(2));
  is<Dataset<Columns>>()(Dataset.concat(pets, pets.filter(isCat)).batch(2));
  is<Dataset<Columns>>()(pets.split({ all: 1 }).all.batch(2));
  is<Dataset<Columns | null[]>>()(pets.scan<Cat | Dog | null>(null, (last, pet) => last ?? pet).batch(2));
  for await (const batch of tensors(tf, pets.batch(2))) is<number | undefined>()(batch.lives?.rank);
  is<Dataset<{ kind: ('cat' | 'dog')[]; lives: (number | undefined)[]; name: (string | undefined)[] }>>()(pets.batch(2, { ragged: true })); // prettier-ignore
  is<Dataset<(Cat | Dog)[]>>()(pets.bucketBy(({ kind }) => kind, { size: 8 }));
  is<Dataset<{ image: Tensor<Float32Array>; label: string[] }>>()(examples.batch(8, { dropRemainder: true }));
  is<Dataset<{ image: Tensor<Float32Array>; label: string }>>()(examples.batch(8).unbatch());
  is<Dataset<{ x: number[][]; x_mask: number[][] }>>()(words.map((word) => ({ x: [word.length] })).paddedBatch(2, { mask: ['x'] }).map(({ x, x_mask }) => ({ x, x_mask }))); // prettier-ignore
  is<Dataset<string>>()(numbers.through(async function* (items: AsyncIterable<number>) { for await (const n of items) yield `${n}`; })); // prettier-ignore
  is<Dataset<[number, number]>>()(
    numbers.through<[number, number]>(async function* (items, context) {
      let last = 0;
      for await (const n of items) yield context.from([last, (last = n)], context.index);
    }),
  );
  const parts = pets.split({ train: 0.7, validation: 0.2, test: 0.1 }, { seed: 1, stratify: ({ kind }) => kind });
  is<{ train: Dataset<Cat | Dog>; validation: Dataset<Cat | Dog>; test: Dataset<Cat | Dog> }>()(parts);

  // Of several
  is<Dataset<[number, string, Cat | Dog]>>()(Dataset.zip([numbers, words, pets]));
  is<Dataset<{ n: number; pet: Cat | Dog }>>()(Dataset.zip({ n: numbers, pet: pets }, { ends: 'shortest' }));
  is<Dataset<{ n: number | undefined; word: string | undefined }>>()(Dataset.zip({ n: numbers, word: words }, { ends: 'longest' })); // prettier-ignore
  is<Dataset<number[]>>()(Dataset.zip([numbers, numbers]).map((pair): number[] => pair));
  is<Dataset<number>>()(Dataset.concat(numbers, numbers));
  is<Dataset<number>>()(Dataset.interleave([numbers, numbers], { blockLength: 2 }));
  is<Dataset<string>>()(Dataset.mix([words, words], { weights: [1, 2] }));

  // Sources
  is<Dataset<number>>()(Dataset.fromArray(new Float64Array(2)));
  is<Dataset<bigint>>()(Dataset.fromArray(new BigInt64Array(2)));
  is<Dataset<Cat | Dog>>()(Dataset.fromArray<Cat | Dog>([{ kind: 'cat', lives: 9 }]));
  is<Dataset<'a' | 'b'>>()(Dataset.fromArray(['a', 'b'] as const));
  is<Dataset<number>>()(Dataset.range(0, 10, 2, 'Even'));
  is<Dataset<number>>()(Dataset.fromGenerator(async function* () { yield 1; })); // prettier-ignore
  is<Dataset<[string, number]>>()(Dataset.fromGenerator(new Map([['a', 1]])));
  is<Dataset<FileRef>>()(Dataset.fromFolder('photos', { glob: '**/*.jpg', recursive: true }));
  is<ClassFolder[]>()(Dataset.fromClassFolders('photos'));
  is<Dataset<ImageTensor<'uint8'>>>()(Dataset.fromFolder('photos').map(decodeImage));
  is<Dataset<ImageTensor<'uint8'>>>()(words.map(decodeImage, 'Decode'));
  is<Dataset<ImageTensor<'float32'>>>()(Dataset.fromFolder('photos').map((file) => decodeImage(file, { dtype: 'float32' }))); // prettier-ignore
  is<Dataset<string>>()(Dataset.fromTextLines(['a.txt', 'b.txt'], { encoding: 'utf-16le' }));
  is<Dataset<unknown>>()(Dataset.fromJsonLines('a.jsonl'));
  is<Dataset<Cat>>()(Dataset.fromJsonLines<Cat>('a.jsonl'));
  is<Dataset<Dog>>()(Dataset.fromJson<Dog>('a.json', { at: 'rows' }));
  is<Dataset<{ [column: string]: string | number | null }>>()(Dataset.fromCsv('a.csv'));
  is<Dataset<{ name: string; age: number | null; band: string }>>()(
    Dataset.fromCsv<{ name: string; age: number | null }>('a.csv').map((row) => ({ ...row, band: '' })),
  );
  is<Dataset<{ [column: string]: string | null }>>()(Dataset.fromCsv('a.csv', { types: 'text' }));
  is<Dataset<{ id: bigint | null }>>()(Dataset.fromCsv('a.csv', { columns: ['id'], types: { id: 'bigint' } }));
  is<Dataset<{ a: boolean | null; b: string | number | null }>>()(Dataset.fromCsv('a.csv', { header: ['a', 'b'], types: { a: 'boolean' } })); // prettier-ignore
  is<Dataset<{ [column: string]: unknown }>>()(Dataset.fromParquet('a.parquet'));
  is<Dataset<{ score: number }>>()(Dataset.fromArrow<{ score: number }>('a.arrow', { columns: ['score'] }));
  is<Dataset<string>>()(Dataset.fromStream(new ReadableStream<string>()));
  is<Dataset<number>>()(Dataset.fromStream(async () => new NodeWebStream<number>()));
  const bytes: Dataset<Uint8Array> = Dataset.fromStream(() => new Blob(['a']).stream());
  is<Dataset<number>>()(bytes.map(({ length }) => length));
  is<Dataset<unknown>>()(Dataset.fromStream(process.stdin));

  // Sinks
  is<string[]>()(await words.toArray());
  is<number>()(await pets.count());
  is<Map<string, number>>()(await pets.reduce((all, { kind }) => all.set(kind, 1), new Map<string, number>()));
  is<number | null>()(await numbers.reduce<number | null>((most, n) => Math.max(most ?? n, n), null));
  is<void>()(await words.forEach(async (word, index, { signal }) => console.log(word, index, signal.aborted)));
  is<DatasetStatistics>()(await examples.statistics({ channelAxis: 'last' }));
  is<Written>()(await examples.toCsv('a.csv', { columns: ['label'], delimiter: ';' }));
  is<Written>()(
    await examples.toFolder('a', { name: ({ label }, i) => `${label}/${i}.png`, content: ({ image }) => image }),
  );
  is<Written>()(await examples.toParquet('a', { types: { label: 'text', box: { x: ['float32'] } } }));
  is<Written>()(await examples.toWebDataset('a.tar', { key: ({ label }, i) => `${label}/${i}` }));
  is<WrittenFile>()(await provenance.output('a', { uses: [await pets.count()] }));
  const scores = await provenance.step(
    'Fit',
    { uses: [words], parameters: { rate: 0.1, layers: [8] } },
    async (step) => {
      step.metrics({ loss: 1 }, 0);
      is<WrittenFile>()(await step.file('a'));
      is<number | null>()((await step.command('ls', ['a'], { cwd: '.' })).exitCode);
      is<AbortSignal>()(step.signal);
      return new Map<string, number>();
    },
  );
  is<Map<string, number>>()(scores);
  is<number>()(await provenance.step('Count', () => 1));
  is<{ depth: number }>()(provenance.value('Options', { depth: 1 }, { uses: [scores] }));
  is<Written>()(await pets.toJsonLines('pets.jsonl', { onError: 'skip' }));
  for await (const pet of pets) is<Cat | Dog>()(pet);
  for await (const pair of Dataset.zip([numbers, words])) is<[number, string]>()(pair);
  for await (const word of words.iterate({ identifier: 'Words', signal: AbortSignal.timeout(1) })) is<string>()(word);
  for await (const word of words.iterate({ resume: words.iterate().state() })) is<string>()(word);
  for await (const { image, label } of tensors(tf, examples.batch(2)))
    is<[number, number]>()([image.rank, label.rank] as [number, number]);

  // Transforms of columns
  const rows = Dataset.fromArray<{ age: number | null; port?: string; words: string[] }>([]);
  type Row = { age: number | null; port?: string; words: string[] };
  is<Dataset<Row>>()(rows.map(await standardScaler('age').fit(rows)));
  is<Dataset<Row>>()(rows.map(await minMaxScaler(['age']).fit(rows)));
  is<Dataset<Row>>()(rows.map(await robustScaler('age').fit(rows)));
  is<Dataset<Row>>()(rows.map(await kBinsDiscretizer('age').fit(rows)));
  is<Dataset<{ age: number; port?: string; words: string[] }>>()(rows.map(await simpleImputer('age').fit(rows)));
  is<Dataset<{ age: number | null; port?: number; words: string[] }>>()(
    rows.map(await ordinalEncoder('port').fit(rows)),
  );
  is<Dataset<{ age: number | null; port?: Tensor<Float32Array>; words: string[] }>>()(
    rows.map(await oneHotEncoder('port').fit(rows)),
  );
  is<Dataset<{ age: number | null; port?: string; words: number[] }>>()(rows.map(await vocabulary('words').fit(rows)));
  is<Dataset<{ age: number; city: number }>>()(
    Dataset.fromArray([{ age: 1, city: 'Kyoto' }]).map(hashEncoder('city', { bins: 8 })),
  );
  is<Dataset<{ port?: string; age: number | null }>>()(rows.map(selectColumns(['port', 'age'])));
  is<Dataset<{ age: number | null }>>()(rows.map(dropColumns(['port', 'words'])));
  is<Dataset<{ years: number | null; port?: string; words: string[] }>>()(rows.map(renameColumns({ age: 'years' })));
  const table = Dataset.fromCsv('table.csv');
  is<number | null>()((await table.map(await standardScaler('age').fit(table)).toArray())[0]!.age);
  const { center, scale } = (await standardScaler('age').fit(rows)).learned.age;
  is<[number, number]>()([center, scale] as [number, number]);

  // The record, and what datasets may stand for
  is<ProvenanceDocument>()(merge(provenance.document(), readDocument('a.json'), parseDocument('{}')));
  is<Cat | Dog>()(null as unknown as ItemOf<typeof pets>);
  const general: Dataset<number | string> = numbers;
  const readonlyItems: Dataset<{ readonly x: number }> = numbers.map((x) => ({ x }));
  const iterable: AsyncIterable<Cat | Dog> = pets.filter(isCat);
  const failed: unknown = await general
    .concat(words)
    .count()
    .catch((error: unknown) => error);
  if (failed instanceof PipelineError) is<string>()(failed.label);
  void [readonlyItems, iterable];
}
