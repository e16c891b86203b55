import { toJson } from '../wire/json';
import type { Content } from '../wire/message';
import { type Outgoing, PIECE_UNITS, type ToFront } from './messages';
import { piecesOf } from './pieces';
import type { SharedState } from './shared-state';

/** The execution that a message belongs to. */
type Owner = Pick<Outgoing, 'parent'>;

/**
 * Maximum output on its way to the clients; beyond it, the code that prints waits. Keeps memory bounded, and the
 * sockets' thread responsive within milliseconds.
 */
const MAX_UNITS = 512 * 1024;
/** The longest text of one message: as JSON it must still be a string, and a client reads it as a whole. */
const MAX_PIECE = 4 * 1024 * 1024;
/** A wait is cut into pieces, so that it ends also where the front thread is gone. */
const WAIT_MS = 100;

/** The main thread's way to the sockets. Costs about 10 µs a message; the order of calls is kept. */
export class Transport {
  #posted = 0;

  constructor(
    readonly post: (message: ToFront) => void,
    private readonly state: SharedState,
  ) {}

  /** As one: each post wakes the other thread, which costs more than the message. */
  postTogether(messages: ToFront[]): void {
    this.post({ kind: 'together', messages });
  }

  /** An iopub message that belongs to `owner`. Blocks while too much is on its way. */
  send(type: string, content: Content, owner: Owner | null, buffers?: Uint8Array[], metadata?: Content): void {
    const message = iopub(type, content, owner, buffers, metadata);
    const bytes = buffers?.reduce((sum, { byteLength }) => sum + byteLength, 0) ?? 0;
    const units = PIECE_UNITS + message.content.length + bytes;
    this.post({ ...message, units });
    this.#count(units);
  }

  /** Text that was printed. Blocks as well. */
  stream(name: 'stdout' | 'stderr', text: string, owner: Owner | null): void {
    for (const piece of piecesOf(text, MAX_PIECE)) {
      this.post({ kind: 'stream', name, text: piece, parent: owner?.parent ?? null });
      this.#count(piece.length + PIECE_UNITS);
    }
  }

  #count(units: number): void {
    this.#posted = (this.#posted + units) | 0;
    for (;;) {
      const { consumed } = this.state;
      // Both numbers wrap around at 32 bits; their difference does not.
      if (((this.#posted - consumed) | 0) <= MAX_UNITS + units) return;
      this.state.waitForConsumed(consumed, WAIT_MS);
    }
  }
}

export function iopub(
  type: string,
  content: Content,
  owner: Owner | null,
  buffers?: Uint8Array[],
  metadata?: Content,
): Outgoing {
  return {
    kind: 'send',
    channel: 'iopub',
    type,
    content: toJson(content),
    parent: owner?.parent ?? null,
    buffers,
    metadata: metadata && toJson(metadata),
  };
}
