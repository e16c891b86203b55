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
  #isReady: Promise<void> | null = null;
  #setReady: (() => void) | null = null;
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
    this.#setReady?.();
  }

  onClose(handler: Handler): void {
    this.#onClose = this.door.bind(handler);
  }

  close(data: Record<string, unknown> = {}): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.door.post('comm_close', this, data, {});
  }

  /**
   * While `handler` accepts the comm, which may take time, messages wait for it to say what is to be done with them.
   */
  async accept(handler: () => void | Promise<void>): Promise<void> {
    this.#isReady = new Promise((resolve) => (this.#setReady = resolve));
    try {
      await handler();
    } finally {
      this.#setReady?.();
      this.#isReady = this.#setReady = null;
    }
  }

  /** The front end sent something. */
  async receive(message: CommMessage): Promise<void> {
    if (this.#onMsg === null && this.#isReady !== null) await this.#isReady;
    await this.#onMsg?.(message);
  }

  /** The front end closed it. */
  receiveClose(message: CommMessage): void | Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    return this.#onClose?.(message);
  }
}
