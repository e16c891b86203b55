import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import type { Arrow } from './columnar/arrow';
import { columnarSource } from './columnar/columnar-source';
import { COLUMNAR_OPTIONS, type ColumnarOptions, valuesOf } from './columnar/options';
import type { Files } from './files/files';
import { loadPeer } from './optional-peer';

/**
 * Rows are read a record batch at a time. Files and streams of the Arrow IPC format, of which Feather is the second
 * version.
 */
export function fromArrow(files: Files, options?: Options<ColumnarOptions>): Node {
  const given = optionsOf(options, 'fromArrow', COLUMNAR_OPTIONS);
  const values = valuesOf(given, 'fromArrow');
  return columnarSource({
    kind: 'fromArrow',
    files,
    options: given,
    peer: () => loadPeer<Arrow>('apache-arrow', 'fromArrow'),
    reader: async () => (await import('./columnar/read-arrow')).recordBatches,
    values,
  });
}
