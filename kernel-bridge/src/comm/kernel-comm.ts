import type { Comm, CommMessage, SendOptions } from './types';

type Handler = (message: CommMessage) => void | Promise<void>;

export interface CommDoor {
  post(type: 'comm_msg' | 'comm_close', comm: KernelComm, data: Record<string, unknown>, options: SendOptions): void;
  /** Makes a handler run as part of the cell that sets it. */
  bind(handler: Handler): Handler;
}

/** A comm of the main thread. Made by `CommManager`. */
export class KernelComm implements Comm {
  #isClosed = false;
  #onMsg: Handler | null = null;
  #onClose: Handler | null = null;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly door: CommDoor,
  ) {}

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(data: Record<string, unknown>, options: SendOptions = {}): void {
    if (this.#isClosed) throw new Error(`comm "${this.target}" is closed: open another one`);
    this.door.post('comm_msg', this, data, options);
  }

  onMsg(handler: Handler): void {
    this.#onMsg = this.door.bind(handler);
  }

  onClose(handler: Handler): void {
    this.#onClose = this.door.bind(handler);
  }

  close(data: Record<string, unknown> = {}): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.door.post('comm_close', this, data, {});
  }

  /** The front end sent something. */
  receive(message: CommMessage): void | Promise<void> {
    return this.#onMsg?.(message);
  }

  /** The front end closed it. */
  receiveClose(message: CommMessage): void | Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    return this.#onClose?.(message);
  }
}
