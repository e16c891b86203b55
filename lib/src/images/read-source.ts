import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** How often, and how long, it is waited for others to close files where too many are open. */
const ATTEMPTS = 50;
const WAIT_MS = 100;

/**
 * The bytes of a file, or those that are given.
 *
 * @throws if the file cannot be read, or there are none.
 */
export async function readSource(source: string | Uint8Array): Promise<Buffer> {
  const bytes =
    typeof source === 'string' ? await readFile(source) : Buffer.from(source.buffer, source.byteOffset, source.length);
  if (bytes.length === 0) throw new Error('it is empty');
  return bytes;
}

async function readFile(file: string): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return readFileSync(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'EMFILE' && code !== 'ENFILE') || attempt >= ATTEMPTS) throw error;
      await wait(WAIT_MS);
    }
  }
}
