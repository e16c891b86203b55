import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import { checkEncoding } from './text/encoding';
import { type Files, FILES_OPTIONS, type FilesOptions } from './files/files';
import type { OnError } from '../engine/on-error';
import { linesOf } from './text/lines';
import { filesSourceNode } from './files/files-source-node';

/** The options of sources that read text. */
export interface TextOptions extends FilesOptions {
  /**
   * The encoding, as a label of `TextDecoder`: `latin1`, `utf-16le`, `shift_jis`, … Default: that of the byte order
   * mark, else UTF-8. Invalid bytes are an error.
   */
  encoding?: string;
  /**
   * What to do with a record that cannot be read, or with a line of invalid bytes. Skipped records are counted. Default
   * `'throw'`.
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
