/** Public types of the comm API: see docs/how-to/widgets.md. */

export interface CommMessage {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** The raw bytes that came with it. */
  buffers: Uint8Array[];
}

export interface SendOptions {
  metadata?: Record<string, unknown>;
  /** Sent as they are, behind the JSON. They are copied: what is written into them later changes nothing. */
  buffers?: Uint8Array[];
}

/** One open channel between this kernel and a front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** True once either side has closed it; sending then throws. */
  readonly isClosed: boolean;
  send(data: Record<string, unknown>, options?: SendOptions): void;
  /** Replaces the handler before. What it prints goes to the cell that set it. */
  onMsg(handler: (message: CommMessage) => void | Promise<void>): void;
  /** Called when the front end closes it; not when this side does. */
  onClose(handler: (message: CommMessage) => void | Promise<void>): void;
  /** Idempotent. */
  close(data?: Record<string, unknown>): void;
}

/** Called for each comm that a front end opens. Throwing closes it. */
export type TargetHandler = (comm: Comm, open: CommMessage) => void | Promise<void>;

/** Comms, as in ipykernel's `comm` package. */
export interface CommApi {
  /** Opens a comm to the front end; `data` and `options` go with the `comm_open`. */
  open(target: string, data?: Record<string, unknown>, options?: SendOptions): Comm;
  /** Lets front ends open comms of this name; a later handler replaces the one before. */
  registerTarget(target: string, handler: TargetHandler): void;
  unregisterTarget(target: string): void;
}
