import type { Origin } from './origin';

/** One call that was begun. Slots are used again, so that a call costs no objects but those of its promise. */
export class Slot {
  input: unknown;
  origin: Origin = 0;
  index = 0;
  start = 0;
  state: 'pending' | 'done' | 'failed' = 'pending';
  /** The result, or what was thrown. */
  result: unknown;

  /** `settled` is called when the promise that was followed has settled. */
  constructor(private readonly settled: (slot: Slot, state: 'done' | 'failed', result: unknown) => void) {}

  begin(input: unknown, origin: Origin, index: number, start: number): void {
    this.input = input;
    this.origin = origin;
    this.index = index;
    this.start = start;
    this.state = 'pending';
  }

  follow(promise: PromiseLike<unknown>): void {
    promise.then(this.#done, this.#failed);
  }

  /** Lets go of what it holds. */
  clear(): void {
    this.input = undefined;
    this.result = undefined;
  }

  readonly #done = (result: unknown): void => this.settled(this, 'done', result);
  readonly #failed = (error: unknown): void => this.settled(this, 'failed', error);
}
