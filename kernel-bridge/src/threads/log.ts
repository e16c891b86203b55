import { writeSync } from 'node:fs';

/**
 * A line in the log of the Jupyter server. Not by `process.stderr`: on the main thread that is the cell's output, and a
 * worker's goes through the main thread.
 */
export function log(text: string): void {
  try {
    writeSync(2, `stemma-kernel: ${text}\n`);
  } catch {
    // The terminal is gone, or its pipe is full: nobody reads.
  }
}
