import { inspect } from 'node:util';
import { Router, XPublisher } from 'zeromq';
import { log } from '../threads/log';
import type { Channel } from '../threads/messages';
import { addressOf, type Connection } from '../wire/connection';
import type { Frame } from '../wire/message';

export interface SocketEvents {
  /** Frames on shell, control or stdin. */
  onFrames(channel: Channel, frames: Uint8Array[]): void;
  /** Someone subscribed to a topic of iopub; the empty topic is everything. */
  onSubscribe(topic: Uint8Array): void;
}

/** The five sockets of a kernel. `bind`, then `close` once; closing sends what is still queued. */
export class Sockets {
  readonly #iopub = unbounded(new XPublisher());
  readonly #routers = { shell: router(), control: router(), stdin: router() };
  /** It echoes each message to its sender. A reply socket would be stuck with a client that went away in between. */
  readonly #heartbeat = router();

  constructor(private readonly events: SocketEvents) {
    // Without it a second subscriber to the same topic is not heard of.
    this.#iopub.verbosity = 'allSubs';
  }

  async bind(connection: Connection): Promise<void> {
    const { shell, control, stdin } = this.#routers;
    await Promise.all([
      this.#iopub.bind(addressOf(connection, 'iopub_port')),
      shell.bind(addressOf(connection, 'shell_port')),
      control.bind(addressOf(connection, 'control_port')),
      stdin.bind(addressOf(connection, 'stdin_port')),
      this.#heartbeat.bind(addressOf(connection, 'hb_port')),
    ]);
    void this.#serve('shell');
    void this.#serve('control');
    void this.#serve('stdin');
    void this.#welcome();
    void this.#beat();
  }

  /** What a client of iopub has not read yet is kept: dropping it would hit those who read, too. */
  send(channel: Channel, frames: Frame[]): void {
    const socket = channel === 'iopub' ? this.#iopub : this.#routers[channel];
    // Rejects only for a client that is gone.
    if (!socket.closed) socket.send(frames).catch(() => undefined);
  }

  close(): void {
    for (const socket of [this.#iopub, ...Object.values(this.#routers), this.#heartbeat]) socket.close();
  }

  async #serve(channel: 'shell' | 'control' | 'stdin'): Promise<void> {
    for await (const frames of receivedBy(this.#routers[channel])) guarded(() => this.events.onFrames(channel, frames));
  }

  async #welcome(): Promise<void> {
    for await (const [frame] of receivedBy(this.#iopub)) {
      if (frame !== undefined && frame[0] === 1) guarded(() => this.events.onSubscribe(frame.subarray(1)));
    }
  }

  async #beat(): Promise<void> {
    for await (const frames of receivedBy(this.#heartbeat)) {
      // Rejects only for a client that is gone.
      if (!this.#heartbeat.closed) this.#heartbeat.send(frames).catch(() => undefined);
    }
  }
}

/**
 * A client that connects again, e.g. after its machine slept, has the name of the connection that is still taken for
 * alive.
 */
function router(): Router {
  const socket = unbounded(new Router());
  socket.handover = true;
  return socket;
}

/**
 * Messages until the socket is closed. zeromq.js's own iterator ends permanently at bytes that are not a message, such
 * as those of an HTTP request.
 */
async function* receivedBy(socket: Router | XPublisher): AsyncGenerator<Uint8Array[]> {
  while (!socket.closed) {
    try {
      yield await socket.receive();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** One message that fails must not be the last one of its socket. */
function guarded(serve: () => void): void {
  try {
    serve();
  } catch (error) {
    log(`a message was not served: ${inspect(error)}`);
  }
}

/**
 * No limit and no waiting: zeromq.js throws EBUSY after 512 sends without a turn of the event loop unless `sendTimeout`
 * is 0, and drops messages beyond the high water mark. Must be set before bind.
 */
function unbounded<S extends XPublisher | Router>(socket: S): S {
  socket.sendTimeout = 0;
  socket.sendHighWaterMark = 0;
  return socket;
}
