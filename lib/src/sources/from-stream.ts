import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { blocksOf } from './object-stream';

type AnyStream<T> = Readable | ReadableStream<T>;

/** A stream of Node or of the web, or a function that opens one for each iteration. */
export type Streaming<T> = AnyStream<T> | (() => AnyStream<T>);

export function fromStream(source: Streaming<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof source !== 'function') checkStream(source);
  let used = false;
  const open = (): Readable => {
    if (typeof source === 'function') return readable(source());
    if (used)
      throw new Error('the stream was read before, and can be read once; pass a function that opens it: () => stream');
    used = true;
    return readable(source);
  };
  return blockSourceNode({
    kind: 'fromStream',
    options: optionsOf(options, 'fromStream', OPERATION_OPTIONS),
    fn: source,
    blocks: () => blocksOf(open()),
  });
}

function readable(stream: AnyStream<unknown>): Readable {
  checkStream(stream);
  return stream instanceof Readable ? stream : Readable.fromWeb(stream as ReadableStream, { objectMode: true });
}

function checkStream(value: unknown): void {
  const candidate = value as { getReader?: unknown } | null;
  if (!(value instanceof Readable) && typeof candidate?.getReader !== 'function')
    throw new TypeError(
      `invalid stream: ${value === null ? 'null' : typeof value} (a Readable of Node, a ReadableStream, or a function that answers one is needed)`,
    );
}
