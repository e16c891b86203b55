import type { Node } from '../graph/node';
import type { Options } from '../graph/operation-options';
import { concat } from '../operators/concat';
import { interleave, type InterleaveOptions } from '../operators/interleave/interleave';
import { mix, type MixOptions } from '../operators/mix';
import { zip, type ZipOptions } from '../operators/zip/zip';
import { fromArray } from '../sources/from-array';
import { fromArrow } from '../sources/from-arrow';
import { classFolders } from '../sources/from-class-folders';
import type { CsvOptions, CsvTypes } from '../sources/csv/csv-options';
import type { CsvRow } from '../sources/csv/csv-row';
import { fromCsv } from '../sources/from-csv';
import { type FileRef, FOLDER_OPTIONS, type FolderOptions, fromFolder, listedFolder } from '../sources/from-folder';
import { fromGenerator, type Iterating } from '../sources/from-generator';
import { fromJson, type JsonOptions } from '../sources/from-json';
import { fromJsonLines, type JsonLinesOptions } from '../sources/from-json-lines';
import { type ColumnarOptions, fromParquet } from '../sources/from-parquet';
import { fromStream, type Streaming } from '../sources/from-stream';
import { fromTextLines, type TextOptions } from '../sources/from-text-lines';
import type { Files } from '../sources/files/files';
import { range, type RangeArguments } from '../sources/range';
import { checkOptions, type OptionTypes } from '../util/options';
import { type ConcatArguments, concatArguments } from './concat-arguments';
import { DATASET, isDataset } from './is-dataset';
import { nodesOf } from './nodes-of';
import { StreamOperations } from './stream-operations';

/** One class of a folder of class folders. */
export interface ClassFolder {
  /** The name of the folder. */
  label: string;
  dataset: Dataset<FileRef>;
}

/** The options of `Dataset.fromClassFolders`. */
export interface ClassFolderOptions extends Omit<FolderOptions, 'identifier'> {
  /** The identifier of each class's source. Default: `Load class <label>`. */
  identifier?: (label: string) => string;
}

const CLASS_FOLDER_OPTIONS: OptionTypes<ClassFolderOptions> = { ...FOLDER_OPTIONS, identifier: 'function' };

/** The type error for a list of datasets that is known to be empty. */
type AtLeastOne<D> = D extends readonly [] ? 'at least one dataset is needed' : unknown;

/** The item of a dataset. */
export type ItemOf<D> = D extends Dataset<infer T> ? T : never;

/**
 * An immutable description of a stream of items of type `T`, in the style of tf.data.
 *
 * Operations chain and return new datasets. Nothing runs until a sink pulls items: `for await`, `forEach`, `toArray`,
 * `reduce`, `count`, `statistics`. Iterating twice makes two runs of one graph. Each operation takes options as its
 * last argument, or just a string: its identifier in the graph.
 *
 * @example
 * const evens = Dataset.range(10).filter((n) => n % 2 === 0, 'Even').map((n) => n * n, 'Square');
 * await evens.toArray(); // [0, 4, 16, 36, 64]
 */
export class Dataset<out T> extends StreamOperations<T> {
  /** @internal Marks datasets of any copy of the library. */
  readonly [DATASET] = true;

  /** @internal */
  protected override derive<U>(node: Node): Dataset<U> {
    return new Dataset(node);
  }

  /**
   * Emits the elements of an array or typed array, in order. The array is copied: later changes to it have no effect.
   *
   * @example
   * await Dataset.fromArray(['a', 'b']).toArray(); // ['a', 'b']
   */
  static fromArray<T>(items: ArrayLike<T> & object, options?: Options): Dataset<T> {
    return new Dataset(fromArray(items, options));
  }

  /**
   * Emits the numbers from `start` (default 0) up to but excluding `stop`, like Python's `range`, or down to it with a
   * negative `step`. Empty if `stop` lies in the other direction. Number `i` is `start + i * step`, so fractional steps
   * do not drift.
   *
   * @throws if the only number is not a count, if the step is 0, or if a number is not finite.
   * @example
   * await Dataset.range(3).toArray(); // [0, 1, 2]
   * await Dataset.range(2, 5).toArray(); // [2, 3, 4]
   * await Dataset.range(10, 0, -4, 'Countdown').toArray(); // [10, 6, 2]
   * await Dataset.range(0, 1, 0.25).toArray(); // [0, 0.25, 0.5, 0.75]
   */
  static range(stop: number, options?: Options): Dataset<number>;
  static range(start: number, stop: number, options?: Options): Dataset<number>;
  static range(start: number, stop: number, step: number, options?: Options): Dataset<number>;
  static range(...given: RangeArguments): Dataset<number> {
    return new Dataset(range(given));
  }

  /**
   * Emits what a generator function, synchronous or asynchronous, yields. It is called once per run, and may also
   * return an iterable or a promise of one. An iterable may be given instead of a function. An iterator that can be
   * read only once fails in the second run.
   *
   * @example
   * const ds = Dataset.fromGenerator(function* () { yield 1; yield 2; });
   * await ds.toArray(); // [1, 2]
   */
  static fromGenerator<T>(source: Iterating<T>, options?: Options): Dataset<T> {
    return new Dataset(fromGenerator(source, options));
  }

  /**
   * Emits the files of a folder, sorted by path, as references `{ path, name, size }`. The folder is listed when the
   * dataset is declared. Links are followed; hidden files are left out unless `hidden` is true. Entries that cannot be
   * read, such as broken links, are left out with a warning in the record.
   *
   * @throws if the folder cannot be listed, or has no such file (see `allowEmpty`).
   * @example
   * // photos/cat/1.jpg: …
   * // photos/dog/2.jpg: …
   * const files = await Dataset.fromFolder('photos', { glob: '{cat,dog}/*.jpg' }).toArray();
   * files.map((file) => file.name); // ['1.jpg', '2.jpg']
   */
  static fromFolder(folder: string, options?: Options<FolderOptions>): Dataset<FileRef> {
    return new Dataset(fromFolder(folder, options));
  }

  /**
   * Returns one source for each folder in a folder, the layout that image data sets often have for their classes.
   * Sorted by name, numbers by value. Links to folders are followed.
   *
   * @throws if there are none, if one has no files (see `allowEmpty`), or if a link is broken.
   * @example
   * // photos/cat/1.jpg: …
   * // photos/dog/2.jpg: …
   * const classes = Dataset.fromClassFolders('photos');
   * classes.map(({ label }) => label); // ['cat', 'dog']
   * await classes[1]!.dataset.count(); // 1
   */
  static fromClassFolders(folder: string, options: ClassFolderOptions = {}): ClassFolder[] {
    checkOptions(options, 'fromClassFolders', CLASS_FOLDER_OPTIONS);
    const { identifier = (label: string) => `Load class ${label}`, ...rest } = options;
    const classes = classFolders(folder, rest.hidden).map(({ label, path }) => ({
      label,
      declare: listedFolder(path, { ...rest, identifier: identifier(label) }),
    }));
    return classes.map(({ label, declare }) => ({ label, dataset: new Dataset(declare()) }));
  }

  /**
   * Emits the lines of a text file, read as a stream. Lines end with `\n`, `\r\n` or `\r`. The text is UTF-8, UTF-16
   * with a byte order mark, or in the given `encoding`; gzip is unpacked. Several files, as a list or a pattern, are
   * one source.
   *
   * @throws if there is no such file; in the run, if the bytes are invalid in the encoding, with the line and the
   *   offset. `onError: 'skip'` leaves such lines out.
   * @example
   * // poem.txt: one\ntwo
   * await Dataset.fromTextLines('poem.txt').toArray(); // ['one', 'two']
   */
  static fromTextLines(files: Files, options?: Options<TextOptions>): Dataset<string> {
    return new Dataset(fromTextLines(files, options));
  }

  /**
   * Emits the values of a file with one JSON value per line (JSON Lines), read as a stream. Encodings, gzip and several
   * files are as in `fromTextLines`.
   *
   * @throws if there is no such file; in the run, with the line number, if a line is not valid JSON, has a duplicate
   *   key, or a number that a float cannot hold exactly (see `inexactNumbers`). `onError: 'skip'` leaves such lines
   *   out.
   * @example
   * // rows.jsonl: {"a":1}\n{"a":2}
   * await Dataset.fromJsonLines('rows.jsonl').toArray(); // [{ a: 1 }, { a: 2 }]
   */
  static fromJsonLines<T = unknown>(files: Files, options?: Options<JsonLinesOptions>): Dataset<T> {
    return new Dataset(fromJsonLines(files, options));
  }

  /**
   * Emits the elements of a JSON array: the whole file, or its field `at`. The file is held in memory. Refuses what
   * `fromJsonLines` refuses.
   *
   * @throws if there is no such file; in the run, if it is not valid JSON or has no array there.
   * @example
   * // films.json: { "rows": [{ "title": "M" }, { "title": "Z" }] }
   * await Dataset.fromJson('films.json', { at: 'rows' }).toArray(); // [{ title: 'M' }, { title: 'Z' }]
   */
  static fromJson<T = unknown>(files: Files, options?: Options<JsonOptions>): Dataset<T> {
    return new Dataset(fromJson(files, options));
  }

  /**
   * Emits the rows of a CSV file as records, read as a stream. Give the `types` of the columns, or let them be
   * inferred: a column holds numbers if its fields in the first 4,000 rows are all numbers, else text. Empty fields are
   * null. Encodings, gzip and several files are as in `fromTextLines`; files named `.tsv` are split at tabs.
   *
   * @throws if there is no such file; in the run, with the file and the line, if a row has too many or too few fields,
   *   if two columns have the same name, or if a field does not have its column's type. `onError: 'skip'` leaves such
   *   rows out.
   * @example
   * // people.csv: name,age\nAda,36\nAlan,
   * await Dataset.fromCsv('people.csv').toArray(); // [{ name: 'Ada', age: 36 }, { name: 'Alan', age: null }]
   * await Dataset.fromCsv('people.csv', { types: { age: 'text' }, columns: ['age'] }).toArray(); // [{ age: '36' }, { age: null }]
   */
  static fromCsv<Header extends string, Columns extends string, Types extends CsvTypes = 'infer'>(
    files: Files,
    options: CsvOptions<Header, Columns, Types>,
  ): Dataset<CsvRow<Header, Columns, Types>>;
  static fromCsv<T = CsvRow>(files: Files, options?: Options<CsvOptions>): Dataset<T>;
  static fromCsv(files: Files, options?: Options<CsvOptions>): Dataset<unknown> {
    return new Dataset(fromCsv(files, options));
  }

  /**
   * Emits the rows of a Parquet file as records, with one row group in memory at a time. Values are exact: binary
   * values are a Uint8Array, 64-bit integers are bigints, decimals are strings. Several files, as a list or a pattern,
   * are one source and must have the same schema. Needs the package `hyparquet`, and `hyparquet-compressors` for some
   * compressions.
   *
   * @throws if there is no such file, or if the package is missing; in the run, if the file is incomplete or lacks a
   *   column, or, with its column and row, if a value cannot be held exactly.
   * @example
   * await Dataset.fromParquet('scores.parquet', { columns: ['score'] }).take(1).toArray(); // [{ score: 0.5 }]
   */
  static fromParquet<T = { [column: string]: unknown }>(files: Files, options?: Options<ColumnarOptions>): Dataset<T> {
    return new Dataset(fromParquet(files, options));
  }

  /**
   * Emits the rows of a file or stream in the Arrow IPC format (Feather version 2) as records, with one record batch in
   * memory at a time. Values and several files are as in `fromParquet`. Needs the package `apache-arrow`, and
   * `lz4-napi` for files compressed with LZ4.
   *
   * @throws if there is no such file, or if the package is missing; in the run, if the file is incomplete or lacks a
   *   column, or, with its column and rows, if a value cannot be held exactly.
   * @example
   * await Dataset.fromArrow('scores.arrow').toArray(); // [{ name: 'a', score: 0.5 }, { name: 'b', score: 1.5 }]
   */
  static fromArrow<T = { [column: string]: unknown }>(files: Files, options?: Options<ColumnarOptions>): Dataset<T> {
    return new Dataset(fromArrow(files, options));
  }

  /**
   * Emits the chunks or objects of a Node or web stream. A stream can be read only once; give a function that opens it,
   * synchronously or asynchronously, to run the dataset again. The run fails if the stream fails, is closed before its
   * end, or had ended before the run.
   *
   * @example
   * await Dataset.fromStream(() => new Blob(['ab']).stream()).map((bytes) => bytes.length).toArray(); // [2]
   */
  static fromStream<T>(source: Streaming<T>, options?: Options): Dataset<T> {
    return new Dataset(fromStream(source, options));
  }

  /**
   * Emits the items of one dataset after the other. Options, if any, come last.
   *
   * @example
   * await Dataset.concat(Dataset.range(2), Dataset.range(2), 'Both').toArray(); // [0, 1, 0, 1]
   */
  static concat<T>(...datasets: ConcatArguments<T>): Dataset<T> {
    const [nodes, options] = concatArguments(datasets);
    if (nodes.length === 0)
      throw new TypeError(
        'invalid datasets of concat: expected at least one, got none (did a list or a glob find nothing?)',
      );
    return new Dataset(concat(nodes, options));
  }

  /**
   * Combines one item of each dataset: lists of items, or records if the datasets are given by name. Datasets of
   * different lengths are an error unless `ends` says otherwise. An infinite one, such as `Dataset.range(9).repeat()`,
   * may be zipped with finite ones.
   *
   * @throws if they are known to have different lengths; else in the run.
   * @example
   * const [letters, numbers] = [Dataset.fromArray(['a', 'b']), Dataset.range(2)];
   * await Dataset.zip([letters, numbers]).toArray(); // [['a', 0], ['b', 1]]
   * await Dataset.zip({ letter: letters, n: numbers }).toArray(); // [{ letter: 'a', n: 0 }, { letter: 'b', n: 1 }]
   * await Dataset.zip([letters, Dataset.range(9)], { ends: 'shortest' }).count(); // 2
   */
  static zip<D extends readonly Dataset<unknown>[] | []>(
    datasets: D & AtLeastOne<D>,
    options: ZipOptions & { ends: 'longest' },
  ): Dataset<{ -readonly [i in keyof D]: ItemOf<D[i]> | undefined }>;
  static zip<D extends { readonly [name: string]: Dataset<unknown> }>(
    datasets: D,
    options: ZipOptions & { ends: 'longest' },
  ): Dataset<{ -readonly [name in keyof D]: ItemOf<D[name]> | undefined }>;
  static zip<D extends readonly Dataset<unknown>[] | []>(
    datasets: D & AtLeastOne<D>,
    options?: Options<ZipOptions>,
  ): Dataset<{ -readonly [i in keyof D]: ItemOf<D[i]> }>;
  static zip<D extends { readonly [name: string]: Dataset<unknown> }>(
    datasets: D,
    options?: Options<ZipOptions>,
  ): Dataset<{ -readonly [name in keyof D]: ItemOf<D[name]> }>;
  static zip(
    datasets: readonly Dataset<unknown>[] | { readonly [name: string]: Dataset<unknown> },
    options?: Options<ZipOptions>,
  ): unknown {
    const nodes = nodesOf(datasets, 'zip', 'list or record');
    return new Dataset(zip(nodes, Array.isArray(datasets) ? null : Object.keys(datasets), options));
  }

  /**
   * Takes `blockLength` items from each dataset in turn until all have ended.
   *
   * @example
   * await Dataset.interleave([Dataset.fromArray(['a', 'b']), Dataset.fromArray(['x'])]).toArray(); // ['a', 'x', 'b']
   */
  static interleave<T>(datasets: readonly Dataset<T>[], options?: Options<InterleaveOptions>): Dataset<T> {
    return new Dataset(interleave(nodesOf(datasets, 'interleave'), options));
  }

  /**
   * Draws each item from one of several datasets, chosen at random by its weight.
   *
   * @example
   * const [rare, common] = [Dataset.range(10), Dataset.range(90)];
   * await Dataset.mix([rare, common], { weights: [1, 9], seed: 3 }).count(); // 100
   */
  static mix<T>(datasets: readonly Dataset<T>[], options?: Options<MixOptions>): Dataset<T> {
    return new Dataset(mix(nodesOf(datasets, 'mix'), options));
  }

  /**
   * Returns whether `value` is a dataset, of this or of another copy of the library.
   *
   * @example
   * Dataset.isDataset(Dataset.range(3)); // true
   */
  static isDataset(value: unknown): value is Dataset<unknown> {
    return isDataset(value);
  }
}
