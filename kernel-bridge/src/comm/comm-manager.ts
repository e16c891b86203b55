import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import type { Context } from '../cells/context';
import type { Transport } from '../threads/transport';
import type { IncomingComm } from '../threads/messages';
import { isObject } from '../wire/message';
import { type CommDoor, KernelComm } from './kernel-comm';
import type { Comm, CommApi, CommMessage, SendOptions, TargetHandler } from './types';
import { textOf } from '../wire/text-of';

type Handler = (message: CommMessage) => void | Promise<void>;

/**
 * The comms of user code and other libraries. Their handlers run on the main thread, so they wait while a cell blocks.
 */
export class CommManager implements CommApi {
  readonly #targets = new Map<string, TargetHandler>();
  readonly #comms = new Map<string, KernelComm>();
  readonly #door: CommDoor = {
    post: (type, comm, data, options) => this.#post(type, comm, data, options),
    bind: (handler) => this.#bind(handler),
  };

  constructor(
    private readonly context: Context,
    private readonly transport: Transport,
  ) {}

  open(target: string, data: Record<string, unknown> = {}, options: SendOptions = {}): Comm {
    const comm = new KernelComm(randomUUID(), target, this.#door);
    this.#comms.set(comm.id, comm);
    this.transport.post({ kind: 'opened', id: comm.id, target });
    this.#send('comm_open', { comm_id: comm.id, target_name: target, data }, options);
    return comm;
  }

  registerTarget(target: string, handler: TargetHandler): void {
    const owner = this.context.current;
    this.#targets.set(target, (comm, open) => this.context.run(owner, () => handler(comm, open)));
    this.transport.post({ kind: 'target', name: target, registered: true });
  }

  unregisterTarget(target: string): void {
    this.#targets.delete(target);
    this.transport.post({ kind: 'target', name: target, registered: false });
  }

  /** A message of the front end. A handler that throws is reported in the cell that set it. */
  async receive({ type, header, content, metadata, buffers }: IncomingComm): Promise<void> {
    const id = textOf(content['comm_id']);
    const data = isObject(content['data']) ? content['data'] : {};
    const message: CommMessage = { data, metadata, buffers };
    this.transport.post({ kind: 'status', state: 'busy', parent: header });
    try {
      if (type === 'comm_open') await this.#accept(id, textOf(content['target_name']), message);
      else if (type === 'comm_msg') await this.#comms.get(id)?.receive(message);
      else await this.#forget(id)?.receiveClose(message);
    } catch (error) {
      process.stderr.write(`a comm handler threw: ${inspect(error)}\n`);
    }
    this.transport.post({ kind: 'status', state: 'idle', parent: header });
  }

  async #accept(id: string, target: string, message: CommMessage): Promise<void> {
    const comm = new KernelComm(id, target, this.#door);
    this.#comms.set(id, comm);
    try {
      const handler = this.#targets.get(target);
      if (handler === undefined) comm.close();
      else await comm.accept(() => handler(comm, message));
    } catch (error) {
      comm.close({ error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  #bind(handler: Handler): Handler {
    const owner = this.context.current;
    return (message) => this.context.run(owner, () => handler(message));
  }

  #forget(id: string): KernelComm | undefined {
    const comm = this.#comms.get(id);
    this.#comms.delete(id);
    return comm;
  }

  #post(type: 'comm_msg' | 'comm_close', comm: KernelComm, data: Record<string, unknown>, options: SendOptions): void {
    this.#send(type, { comm_id: comm.id, data }, options);
    if (type === 'comm_close') {
      this.#comms.delete(comm.id);
      this.transport.post({ kind: 'closed', id: comm.id });
    }
  }

  #send(type: string, content: Record<string, unknown>, { buffers, metadata }: SendOptions): void {
    this.transport.send(type, content, this.context.current, buffers, metadata);
  }
}
