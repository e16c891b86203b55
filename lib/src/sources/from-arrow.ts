import * as path from 'node:path';
import { type Node, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { checkFile, readFileStream } from './file';
import type { ColumnarOptions } from './from-parquet';
import { loadPeer } from './optional-peer';

/** What we use of apache-arrow. */
interface Arrow {
  RecordBatchReader: { from(source: unknown): Promise<AsyncIterable<RecordBatch>> };
}

interface RecordBatch extends Iterable<{ toJSON(): { [column: string]: unknown } }> {
  select(columns: string[]): RecordBatch;
}

/** Rows are read a record batch at a time. Files and streams of the Arrow IPC format. */
export function fromArrow(file: string, options?: Options<ColumnarOptions>): Node {
  checkFile(file, 'fromArrow');
  const arrow = loadPeer<Arrow>('apache-arrow', 'fromArrow');
  const given = optionsOf(options);
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
  try {
    for await (const batch of await RecordBatchReader.from(stream))
      yield Array.from(columns === undefined ? batch : batch.select([...columns]), (row) => row.toJSON());
  } finally {
    stream.destroy();
  }
}
