import { type Node, type Options, optionsOf } from '../graph/node';
import type { OptionTypes } from '../util/options';
import { checkEncoding } from './text/encoding';
import { type Files, FILES_OPTIONS, type FilesOptions } from './files/files';
import { linesOf } from './text/lines';
import { filesSourceNode } from './files/files-source-node';

/** How a file of text is read. */
export interface TextOptions extends FilesOptions {
  /**
   * The encoding, by a label of `TextDecoder`: `latin1`, `utf-16le`, `shift_jis`, … Default: what a byte order mark at
   * the beginning says, else UTF-8. Bytes that are none of it are an error.
   */
  encoding?: string;
}

export const TEXT_OPTIONS: OptionTypes<TextOptions> = { ...FILES_OPTIONS, encoding: 'text' };

export function fromTextLines(files: Files, options?: Options<TextOptions>): Node {
  const given = optionsOf(options, 'fromTextLines', TEXT_OPTIONS);
  const encoding = checkEncoding(given.encoding, 'fromTextLines');
  return filesSourceNode({
    kind: 'fromTextLines',
    files,
    options: given,
    recorded: { encoding: encoding ?? null },
    describe: (row) => `line ${row + 1}`,
    read: (_, rows) => rows.concat((file) => linesOf(file, encoding)),
  });
}
