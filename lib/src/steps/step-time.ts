import { THREAD } from '../recorder/thread-time';
import type { BlockRun } from '../sinks/block-run';
import { idle, now } from '../util/clock';

/**
 * The self time of a step: what the thread did while it went on, without what others have booked, such as the pipelines
 * that it reads. Loops in it book the time of their bodies themselves.
 */
export class StepTime {
  readonly #beganMs = now();
  readonly #bookedMs = THREAD.bookedMs;
  readonly #idleMs = idle();
  readonly #awaitedMs: number;

  constructor(private readonly run: BlockRun) {
    this.#awaitedMs = this.#alreadyAwaited;
  }

  /** Of idle time, what its loops have booked, or waited for. */
  get #alreadyAwaited(): number {
    const { timer, waitMs } = this.run.process;
    return (timer.awaitedMs ?? 0) + (waitMs ?? 0);
  }

  /** It is over. */
  book(): void {
    const elapsedMs = now() - this.#beganMs;
    const idleMs = Math.min(elapsedMs, idle() - this.#idleMs);
    const ownMs = elapsedMs - idleMs - (THREAD.bookedMs - this.#bookedMs);
    const hasLoops = this.run.hasInput;
    if (hasLoops) this.run.probe.spend(ownMs);
    else this.run.probe.took(ownMs, Math.max(0, idleMs - (this.#alreadyAwaited - this.#awaitedMs)));
  }
}
