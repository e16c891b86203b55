import { setField } from '../../util/set-field';
import { BadRecord, type Block } from '../bad-record';
import { bytesOf, isPacked } from '../file-bytes';
import type { Arrow, Batch } from './arrow';
import { columnOf } from './arrow-column';
import { kindOfArrow } from './arrow-kind';
import { arrowCodecs } from './codecs';
import type { CheckColumns } from './columnar-source';
import { openWhole } from './open-whole';
import { chosenColumns, type Values } from './options';

/** What the user has registered stays. */
function registerCodecs({ compressionRegistry, CompressionType }: Arrow): void {
  if (compressionRegistry === undefined || CompressionType === undefined) return;
  for (const name of ['LZ4_FRAME', 'ZSTD'] as const) {
    const type = CompressionType[name];
    if (compressionRegistry.get(type) === null) compressionRegistry.set(type, { decode: arrowCodecs[name] });
  }
}

/** The rows of a file or stream, a record batch at a time. */
export async function* recordBatches(
  arrow: Arrow,
  file: string,
  wanted: readonly string[] | undefined,
  values: Values,
  check: CheckColumns,
): AsyncGenerator<Block> {
  registerCodecs(arrow);
  // Of a packed file gzip's own checksum tells whether it is whole.
  if (!(await isPacked(file))) await (await openWhole(file, wrongWith)).close();
  const bytes = bytesOf(file);
  let row = 0;
  try {
    const reader = await arrow.RecordBatchReader.from(bytes);
    await reader.open();
    if (reader.schema === undefined) throw new Error('it has no schema');
    const names = chosenColumns(
      reader.schema.fields.map(({ name }) => name),
      wanted,
      file,
    );
    const { fields } = reader.schema;
    const chosen = check(
      names.map((name) => ({ name, kind: kindOfArrow(fields.find((field) => field.name === name)!.type) })),
    );
    for await (const batch of reader) {
      yield* recordsOf(arrow, batch, { chosen, values, file, row });
      row += batch.numRows;
    }
  } catch (error) {
    const { message } = error as Error;
    if (message.includes(`"${file}"`)) throw error;
    throw new Error(`cannot read "${file}" from row ${row + 1} on: ${explain(message)}`, { cause: error });
  } finally {
    await bytes.return(undefined);
  }
}

function explain(message: string): string {
  if (/npm install/.test(message)) return message;
  if (/compress/i.test(message))
    return `${message}; it needs apache-arrow 21.1 or later, or a file without compression`;
  return `${message} (is the file whole?)`;
}

function wrongWith(head: Buffer, tail: Buffer): string | null {
  const begin = head.toString('latin1', 0, 6);
  if (begin.startsWith('FEA1'))
    return 'it is of version 1 of Feather, which is not read; write it in version 2, which pandas and pyarrow do by default';
  const isFile = begin === 'ARROW1';
  // A stream begins with a mark, or, before Arrow 0.15, with the length of its schema.
  if (
    !isFile &&
    (head.length < 8 || head.readInt32LE(0) === 0 || (head.readInt32LE(0) !== -1 && head.readUInt32LE(0) > 2 ** 26))
  )
    return 'it is not an Arrow file or stream';
  const isWhole = isFile ? tail.toString('latin1', 2) === 'ARROW1' : tail.readUInt32LE(4) === 0;
  return isWhole
    ? null
    : `it is cut off: a whole Arrow ${isFile ? 'file ends with "ARROW1"' : 'stream has a mark at its end'}`;
}

function* recordsOf(
  arrow: Arrow,
  batch: Batch,
  { chosen, values, file, row }: { chosen: readonly string[]; values: Values; file: string; row: number },
): Generator<Block> {
  const records: object[] = Array.from({ length: batch.numRows }, () => ({}));
  const bad = new Map<number, Error>();
  for (const name of chosen) {
    const at = batch.schema.fields.findIndex((field) => field.name === name);
    const blame = (error: Error, rows: string): Error =>
      new Error(`column ${JSON.stringify(name)} in ${rows} of "${file}": ${error.message}`, { cause: error });
    try {
      const column = columnOf(arrow, batch.getChildAt(at), values);
      records.forEach((record, i) => setField(record, name, column.values[i]));
      for (const [i, error] of column.bad) if (!bad.has(i)) bad.set(i, blame(error, `row ${row + i + 1}`));
    } catch (error) {
      throw blame(error as Error, `rows ${row + 1} to ${row + batch.numRows}`);
    }
  }
  let from = 0;
  for (const i of [...bad.keys()].sort((a, b) => a - b)) {
    if (i > from) yield records.slice(from, i);
    yield new BadRecord(bad.get(i)!, `${file} row ${row + i + 1}`, records[i]);
    from = i + 1;
  }
  if (from < records.length) yield from === 0 ? records : records.slice(from);
}
