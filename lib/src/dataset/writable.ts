import type { WrittenFile } from 'stemma-document';
import type { Options } from '../graph/operation-options';
import { toCsv, type ToCsvOptions } from '../sinks/files/to-csv';
import { toJsonLines } from '../sinks/files/to-json-lines';
import type { WriteOptions } from '../sinks/files/write-file';
import { Consumable } from './consumable';

/** The sinks that write files. */
export abstract class Writable<out T> extends Consumable<T> {
  /**
   * Writes a file with one JSON value in each line (JSONL), packed if its name ends in `.gz`. A file of that name is replaced once the
   * new one is whole. Every digit is kept; a Date is a text, a typed array a list.
   *
   * @throws PipelineError on an item that JSON cannot hold, such as NaN or a Map, with its field, unless `onError` leaves it out; if the
   * file cannot be written.
   * @example
   * const { items, bytes } = await Dataset.fromArray([{ n: 1 }, { n: 2 }]).toJsonLines('numbers.jsonl');
   * [items, bytes]; // [2, 16]
   * await Dataset.fromJsonLines('numbers.jsonl').toArray(); // [{ n: 1 }, { n: 2 }]
   */
  toJsonLines(path: string, options?: Options<WriteOptions>): Promise<WrittenFile> {
    return toJsonLines(this.node, path, options);
  }

  /**
   * Writes records as a CSV file with a header line, packed if its name ends in `.gz`; between tabs if it is called `.tsv`. Its columns are the
   * fields of the first record, or the given `columns`; missing fields and null are empty. A file of that name is replaced once the new
   * one is whole.
   *
   * @throws PipelineError on a record with a field that the first one lacks, or with a list or another value that CSV cannot hold, unless
   * `onError` leaves it out; if the file cannot be written.
   * @example
   * await Dataset.fromArray([{ name: 'Ada', age: 36 }, { name: 'Alan' }]).toCsv('people.csv');
   * await Dataset.fromTextLines('people.csv').toArray(); // ['name,age', 'Ada,36', 'Alan,']
   */
  toCsv(path: string, options?: Options<ToCsvOptions<T>>): Promise<WrittenFile> {
    return toCsv(this.node, path, options as Options<ToCsvOptions<unknown>>);
  }
}
