import { types } from 'node:util';
import { inWords } from '../../util/check';
import { SetupError } from '../../util/setup-error';
import { isFields } from './fields';
import type { FileFormat } from './file-format';
import { numberText } from './number-text';

/** Records as lines of CSV (RFC 4180, with the ends of lines of Unix), behind a header. */
export class CsvFormat implements FileFormat {
  #columns: readonly string[] | null = null;
  /** The columns, where a record must have no other. */
  #names: ReadonlySet<string> = new Set();
  /** The columns that were given and that no record has had so far. */
  readonly #unseen: Set<string>;
  #first: object | null = null;
  /** What calls for quotes in a text. */
  readonly #special: RegExp;

  constructor(
    private readonly delimiter: string,
    /** Null: those of the first record. */
    private readonly given: readonly string[] | null,
  ) {
    this.#unseen = new Set(given);
    this.#special = new RegExp(`["\\r\\n]|${delimiter.replace(/[^\w\s]/g, '\\$&')}`);
  }

  encode(item: unknown): string {
    if (!isFields(item))
      throw new TypeError(
        `the item is ${inWords(item)}, and a row of CSV is a record of fields; map it to one first: .map((value) => ({ value }))`,
      );
    if (this.#columns !== null) {
      if (this.given === null) checkNames(item, this.#names);
      const row = this.#row(item, this.#columns);
      if (this.#unseen.size > 0) this.#see(item);
      return row;
    }
    const columns = this.given ?? Object.keys(item);
    if (columns.length === 0)
      throw new TypeError('the first record has no fields, so there are no columns; pass columns');
    const lines = this.#header(columns) + this.#row(item, columns);
    this.#columns = columns;
    this.#names = new Set(columns);
    this.#first = item;
    this.#see(item);
    return lines;
  }

  #see(item: object): void {
    for (const name of this.#unseen) if (Object.hasOwn(item, name)) this.#unseen.delete(name);
  }

  /** A file without rows has the header if that is known. @throws SetupError if no record had one of its columns */
  end(): string | null {
    const [name] = this.#unseen;
    if (name !== undefined && this.#first !== null)
      throw new SetupError(
        `no record has the field ${inWords(name)} of columns: the first one has ${inSome(Object.keys(this.#first))}; ` +
          'correct the name, or give it to the records, as null where it is missing',
      );
    return this.#columns === null && this.given !== null ? this.#header(this.given) : null;
  }

  #header(columns: readonly string[]): string {
    return `${columns.map((name) => this.#text(name, name)).join(this.delimiter)}\n`;
  }

  #row(item: { [name: string]: unknown }, columns: readonly string[]): string {
    let row = '';
    for (let i = 0; i < columns.length; i++) {
      const name = columns[i]!;
      if (i > 0) row += this.delimiter;
      row += this.#field(Object.hasOwn(item, name) ? item[name] : null, name);
    }
    // A line with nothing in it is no row for most readers.
    return row === '' ? '""\n' : `${row}\n`;
  }

  #field(value: unknown, name: string): string {
    switch (typeof value) {
      case 'string':
        return this.#text(value, name);
      case 'number':
        if (Number.isFinite(value)) return numberText(value);
        return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
      case 'bigint':
      case 'boolean':
        return String(value);
      case 'undefined':
        return '';
      default:
        if (value === null) return '';
        if (types.isDate(value) && !Number.isNaN(value.getTime())) return value.toISOString();
    }
    throw new TypeError(`the field ${inWords(name)} is ${inWords(value)}, which CSV cannot hold; ${adviceOn(value)}`);
  }

  #text(text: string, name: string): string {
    if (HALF_CHARACTER.test(text))
      throw new TypeError(
        `the field ${inWords(name)} has half a character (a lone surrogate), which a file of text cannot hold; map it to text.toWellFormed()`,
      );
    // The empty text is not null for readers that care.
    return text === '' || this.#special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
}

const HALF_CHARACTER = /\p{Surrogate}/u;

/** A column must not get lost without a word. */
function checkNames(item: { [name: string]: unknown }, names: ReadonlySet<string>): void {
  for (const name in item) {
    if (names.has(name) || item[name] === undefined || !Object.hasOwn(item, name)) continue;
    throw new TypeError(
      `the field ${inWords(name)} is new: the header was written with the fields of the first record; pass all of them as columns, ` +
        `or only those that are wanted: columns: [${inSome([...names])}]`,
    );
  }
}

/** No more names than a person reads. */
const inSome = (names: readonly string[]): string =>
  names
    .slice(0, 8)
    .map((name) => JSON.stringify(name))
    .concat(names.length > 8 ? ['…'] : [])
    .join(', ');

function adviceOn(value: unknown): string {
  if (types.isDate(value)) return 'it is no date of the calendar; map it to null';
  if (typeof value === 'object')
    return 'map it to a text, as with JSON.stringify, or to fields of its own, or write JSON lines or Parquet';
  return 'map it to a text or a number first, or leave it out';
}
