import type { Suspension } from '../recorder/thread-time';
import type { Origin } from './origin';

/** One call that was begun. Slots are used again, so that a call costs no objects but those of its promise. */
export class Slot {
  input: unknown;
  origin: Origin = 0;
  index = 0;
  /** When its call began; 0 where that is not timed. */
  start = 0;
  /** While a timed call waits for its promise. */
  suspension: Suspension | null = null;
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
    this.suspension = null;
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
