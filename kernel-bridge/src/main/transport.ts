import type { Execution } from '../cells/execution';
import { PIECE_UNITS } from '../front/stream-joiner';
import type { ToFront } from '../threads/messages';
import type { SharedState } from '../threads/shared-state';
import { toJson } from '../wire/json';
import type { Content } from '../wire/message';

/** Printed text that may be on its way to the front thread; beyond it, printing waits. Keeps the sockets' thread answering within milliseconds. */
const MAX_UNITS = 512 * 1024;
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

  /** An iopub message that belongs to `owner`. */
  send(type: string, content: Content, owner: Execution | null, buffers?: Uint8Array[], metadata?: Content): void {
    this.post(iopub(type, content, owner, buffers, metadata));
  }

  /** Text that was printed. Blocks while too much of it is on its way. */
  stream(name: 'stdout' | 'stderr', text: string, owner: Execution | null): void {
    this.#posted = (this.#posted + text.length + PIECE_UNITS) | 0;
    this.post({ kind: 'stream', name, text, parent: owner?.parent ?? null });
    for (;;) {
      const { consumed } = this.state;
      // Both numbers wrap around at 32 bits; their difference does not.
      if (((this.#posted - consumed) | 0) <= MAX_UNITS + text.length) return;
      this.state.waitForConsumed(consumed, WAIT_MS);
    }
  }
}

export function iopub(
  type: string,
  content: Content,
  owner: Execution | null,
  buffers?: Uint8Array[],
  metadata?: Content,
): ToFront {
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
