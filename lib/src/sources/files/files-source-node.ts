import type { Node } from '../../graph/node';
import type { JsonValue, KnownKind } from 'stemma-document';
import type { Block } from '../bad-record';
import { checkOnError, type OnError, recordedOnError } from '../../engine/on-error';
import { blockSourceNode } from '../block-source-node';
import { FileRows } from './file-rows';
import { type Files, filesOf, type FilesOptions, nameOfFiles } from './files';

/** Of a longer list of files the record has only the first. */
const MAX_RECORDED = 100;

/** The common part of the sources that read files: one process for one file or several. */
export function filesSourceNode(definition: {
  kind: KnownKind;
  files: Files;
  options: Partial<FilesOptions> & { onError?: OnError };
  recorded: { [name: string]: JsonValue };
  /** Is called once the files are known to be there. */
  found?: () => void;
  /** `row 4`, for what is in a file at 3; `line` is what the reader noted. */
  describe: (row: number, line: number) => string;
  read: (files: readonly string[], rows: FileRows, from: number) => AsyncGenerator<Block>;
}): Node {
  const { kind, files: given, options, recorded, found, describe, read } = definition;
  if (options.onError !== undefined) checkOnError(options.onError, kind);
  const files = filesOf(given, kind, options.allowEmpty);
  found?.();
  const rows = new FileRows(files);
  return blockSourceNode({
    kind,
    options: { identifier: nameOfFiles(given), ...options },
    recorded: {
      path: typeof given === 'string' ? given : given.slice(0, MAX_RECORDED),
      ...(typeof given === 'string' && files.length === 1 && files[0] === given ? {} : { files: files.length }),
      ...(options.allowEmpty === true ? { allowEmpty: true } : {}),
      ...recorded,
      ...recordedOnError(options.onError),
    },
    files,
    onError: options.onError,
    describe: (index) => {
      const { file, row, line } = rows.locate(index);
      return `${file} ${describe(row, line)}`;
    },
    blocks: (from) => read(files, rows, from),
  });
}
