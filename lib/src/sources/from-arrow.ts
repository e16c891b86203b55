import * as path from 'node:path';
import { type Node, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { checkFile, readFileStream } from './file';
import { COLUMNAR_OPTIONS, type ColumnarOptions } from './from-parquet';
import { loadPeer } from './optional-peer';

/** What we use of apache-arrow. */
interface Arrow {
  RecordBatchReader: { from(source: unknown): Promise<AsyncIterable<RecordBatch>> };
}

type RecordBatch = Iterable<{ toJSON(): { [column: string]: unknown } }>;

/** Rows are read a record batch at a time. Files and streams of the Arrow IPC format. */
export function fromArrow(file: string, options?: Options<ColumnarOptions>): Node {
  checkFile(file, 'fromArrow');
  const arrow = loadPeer<Arrow>('apache-arrow', 'fromArrow');
  const given = optionsOf(options, 'fromArrow', COLUMNAR_OPTIONS);
  return blockSourceNode({
    kind: 'fromArrow',
    options: { identifier: path.basename(file), ...given },
    recorded: { path: file, columns: given.columns === undefined ? null : [...given.columns] },
    describe: (row) => `${file} row ${row}`,
    blocks: () => recordBatches(arrow, file, given.columns),
  });
}

async function* recordBatches(
  { RecordBatchReader }: Arrow,
  file: string,
  columns: readonly string[] | undefined,
): AsyncGenerator<unknown[]> {
  const stream = readFileStream(file);
  // Arrow's own `select` loses the values of dictionaries.
  const pick = (row: { [column: string]: unknown }): unknown =>
    columns === undefined ? row : Object.fromEntries(columns.map((name) => [name, row[name]]));
  try {
    for await (const batch of await RecordBatchReader.from(stream))
      yield Array.from(batch, (row) => pick(row.toJSON()));
  } finally {
    stream.destroy();
  }
}
