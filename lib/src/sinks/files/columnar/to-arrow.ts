import type { Node } from '../../../graph/node';
import { type Options, optionsOf } from '../../../graph/operation-options';
import { SetupError } from '../../../util/setup-error';
import { loadPeer } from '../../../sources/optional-peer';
import { writeFile, type Written } from '../write-file';
import { type Found, ListType, type ScalarType, StructType } from './column-type';
import { type GroupWriter, recordedTypes, RowGroups } from './row-groups';
import { stored } from './stored';
import { TO_COLUMNS_OPTIONS, type ToColumnsOptions } from './to-parquet';

export function toArrow(node: Node, path: string, given?: Options<ToColumnsOptions>): Promise<Written> {
  const { types, ...options } = optionsOf(given, 'toArrow', TO_COLUMNS_OPTIONS);
  const format = new RowGroups(new ArrowGroups(), 'toArrow', types);
  return writeFile({ node, kind: 'toArrow', path, options, format, recorded: recordedTypes(types) });
}

/** What we use of apache-arrow, as far as we look at it. */
interface ArrowLibrary {
  AsyncByteQueue: new () => object;
  Field: new (name: string, type: object, nullable: boolean) => Field;
  Schema: new (fields: Field[]) => { fields: Field[] };
  RecordBatch: new (schema: object, data: object) => object;
  RecordBatchFileWriter: new (options: object) => {
    reset(sink: object, schema: object): unknown;
    write(batch: object): unknown;
    finish(): unknown;
  };
  TimestampMillisecond: new (timezone: string) => object;
  List: new (element: Field) => object;
  Struct: new (fields: Field[]) => object;
  makeData(options: object): object;
  makeBuilder(options: object): {
    append(value: unknown): unknown;
    finish(): { toVector(): { data: object[] } };
  };
  [name: string]: unknown;
}

interface Field {
  name: string;
  type: object;
}

interface ArrowFile {
  schema: { fields: Field[] };
  writer: InstanceType<ArrowLibrary['RecordBatchFileWriter']>;
}

const CLASSES: { readonly [type in Exclude<ScalarType, 'date'>]: string } = {
  boolean: 'Bool',
  int32: 'Int32',
  int64: 'Int64',
  float32: 'Float32',
  float64: 'Float64',
  text: 'Utf8',
  bytes: 'Binary',
};

/** A record batch for each group of rows. */
class ArrowGroups implements GroupWriter {
  readonly #arrow = loadPeer<ArrowLibrary>('apache-arrow', 'toArrow');
  #parts: Uint8Array[] = [];
  #file: ArrowFile | null = null;

  group(rows: readonly { [name: string]: unknown }[], columns: ReadonlyMap<string, Found>): Uint8Array {
    const arrow = this.#arrow;
    const { schema, writer } = (this.#file ??= this.#begin(columns));
    if (rows.length > 0) {
      const types = [...columns.values()];
      const children = schema.fields.map(({ name, type }, i) => {
        const builder = arrow.makeBuilder({ type, nullValues: [null] });
        for (const row of rows) builder.append(Object.hasOwn(row, name) ? stored(row[name], types[i]!) : null);
        return builder.finish().toVector().data[0];
      });
      const type = new arrow.Struct(schema.fields);
      const data = arrow.makeData({ type, length: rows.length, nullCount: 0, children });
      writer.write(new arrow.RecordBatch(schema, data));
    }
    return this.#take();
  }

  end(): Uint8Array {
    this.#file!.writer.finish();
    return this.#take();
  }

  #begin(columns: ReadonlyMap<string, Found>): ArrowFile {
    const arrow = this.#arrow;
    const schema = new arrow.Schema(Array.from(columns, ([name, type]) => this.#field(name, type)));
    const writer = new arrow.RecordBatchFileWriter({ autoDestroy: false });
    const parts = (bytes: Uint8Array): unknown => this.#parts.push(bytes);
    // The only kind of sink that it writes to at once, without a stream in between.
    class Sink extends arrow.AsyncByteQueue {
      write(bytes: Uint8Array): void {
        parts(bytes);
      }
      close(): void {}
    }
    writer.reset(new Sink(), schema);
    return { schema, writer };
  }

  #field(name: string, type: Found): Field {
    // The library would write no name at all.
    if (name === '')
      throw new SetupError('a column of an Arrow file needs a name, and there is one without; rename the field ""');
    return new this.#arrow.Field(name, this.#type(type), true);
  }

  #type(type: Found): object {
    const arrow = this.#arrow;
    if (type instanceof ListType) return new arrow.List(this.#field('item', type.element));
    if (type instanceof StructType)
      return new arrow.Struct(Array.from(type.fields, ([name, field]) => this.#field(name, field)));
    // As in Parquet: readers compare the two.
    if (type === 'date') return new arrow.TimestampMillisecond('UTC');
    // Of nothing but null nobody knows what it is; a column of texts may be null, too.
    return new (arrow[CLASSES[type ?? 'text']] as new () => object)();
  }

  #take(): Uint8Array {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    return bytes;
  }
}
