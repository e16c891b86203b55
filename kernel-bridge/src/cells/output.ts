import type { Transport } from '../threads/transport';
import type { Context } from './context';

type Write = typeof process.stdout.write;

/**
 * What user code prints goes to the cell that it belongs to. Child processes that inherit the terminal still print
 * there.
 */
export function captureOutput(context: Context, transport: Transport): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder();
    const write = (chunk: Uint8Array | string, encoding?: unknown, callback?: unknown): boolean => {
      const isText = typeof chunk === 'string' && !isOfBytes(encoding);
      const text = isText ? chunk : decoder.decode(toBytes(chunk, encoding), { stream: true });
      const owner = context.current;
      if (text !== '' && owner?.silent !== true) transport.stream(name, text, owner);
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') process.nextTick(done as () => void);
      return true;
    };
    process[name].write = write as Write;
  }
}

/** The encodings in which a text stands for bytes: `write('ff', 'hex')`. */
const isOfBytes = (encoding: unknown): encoding is BufferEncoding =>
  typeof encoding === 'string' && /^(?:hex|base64(?:url)?|latin1|binary|ascii|ucs-?2|utf-?16le)$/i.test(encoding);

const toBytes = (chunk: Uint8Array | string, encoding: unknown): Uint8Array =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
