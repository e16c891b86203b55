import { BusyWatch } from '../live/busy-watch';
import { LivePublisher } from '../live/live-publisher';
import { log } from '../threads/log';
import type { Channel, ToFront, ToMain } from '../threads/messages';
import type { SharedState } from '../threads/shared-state';
import type { Connection } from '../wire/connection';
import { toJson } from '../wire/json';
import { Codec, type Content, type Message, UnreadableMessage } from '../wire/message';
import { CommRegistry } from './comm-registry';
import { CommServer } from './comm-server';
import { Interrupter } from './interrupter';
import { kernelInfo } from './kernel-info';
import { Publisher } from './publisher';
import { ShutdownPatience } from './shutdown-patience';
import { Sockets } from './sockets';
import { textOf } from '../wire/text-of';

/** What closed sockets get to send what is queued. */
const LINGER_MS = 250;
/** What handlers of the process's exit get. */
const EXIT_PATIENCE_MS = 5_000;
/** What messages get that a client has sent and that have not arrived. */
const FENCE_MS = 10;

/**
 * The thread that owns the sockets. It handles what it can by itself (kernel_info, comms of Stemma, interrupt,
 * shutdown, heartbeat), passes the rest to the main thread, and sends its messages.
 */
export class Front {
  readonly #info = kernelInfo();
  readonly #registry = new CommRegistry();
  readonly #codec: Codec;
  readonly #sockets: Sockets;
  readonly #publisher: Publisher;
  readonly #interrupter: Interrupter;
  readonly #comms: CommServer;
  readonly #busy: BusyWatch;
  readonly #live: LivePublisher;
  readonly #patience: ShutdownPatience;

  constructor(
    private readonly connection: Connection,
    private readonly state: SharedState,
    private readonly post: (message: ToMain) => void,
  ) {
    this.#codec = new Codec(connection.key);
    this.#sockets = new Sockets({
      onFrames: (channel, frames) => this.#receive(channel, frames),
      onSubscribe: (topic) => this.#welcome(topic),
    });
    this.#publisher = new Publisher(this.#codec, this.#sockets, state);
    this.#interrupter = new Interrupter(state, post);
    this.#patience = new ShutdownPatience(
      () => this.#interrupter.interrupt(),
      () => void this.#end(LINGER_MS),
    );
    this.#comms = new CommServer(this.#registry, this.#publisher, () => this.#live, post);
    this.#busy = new BusyWatch({
      ping: (id) => post({ kind: 'ping', for: 'busy', id }),
      onChange: (busy) => this.#live.status(busy),
    });
    this.#live = new LivePublisher({
      post,
      send: (id, data, buffers) => this.#comms.send('comm_msg', id, { ...data }, buffers),
      close: (id, error) => this.#comms.send('comm_close', id, { error }),
      busy: () => this.#busy.current,
    });
  }

  async start(): Promise<void> {
    await this.#sockets.bind(this.connection);
    this.#publisher.status('starting', null);
  }

  /** A message of the main thread. */
  obey(message: ToFront): void {
    this.#patience.heard();
    switch (message.kind) {
      case 'send':
        return this.#publisher.send(message);
      case 'together':
        return message.messages.forEach((one) => this.obey(one));
      case 'stream':
        return this.#publisher.stream(message);
      case 'status':
        if (message.cell !== undefined) {
          if (message.state === 'busy') this.#busy.begin(message.cell);
          else this.#busy.end();
        }
        return this.#publisher.status(message.state, message.parent);
      case 'target':
        return this.#registry.setTarget(message.name, message.registered);
      case 'opened':
        return this.#registry.add(message.id, message.target);
      case 'closed':
        return this.#registry.remove(message.id);
      case 'fence':
        setTimeout(() => this.post(message), FENCE_MS);
        return;
      case 'pong':
        return message.for === 'busy' ? this.#busy.pong(message.id) : this.#interrupter.pong(message.id);
      case 'session':
        return this.#live.session(message);
      case 'record':
        return this.#live.record(message);
      case 'reply':
        return this.#live.reply(message);
      case 'flush':
        this.#patience.stop();
        return void this.#end(EXIT_PATIENCE_MS);
    }
  }

  /** Sends what is left, then notes it in the shared state. A process that does not end after that is killed. */
  async #end(patienceMs: number): Promise<void> {
    this.#publisher.flush();
    this.#sockets.close();
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    this.state.setFlushed();
    // `process.exit` in a worker ends only the worker.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMs);
  }

  /** Welcomes a new subscriber (https://jupyter.org/enhancement-proposals/65-jupyter-xpub/jupyter-xpub.html). */
  #welcome(topic: Uint8Array): void {
    const subscription = Buffer.from(topic).toString();
    this.#sockets.send(
      'iopub',
      this.#codec.encode('iopub_welcome', toJson({ subscription }), null, { idents: [topic] }),
    );
  }

  #receive(channel: Channel, frames: Uint8Array[]): void {
    let message: Message;
    try {
      message = this.#codec.decode(frames);
    } catch (error) {
      log(`dropped a message on ${channel}: ${(error as Error).message}`);
      if (error instanceof UnreadableMessage) this.#refuse(channel, error);
      return;
    }
    const { header, content } = message;
    switch (header.msg_type) {
      case 'kernel_info_request':
        return this.#reply(channel, message, 'kernel_info_reply', this.#info);
      case 'comm_info_request':
        return this.#reply(channel, message, 'comm_info_reply', this.#registry.info(content['target_name']));
      case 'interrupt_request':
        this.#interrupter.interrupt();
        return this.#reply(channel, message, 'interrupt_reply', { status: 'ok' });
      case 'shutdown_request':
        this.#reply(channel, message, 'shutdown_reply', { status: 'ok', restart: content['restart'] === true });
        return this.shutDown();
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        return this.#comms.receive(header.msg_type, message);
      case 'input_reply':
        return this.post({ kind: 'input', value: textOf(content['value']) });
      case 'execute_request':
      case 'complete_request':
      case 'inspect_request':
      case 'is_complete_request':
      case 'history_request':
        return this.post({ ...message, channel, kind: 'request' });
      default:
        log(`no reply to "${header.msg_type}", which this kernel does not know`);
    }
  }

  /** Someone who waits for a reply gets one. */
  #refuse(channel: Channel, { header, idents, message: evalue }: UnreadableMessage): void {
    const type = header.msg_type;
    if (!type.endsWith('_request')) return;
    const failure = { ename: 'UnreadableMessage', evalue, traceback: [`this ${type} cannot be read: ${evalue}`] };
    const content = toJson({ status: 'error', ...failure });
    this.#publisher.status('busy', header);
    if (type === 'execute_request') this.#publisher.iopub('error', failure, header);
    this.#publisher.send({ channel, type: type.replace(/request$/, 'reply'), content, parent: header, idents });
    this.#publisher.status('idle', header);
  }

  #reply(channel: Channel, { header, idents }: Message, type: string, content: Content): void {
    this.#publisher.status('busy', header);
    this.#publisher.send({ channel, type, content: toJson(content), parent: header, idents });
    this.#publisher.status('idle', header);
  }

  /** Ends the process: the main thread does it, once what blocks it has been torn down. */
  shutDown(): void {
    this.post({ kind: 'exit' });
    this.#patience.start();
  }
}
