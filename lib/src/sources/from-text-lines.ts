import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import { checkEncoding } from './text/encoding';
import { type Files, FILES_OPTIONS, type FilesOptions } from './files/files';
import type { OnError } from '../engine/on-error';
import { linesOf } from './text/lines';
import { filesSourceNode } from './files/files-source-node';

/** How a file of text is read. */
export interface TextOptions extends FilesOptions {
  /**
   * The encoding, by a label of `TextDecoder`: `latin1`, `utf-16le`, `shift_jis`, … Default: what a byte order mark at
   * the beginning says, else UTF-8. Bytes that are none of it are an error.
   */
  encoding?: string;
  /**
   * What to do with a record that cannot be read, and with a line of it that is not in UTF-8. Records that are left out
   * are counted. Default `'throw'`.
   */
  onError?: OnError;
}

export const TEXT_OPTIONS: OptionTypes<TextOptions> = { ...FILES_OPTIONS, encoding: 'text', onError: 'any' };

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
