import type { Options } from '../graph/operation-options';
import { toArrow } from '../sinks/files/columnar/to-arrow';
import { toParquet, type ToColumnsOptions } from '../sinks/files/columnar/to-parquet';
import { toCsv, type ToCsvOptions } from '../sinks/files/to-csv';
import { toFolder, type ToFolderOptions } from '../sinks/files/to-folder';
import { toTfRecord } from '../sinks/files/tf-record/to-tf-record';
import { toWebDataset, type ToWebDatasetOptions } from '../sinks/files/web-dataset/to-web-dataset';
import { toJsonLines } from '../sinks/files/to-json-lines';
import type { WriteOptions, Written } from '../sinks/files/write-file';
import { Consumable } from './consumable';

/** The sinks that write files. */
export abstract class Writable<out T> extends Consumable<T> {
  /**
   * Writes a file with one JSON value in each line (JSONL), packed if its name ends in `.gz`. A file of that name is
   * replaced once the new one is whole. Every digit is kept; a Date is a text, a typed array a list.
   *
   * @throws PipelineError on an item that JSON cannot hold, such as NaN or a Map, with its field, unless `onError`
   * leaves it out; if the file cannot be written.
   * @example
   * const { items, bytes } = await Dataset.fromArray([{ n: 1 }, { n: 2 }]).toJsonLines('numbers.jsonl');
   * [items, bytes]; // [2, 16]
   * await Dataset.fromJsonLines('numbers.jsonl').toArray(); // [{ n: 1 }, { n: 2 }]
   */
  toJsonLines(path: string, options?: Options<WriteOptions>): Promise<Written> {
    return toJsonLines(this.node, path, options);
  }

  /**
   * Writes records as a CSV file with a header line, packed if its name ends in `.gz`; between tabs if it is called
   * `.tsv`. Its columns are the fields of the first record, or the given `columns`; missing fields and null are empty.
   * A file of that name is replaced once the new one is whole.
   *
   * @throws PipelineError on a record with a field that the first one lacks, or with a list or another value that CSV
   * cannot hold, unless `onError` leaves it out; if the file cannot be written.
   * @example
   * await Dataset.fromArray([{ name: 'Ada', age: 36 }, { name: 'Alan' }]).toCsv('people.csv');
   * await Dataset.fromTextLines('people.csv').toArray(); // ['name,age', 'Ada,36', 'Alan,']
   */
  toCsv(path: string, options?: Options<ToCsvOptions<T>>): Promise<Written> {
    return toCsv(this.node, path, options as Options<ToCsvOptions<unknown>>);
  }

  /**
   * Writes records as a Parquet file, 100,000 rows or 32 MB at a time, compressed with Snappy. The types of its columns
   * are found out from the first group of rows, or given; lists and records may be nested. Needs the package
   * `hyparquet-writer`.
   *
   * @throws PipelineError on an item whose field its column cannot hold, unless `onError` leaves it out; if the package
   * is missing, or the file cannot be written.
   * @example
   * const rows = Dataset.fromArray([{ id: 1n, tags: ['a'] }, { id: 2n, tags: [] }]);
   * await rows.toParquet('tags.parquet');
   * await Dataset.fromParquet('tags.parquet').toArray(); // [{ id: 1n, tags: ['a'] }, { id: 2n, tags: [] }]
   */
  toParquet(path: string, options?: Options<ToColumnsOptions>): Promise<Written> {
    return toParquet(this.node, path, options);
  }

  /**
   * Writes records as an Arrow IPC file (Feather version 2), as `toParquet` writes its own. Needs the package
   * `apache-arrow`.
   *
   * @throws as `toParquet`.
   * @example
   * await Dataset.range(3).map((n) => ({ n, half: n / 2 })).toArrow('halves.arrow', { types: { half: 'float32' } });
   * await Dataset.fromArrow('halves.arrow').skip(1).toArray(); // [{ n: 1, half: 0.5 }, { n: 2, half: 1 }]
   */
  toArrow(path: string, options?: Options<ToColumnsOptions>): Promise<Written> {
    return toArrow(this.node, path, options);
  }

  /**
   * Writes records as a TFRecord file of `tf.train.Example`s, packed if its name ends in `.gz`. Texts and bytes are
   * bytes lists; whole numbers, bigints and booleans int64 lists; other numbers float lists, of 32 bits. Records in
   * records are taken apart, `image/data` and `image/shape`.
   *
   * @throws PipelineError on an item whose field an Example cannot hold, unless `onError` leaves it out; if the file
   *   cannot be written.
   * @example
   * const images = Dataset.fromArray([{ label: 3, image: { data: new Uint8Array(4), shape: [1, 2, 2] } }]);
   * (await images.toTfRecord('images.tfrecord')).items; // 1
   */
  toTfRecord(path: string, options?: Options<ToColumnsOptions>): Promise<Written> {
    return toTfRecord(this.node, path, options);
  }

  /**
   * Writes samples into a tar archive, as the library webdataset reads it: records whose fields are called by what they
   * hold, such as `{ jpg, cls, json }`. A name with `%06d` in it stands for several archives, of `maxItems` samples or
   * `maxBytes` bytes each.
   *
   * @throws PipelineError on an item that is no sample, unless `onError` leaves it out; if there are archives of that
   * pattern already (see `overwrite`), or one cannot be written.
   * @example
   * const image = { data: new Uint8Array(12), shape: [3, 2, 2] };
   * const samples = Dataset.range(5).map((n) => ({ png: image, cls: n % 2, json: { n } }));
   * (await samples.toWebDataset('train-%06d.tar', { maxItems: 2 })).files; // 3
   */
  toWebDataset(path: string, options?: Options<ToWebDatasetOptions<T>>): Promise<Written> {
    return toWebDataset(this.node, path, options as Options<ToWebDatasetOptions>);
  }

  /**
   * Writes a folder with a file for each item: texts, bytes, images as PNG or JPEG by the names of their files, copies
   * of files. It has its name once all files are there; a folder that is there is replaced as a whole, and only if
   * `overwrite` is true.
   *
   * @throws PipelineError on an item with a name that another one has, or that leads out of the folder, or with other
   * content; if the folder is there, or cannot be written.
   * @example
   * const pets = Dataset.fromArray([{ kind: 'cat', text: 'Meow' }, { kind: 'dog', text: 'Woof' }]);
   * const name = (pet: { kind: string }, index: number) => `${pet.kind}/${index}.txt`;
   * (await pets.toFolder('pets', { name, content: ({ text }) => text })).files; // 2
   * await Dataset.fromTextLines('pets/dog/1.txt').toArray(); // ['Woof']
   */
  toFolder(path: string, options?: Options<ToFolderOptions<T>>): Promise<Written> {
    return toFolder(this.node, path, options as Options<ToFolderOptions>);
  }
}
