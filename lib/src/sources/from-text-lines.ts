import * as path from 'node:path';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { checkFile } from './file';
import { linesOf } from './lines';

export function fromTextLines(file: string, options?: Options<OperationOptions>): Node {
  checkFile(file, 'fromTextLines');
  return blockSourceNode({
    kind: 'fromTextLines',
    options: { identifier: path.basename(file), ...optionsOf(options, 'fromTextLines', OPERATION_OPTIONS) },
    recorded: { path: file },
    describe: (row) => `${file} line ${row + 1}`,
    blocks: () => linesOf(file),
  });
}
