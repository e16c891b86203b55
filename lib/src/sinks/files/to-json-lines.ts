import type { Node } from '../../graph/node';
import { type Options, optionsOf } from '../../graph/operation-options';
import { jsonLine } from './json-line';
import { WRITE_OPTIONS, writeFile, type WriteOptions, type Written } from './write-file';

export function toJsonLines(node: Node, path: string, given?: Options<WriteOptions>): Promise<Written> {
  const options = optionsOf(given, 'toJsonLines', WRITE_OPTIONS);
  const format = { encode: (item: unknown) => `${jsonLine(item)}\n`, end: () => null };
  return writeFile({ node, kind: 'toJsonLines', path, options, format, gzip: true });
}
