/** What TypeScript has to refuse, each with its reason; compiled by each compiler, never run. */
import {
  centerCrop,
  Dataset,
  decodeImage,
  dropColumns,
  merge,
  normalize,
  randomCrop,
  renameColumns,
  resize,
  selectColumns,
  standardScaler,
  tensors,
  type Tensor,
  toFloat32,
} from 'stemma';

type Cat = { kind: 'cat'; lives: number };
type Dog = { kind: 'dog'; name: string };

declare const numbers: Dataset<number>;
declare const words: Dataset<string>;
declare const unions: Dataset<{ kind: 'a'; a: number[] } | { kind: 'b'; b: string }>;
declare const pets: Dataset<Cat | Dog>;
declare const images: Dataset<Tensor<Uint8Array>>;
declare const records: Dataset<{ image: Tensor<Float32Array>; tokens: number[]; tags: string[]; label: number }>;

export const refused = async (): Promise<unknown[]> => [
  // @ts-expect-error: there is no such column
  standardScaler('weight').fit(records),
  // @ts-expect-error: one of the columns is not there
  standardScaler(['label', 'weight']).fit(records),
  // @ts-expect-error: there is no such column
  records.map(selectColumns('weight')),
  // @ts-expect-error: there is no such column
  records.map(dropColumns(['label', 'weight'])),
  // @ts-expect-error: there is no such column
  records.map(renameColumns({ weight: 'kg' })),
  // @ts-expect-error: it is gone
  records.map(dropColumns('label')).map(({ label }) => label),
  // @ts-expect-error: the items have no columns
  standardScaler('label').fit(numbers),
  // @ts-expect-error: it has to be fitted first
  records.map(standardScaler('label')),
  // @ts-expect-error: a promise of a transform
  records.map(standardScaler('label').fit(records)),
  // @ts-expect-error: fitted on another table
  numbers.map(await standardScaler('label').fit(records)),
  // @ts-expect-error: the items are numbers
  numbers.map((n: string) => n),
  // @ts-expect-error: there is no such field
  records.map(({ labels }) => labels),
  // @ts-expect-error: positional options
  numbers.shuffle(100),
  // @ts-expect-error: positional options
  numbers.batch(2, true),
  // @ts-expect-error: positional options
  numbers.window(3, 1),
  // @ts-expect-error: no such option
  numbers.batch(2, { dropRemaider: true }),
  // @ts-expect-error: no such option
  numbers.shuffle({ buffer: 3 }),
  // @ts-expect-error: no such option
  numbers.take(1, { verbose: true }),
  // @ts-expect-error: not true or false
  numbers.batch(2, { ragged: 'yes' }),
  // @ts-expect-error: neither throws, skips nor decides
  numbers.map((n) => n, { onError: 'ignore' }),
  // @ts-expect-error: of different items
  numbers.concat(words),
  // @ts-expect-error: the items are texts
  words.takeWhile((word) => word < 3 && word.toFixed()),
  // @ts-expect-error: a number is no predicate
  numbers.skipWhile(3),
  // @ts-expect-error: there is no such field
  records.distinct({ key: ({ labels }) => labels }),
  // @ts-expect-error: a key is a function
  records.distinct({ key: 'label' }),
  // @ts-expect-error: a string is not a number
  Dataset.range(0, 5, '1', {}),
  // @ts-expect-error: the state is a number
  numbers.scan(0, (sum, n) => `${sum}${n}`),
  // @ts-expect-error: nothing to begin with
  numbers.scan((sum: number, n: number) => sum + n),
  // @ts-expect-error: calls follow each other
  numbers.scan(0, (sum, n) => sum + n, { concurrency: 2 }),
  // @ts-expect-error: the size is missing
  numbers.batch(),
  // @ts-expect-error: numbers have no fields
  numbers.batch(2).map((batch) => batch.label),
  // @ts-expect-error: a list, not a number
  numbers.batch(2).map((batch) => batch.toFixed()),
  // @ts-expect-error: none of the kinds has such a field
  unions.batch(2).map(({ c }) => c),
  // @ts-expect-error: a batch of the other kind would lack the field
  unions.paddedBatch(2, { mask: ['a'] }),
  // @ts-expect-error: neither kind of what the function returns can be iterated
  unions.flatMap((one) => ('a' in one ? 1 : 2)),
  // @ts-expect-error: one of the kinds cannot be iterated
  unions.interleave((one) => ('a' in one ? one.a : 2)),
  // @ts-expect-error: a stacked tensor is not a list
  records.batch(2).map(({ image }) => image.map((one: unknown) => one)),
  // @ts-expect-error: where tensors differ it is a list
  records.batch(2, { ragged: true }).map(({ image }) => image.shape),
  // @ts-expect-error: numbers are no batches
  numbers.unbatch(),
  // @ts-expect-error: texts are no batches
  words.unbatch('Rows'),
  // @ts-expect-error: a column is not a batch
  numbers.map((n) => ({ n })).unbatch(),
  // @ts-expect-error: a map is not a batch
  numbers.map(() => new Map<string, number>()).unbatch(),
  // @ts-expect-error: no such field
  records.paddedBatch(2, { value: { token: -1 } }),
  // @ts-expect-error: no such field
  records.paddedBatch(2, { shape: { token: [3] } }),
  // @ts-expect-error: scalars have no shape
  records.paddedBatch(2, { shape: { label: [3] } }),
  // @ts-expect-error: scalars have no shape
  numbers.paddedBatch(2, { shape: [3] }),
  // @ts-expect-error: tags are texts
  records.paddedBatch(2, { value: { tags: 0 } }),
  // @ts-expect-error: tokens are numbers
  records.paddedBatch(2, { value: { tokens: '' } }),
  // @ts-expect-error: no such field
  records.paddedBatch(2, { mask: ['token'] }),
  // @ts-expect-error: no such side
  records.paddedBatch(2, { side: 'end' }),
  // @ts-expect-error: no mask was asked for
  records.paddedBatch(2).map(({ tokens_mask }) => tokens_mask),
  // @ts-expect-error: a label has no mask
  records.paddedBatch(2, { mask: true }).map(({ label_mask }) => label_mask),
  // @ts-expect-error: a string is not a list
  Dataset.fromArray('xy'),
  // @ts-expect-error: a text is no generator
  Dataset.fromGenerator('xy'),
  // @ts-expect-error: a function that returns a text makes no dataset
  Dataset.fromGenerator(() => 'xy'),
  // @ts-expect-error: a text does not come apart
  words.flatMap((word) => word),
  // @ts-expect-error: a number does not come apart
  numbers.flatMap((n) => n),
  // @ts-expect-error: a number does not come apart
  numbers.interleave((n) => n),
  // @ts-expect-error: the length of the cycle has a name
  numbers.interleave((n) => [n], 2),
  // @ts-expect-error: lists are no keys
  numbers.bucketBy((n) => [n]),
  // @ts-expect-error: a weight is a number
  numbers.sampleWeighted((n) => n > 1),
  // @ts-expect-error: a list is no dataset
  Dataset.zip([numbers, [1]]),
  // @ts-expect-error: datasets do not nest
  Dataset.zip({ a: numbers, b: { c: words } }),
  // @ts-expect-error: nothing to zip
  Dataset.zip([]),
  // @ts-expect-error: a list is no dataset
  Dataset.interleave([numbers, [1]]),
  // @ts-expect-error: there is no such part
  numbers.split({ train: 0.8 }).test,
  // @ts-expect-error: nothing to begin with
  numbers.reduce((sum, n) => sum + n),
  // @ts-expect-error: not what the function returns
  numbers.reduce((sum) => `${sum}`, 0),
  // @ts-expect-error: the controller's signal is meant
  numbers.count({ signal: new AbortController() }),
  // @ts-expect-error: there is no such column
  numbers.map((n) => ({ n })).toCsv('a.csv', { columns: ['m'] }),
  // @ts-expect-error: sinks use nothing
  numbers.toArray({ uses: [] }),
  // @ts-expect-error: of the library's own
  numbers.node,
  // @ts-expect-error: datasets are made by the sources
  new Dataset<number>(),
  // @ts-expect-error: not of these items
  ((): Dataset<string> => numbers)(),
  // @ts-expect-error: more general items are not special ones
  ((): Dataset<number> => numbers as Dataset<number | string>)(),
  // @ts-expect-error: no such layout
  decodeImage('a.png', { layout: 'NHWC' }),
  // @ts-expect-error: no copy of TensorFlow.js
  tensors({}, numbers.batch(2)),
  // @ts-expect-error: a text is no count
  numbers.take('3'),
  // @ts-expect-error: a shard has an index and a count
  numbers.shard(1),
  // @ts-expect-error: parts are numbers
  numbers.split({ train: '80 %' }),
  // @ts-expect-error: there is no such field
  records.split({ train: 1 }, { stratify: ({ labels }) => labels }),
  // @ts-expect-error: a tensor is no key
  records.split({ train: 1 }, { groupBy: ({ image }) => image }),
  // @ts-expect-error: a share, not an option
  numbers.sample({ share: 0.5 }),
  // @ts-expect-error: a folder, not a file
  numbers.cache({ file: 'cache' }),
  // @ts-expect-error: an epoch has a number
  numbers.epoch(),
  // @ts-expect-error: how many to prefetch is not optional
  numbers.prefetch(),
  // @ts-expect-error: an option of windows
  numbers.batch(2, { shift: 1 }),
  // @ts-expect-error: an option of batches
  numbers.window(2, { ragged: true }),
  // @ts-expect-error: a window of numbers has no fields
  numbers.window(2).map(({ label }) => label),
  // @ts-expect-error: a batch of dogs has no lives
  pets.batch(2).map(({ lives }) => lives.length),
  // @ts-expect-error: an item of a union is not yet one of its members
  pets.map(({ lives }) => lives),
  // @ts-expect-error: a predicate that tells cats apart says nothing about texts
  words.filter((word): word is Cat => word.length > 1),
  // @ts-expect-error: the generator is the second argument
  numbers.randomMap((random) => random.next()),
  // @ts-expect-error: it draws random numbers, which randomMap passes
  images.map(randomCrop(3)),
  // @ts-expect-error: it draws random numbers
  records.map(randomCrop(3).on('image')),
  // @ts-expect-error: it draws none
  images.randomMap(centerCrop(3)),
  // @ts-expect-error: it draws none
  records.randomMap(centerCrop(3).on('image')),
  // @ts-expect-error: there is no such type
  Dataset.fromCsv('a.csv', { types: { id: 'int' } }),
  // @ts-expect-error: there is no such dtype
  images.map((image) => decodeImage(image.data, { dtype: 'float64' })),
  // @ts-expect-error: floats are normalized
  images.map(normalize({ mean: 0, std: 1 })),
  // @ts-expect-error: the items are records
  records.map(centerCrop(3)),
  // @ts-expect-error: there is no such field
  records.map(centerCrop(3).on('picture')),
  // @ts-expect-error: that field is no image
  records.map(centerCrop(3).on('label')),
  // @ts-expect-error: which field
  records.map(centerCrop(3).on()),
  // @ts-expect-error: neither uint8 nor float32
  toFloat32()({ data: new Float64Array(1), shape: [1, 1, 1] }),
  // @ts-expect-error: a size is a number, or height and width
  centerCrop('224'),
  // @ts-expect-error: no such mode
  resize({ width: 2, height: 2, mode: 'contain' }),
  // @ts-expect-error: a module, not a function, runs in workers
  numbers.mapInWorkers((n: number) => n),
  // @ts-expect-error: the items are numbers
  numbers.through(async function* (items: AsyncIterable<string>) { yield* items; }), // prettier-ignore
  // @ts-expect-error: a list does not take the place of a stream function
  numbers.through([1, 2]),
  // @ts-expect-error: ends have names
  Dataset.zip([numbers, words], { ends: true }),
  // @ts-expect-error: the longest may lack items
  Dataset.zip([numbers, words], { ends: 'longest' }).map(([n]) => n.toFixed()),
  // @ts-expect-error: a weight for each, as numbers
  Dataset.mix([numbers, numbers], { weights: ['1', '2'] }),
  // @ts-expect-error: datasets are given as a list
  Dataset.mix(numbers, numbers),
  // @ts-expect-error: datasets are given one after the other
  Dataset.concat([numbers, numbers]),
  // @ts-expect-error: no such type of a column
  Dataset.fromCsv('a.csv', { types: { age: 'integer' } }),
  // @ts-expect-error: only these columns are read
  Dataset.fromCsv('a.csv', { columns: ['age'] }).map(({ name }) => name),
  // @ts-expect-error: a field may be empty
  Dataset.fromCsv('a.csv', { types: { age: 'number' } }).map(({ age }) => age + 1),
  // @ts-expect-error: nothing is known of the values
  Dataset.fromJsonLines('a.jsonl').map(({ label }) => label),
  // @ts-expect-error: a folder, not a list of files
  Dataset.fromFolder(['a.png']),
  // @ts-expect-error: a promise of a stream is read before it is made
  Dataset.fromStream(Promise.resolve(process.stdin)),
  // @ts-expect-error: the items are numbers
  numbers.forEach((n: string) => console.log(n)),
  // @ts-expect-error: a promise, not a number
  (): number => numbers.count(),
  // @ts-expect-error: a length may be unknown
  numbers.length.items,
  // @ts-expect-error: a string is not a document
  merge('a.json', 'b.json'),
  // @ts-expect-error: possibly null
  (await records.statistics()).fields.label!.numbers.mean,
];
