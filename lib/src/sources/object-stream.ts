import type { Readable } from 'node:stream';

/** A stream may always have more ready. */
const MAX_BLOCK = 512;

/**
 * The objects of a stream, all that are ready at a time: a promise for each object would cost more than most parsers. A
 * stream that is closed before its end is an error, as in Node's own `for await`; so is one that had failed before.
 */
export function blocksOf(stream: Readable): AsyncIterator<unknown[]> {
  let stopped = false;
  const blocks = read(stream, () => stopped);
  return {
    next: () => blocks.next(),
    // Where the generator waits for an item, this alone makes it go on.
    return: () => {
      stopped = true;
      stream.destroy();
      return blocks.return(undefined);
    },
  };
}

async function* read(stream: Readable, isStopped: () => boolean): AsyncGenerator<unknown[], undefined> {
  let wake: () => void = () => undefined;
  let failure: Error | null = stream.errored;
  stream.on('readable', () => wake());
  stream.on('end', () => wake());
  stream.on('close', () => wake());
  stream.on('error', (error) => ((failure ??= error), wake()));
  try {
    for (;;) {
      const block: unknown[] = [];
      for (let item: unknown; block.length < MAX_BLOCK && (item = stream.read()) !== null;) block.push(item);
      if (block.length > 0) yield block;
      else if (failure !== null) throw failure as Error;
      else if (stream.readableEnded || isStopped()) return;
      else if (stream.destroyed) {
        // The stream is destroyed before it says why.
        await new Promise(setImmediate);
        throw (failure as Error | null) ?? stream.errored ?? prematureClose();
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stream.destroy();
  }
}

const prematureClose = (): Error =>
  new Error('the stream was closed before its end, so that items may be missing (a premature close)');
