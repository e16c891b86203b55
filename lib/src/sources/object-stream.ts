import type { Readable } from 'node:stream';

/** A stream may have more ready for ever. */
const MAX_BLOCK = 512;

/** What a stream of objects has ready, all of it at a time: a promise for each object would cost more than most parsers. */
export function blocksOf(stream: Readable): AsyncIterator<unknown[]> {
  const blocks = read(stream);
  return {
    next: () => blocks.next(),
    // Where the generator waits for an item, this alone makes it go on.
    return: () => {
      stream.destroy();
      return blocks.return(undefined);
    },
  };
}

async function* read(stream: Readable): AsyncGenerator<unknown[], undefined> {
  let wake: () => void = () => undefined;
  let ended = false;
  let failure: { error: unknown } | null = null;
  stream.on('readable', () => wake());
  stream.on('end', () => ((ended = true), wake()));
  stream.on('close', () => ((ended = true), wake()));
  stream.on('error', (error) => ((failure = { error }), wake()));
  try {
    for (;;) {
      const block: unknown[] = [];
      for (let item: unknown; block.length < MAX_BLOCK && (item = stream.read()) !== null;) block.push(item);
      if (block.length > 0) yield block;
      else if (failure !== null) throw (failure as { error: unknown }).error;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stream.destroy();
  }
}
