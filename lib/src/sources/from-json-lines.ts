import * as path from 'node:path';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { checkFile } from './file';
import { linesOf } from './lines';

export function fromJsonLines(file: string, options?: Options<OperationOptions>): Node {
  checkFile(file, 'fromJsonLines');
  return blockSourceNode({
    kind: 'fromJsonLines',
    options: { identifier: path.basename(file), ...optionsOf(options, 'fromJsonLines', OPERATION_OPTIONS) },
    recorded: { path: file },
    describe: (row) => `${file} item ${row}`,
    blocks: () => itemsOf(file),
  });
}

/** Empty lines are no items. Of a block with a line that is no JSON, the items before it come first. */
async function* itemsOf(file: string): AsyncGenerator<unknown[]> {
  let line = 0;
  for await (const lines of linesOf(file)) {
    const items: unknown[] = [];
    for (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      try {
        items.push(JSON.parse(text));
      } catch (error) {
        if (items.length > 0) yield items;
        throw new Error(`${file} line ${line} is no JSON: ${(error as Error).message}`, { cause: error });
      }
    }
    if (items.length > 0) yield items;
  }
}
