import type { Node } from '../../../graph/node';
import { type Options, optionsOf } from '../../../graph/operation-options';
import { loadPeer } from '../../../sources/optional-peer';
import type { OptionTypes } from '../../../util/options';
import { WRITE_OPTIONS, writeFile, type WriteOptions, type Written } from '../write-file';
import { type Found, ListType, StructType } from './column-type';
import { type ColumnsOptions, type GroupWriter, recordedTypes, RowGroups } from './row-groups';
import { stored } from './stored';

/** How `toParquet` and `toArrow` write. */
export interface ToColumnsOptions extends WriteOptions, ColumnsOptions {}

export const TO_COLUMNS_OPTIONS: OptionTypes<ToColumnsOptions> = { ...WRITE_OPTIONS, types: 'any' };

export function toParquet(node: Node, path: string, given?: Options<ToColumnsOptions>): Promise<Written> {
  const { types, ...options } = optionsOf(given, 'toParquet', TO_COLUMNS_OPTIONS);
  const format = new RowGroups(new ParquetGroups(), 'toParquet', types);
  return writeFile({ node, kind: 'toParquet', path, options, format, recorded: recordedTypes(types) });
}

/** What we use of hyparquet-writer. */
interface ParquetLibrary {
  ByteWriter: new () => ByteWriter;
  ParquetWriter: new (options: { writer: ByteWriter; schema: Element[] }) => ParquetWriter;
}

interface ByteWriter {
  buffer: ArrayBuffer;
  index: number;
}

interface ParquetWriter {
  write(options: { columnData: Column[]; rowGroupSize: number }): void | Promise<void>;
  finish(): void | Promise<void>;
}

interface Column {
  name: string;
  data: unknown[];
  encoding?: 'PLAIN';
}

interface Element {
  name: string;
  type?: string;
  converted_type?: string;
  repetition_type?: 'OPTIONAL' | 'REPEATED';
  num_children?: number;
}

class ParquetGroups implements GroupWriter {
  readonly #library = loadPeer<ParquetLibrary>('hyparquet-writer', 'toParquet');
  readonly #bytes = new this.#library.ByteWriter();
  #writer: ParquetWriter | null = null;

  async group(rows: readonly { [name: string]: unknown }[], columns: ReadonlyMap<string, Found>): Promise<Uint8Array> {
    const writer = this.#begin(columns);
    if (rows.length === 0) return this.#take();
    const columnData = Array.from(columns, ([name, type]): Column => {
      const data = rows.map((row) => (Object.hasOwn(row, name) ? stored(row[name], type) : null));
      // A dictionary has one zero, and would lose the sign of the other.
      return hasFloats(type) ? { name, data, encoding: 'PLAIN' } : { name, data };
    });
    await writer.write({ columnData, rowGroupSize: rows.length });
    return this.#take();
  }

  async end(): Promise<Uint8Array> {
    await this.#writer!.finish();
    return this.#take();
  }

  #begin(columns: ReadonlyMap<string, Found>): ParquetWriter {
    const schema = [
      { name: 'root', num_children: columns.size },
      ...Array.from(columns, ([name, type]) => elementsOf(name, type)).flat(),
    ];
    return (this.#writer ??= new this.#library.ParquetWriter({ writer: this.#bytes, schema }));
  }

  #take(): Uint8Array {
    const bytes = new Uint8Array(this.#bytes.buffer.slice(0, this.#bytes.index));
    this.#bytes.index = 0;
    return bytes;
  }
}

function hasFloats(type: Found): boolean {
  if (type instanceof ListType) return hasFloats(type.element);
  if (type instanceof StructType) return [...type.fields.values()].some(hasFloats);
  return type === 'float64' || type === 'float32';
}

const LEAVES = {
  boolean: { type: 'BOOLEAN' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  float32: { type: 'FLOAT' },
  float64: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  bytes: { type: 'BYTE_ARRAY' },
  date: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
} as const;

function elementsOf(name: string, type: Found): Element[] {
  const optional = { name, repetition_type: 'OPTIONAL' as const };
  if (type instanceof ListType)
    return [
      { ...optional, converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elementsOf('element', type.element),
    ];
  if (type instanceof StructType)
    return [
      { ...optional, num_children: type.fields.size },
      ...Array.from(type.fields, ([field, its]) => elementsOf(field, its)).flat(),
    ];
  // Of nothing but null nobody knows what it is; a column of texts may be null, too.
  return [{ ...optional, ...LEAVES[type ?? 'text'] }];
}
