import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * SHA-256 of a module's code, whatever its line ends; null where the file cannot be read. What it imports does not
 * enter.
 */
export function moduleHash(file: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(file, 'utf8').replace(/\r\n?/g, '\n')).digest('hex');
  } catch {
    return null;
  }
}
