import type { SharedState } from '../threads/shared-state';
import { type Json, toJson } from '../wire/json';
import type { Codec, Content, Header } from '../wire/message';
import type { Sockets } from './sockets';
import { type Channel, type Outgoing, PIECE_UNITS, type ToFront } from '../threads/messages';
import { StreamJoiner } from './stream-joiner';

/** Signs and sends; keeps the order of text and messages, and the kernel's state true. */
export class Publisher {
  /** The execute request that runs now. */
  #running: Header | null = null;
  #unsent = 0;
  readonly #streams: StreamJoiner;

  constructor(
    private readonly codec: Codec,
    private readonly sockets: Sockets,
    private readonly state: SharedState,
  ) {
    this.#streams = new StreamJoiner((name, text, parent) => {
      this.#emit('iopub', 'stream', toJson({ name, text }), parent, { units: this.#unsent });
      this.#unsent = 0;
    });
  }

  /** Text that a cell printed. */
  stream({ name, text, parent }: Extract<ToFront, { kind: 'stream' }>): void {
    this.#unsent += text.length + PIECE_UNITS;
    this.#streams.add(name, text, parent);
  }

  send({ channel, type, content, parent, ...rest }: Omit<Outgoing, 'kind'>): void {
    this.#streams.flush();
    this.#emit(channel, type, content, parent, rest);
  }

  iopub(type: string, content: Content, parent: Header | null, buffers?: Uint8Array[]): void {
    this.send({ channel: 'iopub', type, content: toJson(content), parent, buffers });
  }

  /**
   * Publishes that a request is being worked on, or no longer.
   *
   * JupyterLab takes the `idle` of any message for the state of the whole kernel: while a cell runs, `busy` of that
   * cell is repeated.
   */
  status(state: 'busy' | 'idle' | 'starting', parent: Header | null): void {
    if (state === 'idle' && parent?.msg_id === this.#running?.msg_id) this.#running = null;
    else if (state === 'busy' && parent?.msg_type === 'execute_request') this.#running ??= parent;
    this.iopub('status', { execution_state: state }, parent);
    if (state === 'idle' && this.#running !== null) {
      this.iopub('status', { execution_state: 'busy' }, this.#running);
    }
  }

  flush(): void {
    this.#streams.flush();
  }

  #emit(
    channel: Channel,
    type: string,
    content: Json,
    parent: Header | null,
    { metadata, idents, buffers, units = 0 }: Pick<Outgoing, 'metadata' | 'idents' | 'buffers' | 'units'>,
  ): void {
    const routing = channel === 'iopub' ? [type] : idents;
    this.sockets.send(channel, this.codec.encode(type, content, parent, { metadata, idents: routing, buffers }));
    if (units > 0) this.state.addConsumed(units);
  }
}
