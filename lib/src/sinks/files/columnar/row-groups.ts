import type { JsonValue } from 'stemma-document';
import { inWords } from '../../../util/check';
import type { FileFormat } from '../file-format';
import type { Bytes } from '../output-file';
import { type Found, givenType, ListType, Misfit, StructType, typeOf, type WrittenType } from './column-type';
import { fitFields } from './fit';

/** So that other programs have groups that are worth a read, and ours need no more memory than for that. */
const GROUP = { rows: 100_000, bytes: 32 * 1024 * 1024 };

export interface ColumnsOptions {
  /**
   * The types of columns, by their names: `{ id: 'int64', vector: ['float32'] }`. Others are found out from the first
   * rows.
   */
  types?: { readonly [column: string]: WrittenType };
}

type Row = { [name: string]: unknown };

/** How groups of rows become a file. */
export interface GroupWriter {
  group(rows: readonly Row[], columns: ReadonlyMap<string, Found>): Uint8Array | Promise<Uint8Array>;
  end(columns: ReadonlyMap<string, Found>): Uint8Array | Promise<Uint8Array>;
}

/** Gathers rows. The types of columns grow within the first group; then they are those of the file. */
export class RowGroups implements FileFormat {
  readonly #columns: StructType;
  readonly #given: ReadonlySet<string>;
  #rows: Row[] = [];
  #isFirst = true;
  readonly #fitting = { grows: false, size: 0 };

  constructor(
    private readonly writer: GroupWriter,
    kind: string,
    given: ColumnsOptions['types'] = {},
    private readonly limits = GROUP,
  ) {
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw new TypeError(`invalid types of ${kind}: expected a record of types by column, got ${inWords(given)}`);
    const types = Object.entries(given).map(
      ([name, type]) => [name, givenType(type, `type of ${inWords(name)} in ${kind}`)] as const,
    );
    this.#columns = new StructType(new Map(types));
    this.#given = new Set(Object.keys(given));
  }

  encode(item: unknown): Bytes | null | Promise<Bytes | null> {
    if (!isRow(item))
      throw new TypeError(
        `the item is ${inWords(item)}, and a row is a record of fields; map it to one first: .map((value) => ({ value }))`,
      );
    try {
      fitFields(this.#columns, item, this.#fitting);
    } catch (error) {
      if (!this.#isFirst || !(error instanceof Misfit)) throw error;
      this.#grow(item);
    }
    this.#rows.push(item);
    return this.#rows.length < this.limits.rows && this.#fitting.size < this.limits.bytes ? null : this.#group();
  }

  async end(): Promise<Bytes> {
    const group = this.#rows.length > 0 || this.#isFirst ? await this.#group() : new Uint8Array();
    return Buffer.concat([group, await this.writer.end(this.#columns.fields)]);
  }

  /** An item that is refused leaves no trace in the types; a type that was given does not grow. */
  #grow(item: Row): void {
    const entries = Object.entries(item);
    const isGiven = ([name]: [string, unknown]): boolean => this.#given.has(name);
    const columns = copyOf(this.#columns);
    fitFields(columns, Object.fromEntries(entries.filter(isGiven)), { grows: false, size: 0 });
    fitFields(columns, Object.fromEntries(entries.filter((entry) => !isGiven(entry))), { grows: true, size: 0 });
    for (const [name, type] of columns.fields) this.#columns.fields.set(name, type);
  }

  #group(): Uint8Array | Promise<Uint8Array> {
    const rows = this.#rows;
    this.#rows = [];
    this.#isFirst = false;
    this.#fitting.size = 0;
    return this.writer.group(rows, this.#columns.fields);
  }
}

function copyOf(type: StructType): StructType;
function copyOf(type: Found): Found;
function copyOf(type: Found): Found {
  if (type instanceof ListType) return new ListType(copyOf(type.element));
  if (type instanceof StructType)
    return new StructType(new Map([...type.fields].map(([name, field]) => [name, copyOf(field)])));
  return type;
}

/** Lists, typed arrays and the like have no names of fields. */
const isRow = (item: unknown): item is Row => {
  try {
    return typeof item === 'object' && typeOf(item) instanceof StructType;
  } catch {
    return false;
  }
};

/** As the record has them: in their order, which is that of the columns. */
export const recordedTypes = (types: ColumnsOptions['types']): { types?: JsonValue } =>
  types === undefined ? {} : { types: types as JsonValue };
