import { readFileSync } from 'node:fs';
import { withOpenFile } from '../util/open-file';

/**
 * The bytes of a file, or those that are given.
 *
 * @throws if the file cannot be read, or there are none.
 */
export async function readSource(source: string | Uint8Array): Promise<Buffer> {
  const bytes =
    typeof source === 'string'
      ? await withOpenFile(source, (descriptor) => readFileSync(descriptor))
      : Buffer.from(source.buffer, source.byteOffset, source.length);
  if (bytes.length === 0) throw new Error('it is empty');
  return bytes;
}
