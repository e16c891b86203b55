import { isErrored, isReadable, Readable } from 'node:stream';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { laterIterator } from './later-iterator';
import { isThenable } from '../engine/thenable';
import { inWords } from '../util/check';
import { blockSourceNode } from './block-source-node';
import { blocksOf } from './object-stream';

type AnyStream<T> = NodeStream | WebStream<T>;
/** A `Readable` of Node by its structure: the published types need none of Node's. */
interface NodeStream {
  readonly readableEnded: boolean;
  readonly readableObjectMode: boolean;
  read(size?: number): unknown;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}
/**
 * By its structure, since there are two types of web streams, Node's and the browser's; `pipeTo` is where both say what
 * is in them.
 */
interface WebStream<T> {
  readonly locked: boolean;
  getReader(): object;
  pipeTo(destination: { getWriter(): { write(chunk?: T): Promise<void> } }): Promise<void>;
}

/** A stream of Node or of the web, or a function that opens one, or promises to, for each iteration. */
export type Streaming<T> = AnyStream<T> | (() => AnyStream<T> | PromiseLike<AnyStream<T>>);

export function fromStream(source: Streaming<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof source !== 'function') checkStream(source);
  let used = false;
  const open = (): AsyncIterator<unknown[]> => {
    if (typeof source !== 'function') {
      if (used) throw new Error(`the stream was read before, and ${ONCE}`);
      used = true;
    }
    const stream = typeof source === 'function' ? source() : source;
    return isThenable(stream)
      ? laterIterator(Promise.resolve(stream as PromiseLike<AnyStream<unknown>>).then(blocksOfAny))
      : blocksOfAny(stream as AnyStream<unknown>);
  };
  return blockSourceNode({
    kind: 'fromStream',
    options: optionsOf(options, 'fromStream', OPERATION_OPTIONS),
    fn: source,
    readOnce: typeof source === 'function' ? null : `a stream ${ONCE}`,
    blocks: open,
  });
}

const ONCE = 'can be read once; pass a function that opens it: () => stream';

/** Of a stream from which nothing will ever come no event would tell. */
function blocksOfAny(stream: AnyStream<unknown>): AsyncIterator<unknown[]> {
  checkStream(stream);
  if ('locked' in stream && stream.locked)
    throw new Error('the stream is locked: a reader has it already; release its lock, or pass a stream of its own');
  // Node's functions take streams of the web as well; their types do not say so.
  const either = stream as unknown as Readable;
  const spent = Readable.isDisturbed(either) && !isReadable(either) && !isErrored(either);
  if (spent && !(stream instanceof Readable && !stream.readableEnded))
    throw new Error(`the stream had ended before: it was read elsewhere, and ${ONCE}`);
  return blocksOf(
    stream instanceof Readable ? stream : Readable.fromWeb(stream as NodeWebStream, { objectMode: true }),
  );
}

const EXPECTED = 'expected a Readable of Node, a ReadableStream, or a function that returns one';

function checkStream(value: unknown): void {
  if (value instanceof Readable || typeof (value as { getReader?: unknown } | null)?.getReader === 'function') return;
  if (!isThenable(value)) throw new TypeError(`invalid stream: ${EXPECTED}, got ${inWords(value)}`);
  // Refused here; where it fails later that must not end the process.
  value.then(undefined, () => undefined);
  throw new TypeError(`invalid stream: ${EXPECTED}, got a promise; pass a function that returns it: () => promise`);
}
