import { setField } from '../../util/set-field';
import { plural } from '../../util/plural';
import { BadRecord, type Block, PassedOver } from '../bad-record';
import { isGzip } from '../file-bytes';
import { parquetCodec } from './codecs';
import type { CheckColumns } from './columnar-source';
import { openWhole, type WholeFile } from './open-whole';
import { chosenColumns, type Values } from './options';
import type { Element } from './parquet-leaf';
import { type Column, planOf } from './parquet-schema';
import { textOf } from './values';

/** What we use of hyparquet. */
export interface Hyparquet {
  parquetMetadataAsync(file: object, options: object): Promise<Metadata>;
  parquetReadObjects(options: object): Promise<{ [key: string]: unknown }[]>;
}

interface Metadata {
  schema: Element[];
  row_groups: {
    num_rows: bigint;
    columns: { meta_data?: { path_in_schema: string[]; codec: string }; crypto_metadata?: object }[];
  }[];
}

/** The rows of a file, a group at a time. */
export async function* rowGroups(
  library: Hyparquet,
  path: string,
  wanted: readonly string[] | undefined,
  values: Values,
  check: CheckColumns,
  from: number,
): AsyncGenerator<Block> {
  const file = await openWhole(path, (head, tail, size) => wrongWith(head, tail, size));
  try {
    const { metadata, columns: found } = await readHeader(library, file, path, wanted, values);
    const columns = check(found).map((name) => found.find((column) => column.name === name)!);
    let rowStart = 0;
    for (const [i, { num_rows }] of metadata.row_groups.entries()) {
      const rowEnd = rowStart + Number(num_rows);
      if (rowEnd > rowStart && rowEnd <= from) yield new PassedOver(rowEnd - rowStart);
      else if (rowEnd > rowStart) {
        const read = (keys: string[]): Promise<{ [key: string]: unknown }[]> =>
          readRows(library, file, metadata, { columns: keys, rowStart, rowEnd });
        const place = `"${path}" row group ${i + 1} (rows ${rowStart + 1} to ${rowEnd})`;
        const stored = await read(columns.map(({ key }) => key)).catch((error: unknown) =>
          blame(error, columns, read, place),
        );
        if (stored.length !== rowEnd - rowStart)
          throw new Error(`${place} has ${plural(stored.length, 'row')}; is the file whole?`);
        yield* records(stored, columns, path, rowStart);
      }
      rowStart = rowEnd;
    }
  } finally {
    await file.close();
  }
}

const MAGIC = 'PAR1';
const LEAST_BYTES = 12;

function wrongWith(head: Buffer, tail: Buffer, size: number): string | null {
  if (head.toString('latin1', 0, 4) === 'PARE') return 'it is encrypted, which is not read';
  if (isGzip(head)) return 'it is not a Parquet file, but packed with gzip; unpack it with: gunzip';
  if (head.toString('latin1', 0, 4) !== MAGIC) return 'it is not a Parquet file, which begins with "PAR1"';
  if (size < LEAST_BYTES || tail.toString('latin1', 4) !== MAGIC)
    return 'it is cut off: a whole Parquet file ends with "PAR1"';
  return null;
}

async function readHeader(
  library: Hyparquet,
  file: WholeFile,
  path: string,
  wanted: readonly string[] | undefined,
  values: Values,
): Promise<{ metadata: Metadata; columns: Column[] }> {
  const nothing = (): undefined => undefined;
  // Only for the statistics, which are of no use here.
  const parsers = { stringFromBytes: nothing, jsonFromBytes: nothing, geometryFromBytes: nothing };
  const found = await library.parquetMetadataAsync(bufferOf(file), { parsers }).catch((error: Error) => {
    throw new Error(`cannot read the metadata of "${path}": ${error.message}; is the file whole?`, { cause: error });
  });
  const names = topLevelOf(found.schema);
  const chosen = chosenColumns(names, wanted, path);
  const plan = planOf(found.schema, values, (name) => chosen.includes(name));
  const byName = new Map(plan.columns.map((column) => [column.name, column]));
  const keys = new Set(plan.columns.map(({ key }) => key));
  for (const group of found.row_groups)
    group.columns.forEach((column, i) => {
      const meta = column.meta_data;
      if (meta === undefined) throw new Error(`cannot read "${path}": its columns are encrypted, which is not read`);
      meta.path_in_schema = plan.paths[i]!;
      if (keys.has(plan.paths[i]![0]!) && meta.codec !== 'UNCOMPRESSED' && meta.codec !== 'SNAPPY')
        parquetCodec(meta.codec);
    });
  return { metadata: { ...found, schema: plan.schema }, columns: chosen.map((name) => byName.get(name)!) };
}

function topLevelOf(schema: readonly Element[]): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let i = 0; i < (schema[at]!.num_children ?? 0); i++) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) names.push(schema[at]!.name);
  return names;
}

const bufferOf = (file: WholeFile): object => ({
  byteLength: file.byteLength,
  slice: async (start: number, end = file.byteLength) => (await file.read(start, end)).buffer,
});

const compressors = Object.fromEntries(
  ['GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW', 'LZO'].map((codec) => [
    codec,
    (bytes: Uint8Array, length: number) => parquetCodec(codec)(bytes, length),
  ]),
);

function readRows(
  { parquetReadObjects }: Hyparquet,
  file: WholeFile,
  metadata: Metadata,
  part: { columns: string[]; rowStart: number; rowEnd: number },
): Promise<{ [key: string]: unknown }[]> {
  const parsers = { stringFromBytes: textOf, timestampFromNanoseconds: (value: bigint) => value };
  return parquetReadObjects({ file: bufferOf(file), metadata, compressors, parsers, utf8: false, ...part });
}

/** Hyparquet does not say which column it failed on: each is tried by itself. */
async function blame(
  error: unknown,
  columns: readonly Column[],
  read: (keys: string[]) => Promise<unknown>,
  place: string,
): Promise<never> {
  for (const { name, key } of columns)
    await read([key]).catch((cause: Error) => {
      throw new Error(`cannot read column ${JSON.stringify(name)} of ${place}: ${cause.message}`, { cause });
    });
  throw new Error(`cannot read ${place}: ${(error as Error).message}`, { cause: error });
}

function* records(
  stored: readonly { [key: string]: unknown }[],
  columns: readonly Column[],
  path: string,
  rowStart: number,
): Generator<Block> {
  let good: object[] = [];
  for (const [i, row] of stored.entries()) {
    const record = recordOf(row, columns, path, rowStart + i + 1);
    if (!(record instanceof BadRecord)) {
      good.push(record);
      continue;
    }
    if (good.length > 0) yield good;
    good = [];
    yield record;
  }
  if (good.length > 0) yield good;
}

function recordOf(
  stored: { [key: string]: unknown },
  columns: readonly Column[],
  path: string,
  row: number,
): object | BadRecord {
  const record = {};
  for (const { name, key, convert } of columns)
    try {
      setField(record, name, convert(stored[key]));
    } catch (error) {
      const place = `column ${JSON.stringify(name)} in row ${row} of "${path}"`;
      const cause = new Error(`${place}: ${(error as Error).message}`, { cause: error });
      return new BadRecord(cause, `${path} row ${row}`, stored);
    }
  return record;
}
