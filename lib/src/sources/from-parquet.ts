import * as path from 'node:path';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { checkFile } from './file';
import { loadPeer } from './optional-peer';
import type { OptionTypes } from '../util/options';

/** What `Dataset.fromParquet` and `Dataset.fromArrow` read. */
export interface ColumnarOptions extends OperationOptions {
  /** Only these columns. Default: all. */
  columns?: readonly string[];
}

/** Their names, for `optionsOf`. */
export const COLUMNAR_OPTIONS: OptionTypes<ColumnarOptions> = { ...OPERATION_OPTIONS, columns: 'list' };

/** What we use of hyparquet. */
interface Hyparquet {
  asyncBufferFromFile(file: string): Promise<object>;
  parquetMetadataAsync(file: object): Promise<{ row_groups: { num_rows: bigint }[] }>;
  parquetReadObjects(options: {
    file: object;
    metadata: object;
    columns?: string[];
    rowStart: number;
    rowEnd: number;
  }): Promise<unknown[]>;
}

/** Rows are read a group at a time, as the file has them. */
export function fromParquet(file: string, options?: Options<ColumnarOptions>): Node {
  checkFile(file, 'fromParquet');
  const library = loadPeer<Hyparquet>('hyparquet', 'fromParquet');
  const given = optionsOf(options, 'fromParquet', COLUMNAR_OPTIONS);
  return blockSourceNode({
    kind: 'fromParquet',
    options: { identifier: path.basename(file), ...given },
    recorded: { path: file, columns: given.columns === undefined ? null : [...given.columns] },
    describe: (row) => `${file} row ${row}`,
    blocks: () => rowGroups(library, file, given.columns),
  });
}

async function* rowGroups(
  { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects }: Hyparquet,
  path: string,
  columns: readonly string[] | undefined,
): AsyncGenerator<unknown[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    yield await parquetReadObjects({ file, metadata, columns: columns && [...columns], rowStart, rowEnd });
    rowStart = rowEnd;
  }
}
