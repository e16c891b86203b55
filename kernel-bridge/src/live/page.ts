import type { KernelMessage, StatusMessage } from 'stemma';

/** A message before it is numbered. */
export type Unnumbered<M> = M extends unknown ? Omit<M, 'seq' | 'createdMs'> & { createdMs?: number } : never;

/** One open comm of one page: numbers what it is sent. */
export class Page {
  /** Hidden: wants no patches. */
  isPaused = false;
  watched: string[] = [];
  #seq = 0;

  constructor(
    readonly commId: string,
    private readonly post: (data: KernelMessage, buffers: Uint8Array[]) => void,
  ) {}

  send(message: Unnumbered<Exclude<KernelMessage, StatusMessage>>, buffers: Uint8Array[] = []): void {
    this.#post({ ...message, seq: ++this.#seq } as Exclude<KernelMessage, StatusMessage>, buffers);
  }

  /** A status does not count: its number is that of the message before. */
  sendStatus(status: Omit<StatusMessage, 'type' | 'seq' | 'createdMs'>): void {
    this.#post({ type: 'status', ...status, seq: this.#seq } as StatusMessage, []);
  }

  #post(message: KernelMessage, buffers: Uint8Array[]): void {
    this.post({ ...message, createdMs: message.createdMs ?? performance.timeOrigin + performance.now() }, buffers);
  }
}
