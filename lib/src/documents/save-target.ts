import { open } from 'node:fs/promises';
import { type Target, writeTarget } from '../util/write-target';

/** How each document begins, however it is indented. */
const BEGINNING = /^\uFEFF?\s*\{\s*"format"\s*:\s*"stemma-provenance"/;
const LOOKED_AT_BYTES = 256;

/**
 * Where a document is to be written, once that is known to do no harm.
 *
 * @throws Error if the file cannot be replaced, or holds something else than a document.
 */
export async function findTarget(path: string): Promise<Target> {
  const target = await writeTarget(path);
  const size = target.existing?.size ?? 0;
  if (size > 0 && !BEGINNING.test(await beginningOf(target.path)))
    throw new Error(
      'there is a file of that name that is not a provenance document; choose another name, or remove it',
    );
  return target;
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT_BYTES), 0, LOOKED_AT_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
