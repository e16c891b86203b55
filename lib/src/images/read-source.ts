import { readFileSync } from 'node:fs';
import { whileTooManyOpen } from '../util/while-too-many-open';

/**
 * The bytes of a file, or those that are given.
 *
 * @throws if the file cannot be read, or there are none.
 */
export async function readSource(source: string | Uint8Array): Promise<Buffer> {
  const bytes =
    typeof source === 'string'
      ? await whileTooManyOpen(() => readFileSync(source))
      : Buffer.from(source.buffer, source.byteOffset, source.length);
  if (bytes.length === 0) throw new Error('it is empty');
  return bytes;
}
