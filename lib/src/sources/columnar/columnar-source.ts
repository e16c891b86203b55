import type { KnownKind } from 'stemma-document';
import type { Block } from '../bad-record';
import type { Node } from '../../graph/node';
import { type Files } from '../files/files';
import { filesSourceNode } from '../files/files-source-node';
import { type ColumnarOptions, recordedValues, type Values } from './options';
import { type ColumnKind, SameColumns } from './same-columns';

/** Returns the names in the order of the first file. @throws if a file has not the columns of that one. */
export type CheckColumns = (columns: readonly ColumnKind[]) => string[];

/** The rows of one file, for as many of its columns as are wanted. */
export type ReadRows<P> = (
  peer: P,
  file: string,
  columns: readonly string[] | undefined,
  values: Values,
  check: CheckColumns,
  /** The first row of the file that is wanted. */
  from: number,
) => AsyncGenerator<Block>;

/** The common part of the sources of columnar files: one process for one file or several of one schema. */
export function columnarSource<P>(definition: {
  kind: KnownKind;
  files: Files;
  options: Partial<ColumnarOptions>;
  values: Values;
  /** Loads the package that reads them. */
  peer: () => P;
  /** Loads our part of reading them, with the first file: few pipelines need it. */
  reader: () => Promise<ReadRows<P>>;
}): Node {
  const { kind, files, options, values, peer, reader } = definition;
  let loaded: P;
  return filesSourceNode({
    kind,
    files,
    options,
    recorded: {
      columns: options.columns === undefined ? null : [...options.columns],
      ...recordedValues(options),
    },
    found: () => (loaded = peer()),
    describe: (row) => `row ${row + 1}`,
    read: (_, rows, from) => {
      const same = new SameColumns();
      return rows.concat(async function* (file, _, first) {
        const read = await reader();
        yield* read(loaded, file, options.columns, values, (columns) => same.check(file, columns), first);
      }, from);
    },
  });
}
