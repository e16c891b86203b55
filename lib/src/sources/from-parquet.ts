import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { columnarSource } from './columnar/columnar-source';
import { COLUMNAR_OPTIONS, type ColumnarOptions, valuesOf } from './columnar/options';
import type { Hyparquet } from './columnar/read-parquet';
import type { Files } from './files/files';
import { loadPeer } from './optional-peer';

export type { ColumnarOptions };

/** Rows are read a group at a time, as the files have them. */
export function fromParquet(files: Files, options?: Options<ColumnarOptions>): Node {
  const given = optionsOf(options, 'fromParquet', COLUMNAR_OPTIONS);
  const values = valuesOf(given, 'fromParquet');
  return columnarSource({
    kind: 'fromParquet',
    files,
    options: given,
    peer: () => loadPeer<Hyparquet>('hyparquet', 'fromParquet'),
    reader: async () => (await import('./columnar/read-parquet')).rowGroups,
    values,
  });
}
