import { log } from '../threads/log';
import type { Frame } from '../wire/message';

/** A client that reads takes this long at most until there is room again; one that does not is not waited for any longer. */
const PATIENCE_MS = 5_000;
/** So long it then loses messages, before it is waited for again. */
const LOSSY_MS = 60_000;
const RETRY_MS = 1;

export interface OutboxOptions {
  /** Rejects with `EAGAIN` where a client has no room; but not while `setLossy(true)` holds: that client then loses the message. */
  send(frames: Frame[]): Promise<void>;
  setLossy(isLossy: boolean): void;
  onSent(units: number): void;
}

/** Messages on their way to all clients, in order. Waits for slow clients, so that what waits can be counted and bounded. */
export class Outbox {
  readonly #waiting: { frames: Frame[]; units: number }[] = [];
  #isSending = false;
  #onEmpty: (() => void) | null = null;

  constructor(private readonly options: OutboxOptions) {}

  /** `units` are told once the message has left. */
  post(frames: Frame[], units: number): void {
    this.#waiting.push({ frames, units });
    if (!this.#isSending) void this.#send();
  }

  /** Resolves when all has left, or the time is over. */
  async empty(limitMs: number): Promise<void> {
    if (!this.#isSending) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
      setTimeout(resolve, limitMs);
    });
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    for (let next; (next = this.#waiting.shift()) !== undefined;) {
      await this.#deliver(next.frames);
      if (next.units > 0) this.options.onSent(next.units);
    }
    this.#isSending = false;
    this.#onEmpty?.();
  }

  async #deliver(frames: Frame[]): Promise<void> {
    for (let beganMs: number | null = null; ; await new Promise((resolve) => setTimeout(resolve, RETRY_MS))) {
      try {
        return await this.options.send(frames);
      } catch (error) {
        // Closed.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      }
      const nowMs = performance.now();
      beganMs ??= nowMs;
      if (nowMs - beganMs >= PATIENCE_MS) this.#stopWaiting();
    }
  }

  #stopWaiting(): void {
    log(
      `a client has read nothing for ${PATIENCE_MS / 1000} s: for ${LOSSY_MS / 1000} s it loses what it has no room for`,
    );
    this.options.setLossy(true);
    setTimeout(() => this.options.setLossy(false), LOSSY_MS).unref();
  }
}
