import { type Chunk, END, type MaybePromise } from './chunk';
import type { Origin } from './origin';
import type { Probe } from './probe';
import type { Stage } from './stage';

/** One of several streams that an operation reads, with the items that it has received but not used yet. */
export class Inlet {
  ended = false;
  #chunk: Chunk | null = null;
  #at = 0;
  #pending: Promise<void> | null = null;
  /** Kept, since nobody may be waiting for it when it comes. */
  #failure: { thrown: unknown } | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly probe: Probe | null,
  ) {}

  get available(): number {
    return this.#chunk === null ? 0 : this.#chunk.length - this.#at;
  }

  /** Pulls more once nothing is left; returns a promise where it has to wait. Afterwards there may still be nothing. */
  fill(want: number, limit: number): MaybePromise<void> {
    if (this.available > 0 || this.ended) return;
    if (this.#failure !== null) throw this.#failure.thrown;
    if (this.#pending !== null) return this.#pending;
    const pulled = this.stage.pull(want, limit);
    if (!(pulled instanceof Promise)) return this.#accept(pulled);
    const asked = this.probe?.beginWait() ?? 0;
    this.#pending = pulled
      .then(
        (chunk) => {
          this.probe?.endWait(asked);
          this.#accept(chunk);
        },
        (thrown: unknown) => {
          this.#failure = { thrown };
          throw thrown;
        },
      )
      .finally(() => (this.#pending = null));
    // Another inlet may fail first; those who wait for this one still get its failure.
    this.#pending.catch(() => undefined);
    return this.#pending;
  }

  #accept(chunk: Chunk | typeof END): void {
    if (chunk === END) this.ended = true;
    else {
      this.#chunk = chunk;
      this.#at = 0;
      this.probe?.countInput(chunk.length);
    }
  }

  /** The next item; only where one is `available`. */
  take(): { value: unknown; origin: Origin } {
    const at = this.#at++;
    return { value: this.#chunk!.values[at], origin: this.#chunk!.originAt(at) };
  }

  /** Where the next item came from; only where one is `available`. */
  get nextOrigin(): Origin {
    return this.#chunk!.originAt(this.#at);
  }

  close(): MaybePromise<void> {
    this.ended = true;
    this.#chunk = null;
    return this.stage.close();
  }
}

/** Closes all, also where one fails to; a promise only where one has to be waited for. */
export function closeAll(all: readonly Pick<Stage, 'close'>[]): MaybePromise<void> {
  const pending: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (const one of all) {
    try {
      const closed = one.close();
      if (closed instanceof Promise) pending.push(closed.catch((thrown: unknown) => void failures.push(thrown)));
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  const report = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  return pending.length === 0 ? report() : Promise.all(pending).then(report);
}
