import { messageOf } from '../engine/errors';
import type { Ending } from '../recorder/session-info';
import { UncaughtError } from '../recorder/uncaught-error';
import type { PipelineOutcome } from './run-pipeline';

/** What a shell makes of the number of the signal. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * What ends a run from outside, and lets its record be written: a first Ctrl-C (or SIGTERM, or SIGHUP of a lost
 * terminal), an error that nothing catches, or a wait for what never comes. A second Ctrl-C ends the process.
 */
export class Signals {
  readonly #controller = new AbortController();
  exitCode: number | null = null;
  /** The process ends at once, without a record. */
  isKilled = false;
  /** The first error that nothing caught. */
  uncaught: UncaughtError | null = null;
  /** How many more of them there were. */
  moreUncaught = 0;
  #received: keyof typeof EXIT_CODES | null = null;

  constructor() {
    for (const name of Object.keys(EXIT_CODES)) process.on(name, this.#receive);
    process.once('beforeExit', this.#stall).on('uncaughtException', this.#crash);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Node ends a process in which nothing can happen any more, with code 0, whatever is still waited for. */
  readonly #stall = (): void => {
    process.exitCode = 1;
    this.#controller.abort(
      new Error('the pipeline waits for what can never come, such as a stream or a promise that nothing will end'),
    );
  };

  /** There may be many, since what fails in one timer fails in the next: the first one ends the run. */
  readonly #crash = (error: unknown): void => {
    this.exitCode ??= 1;
    if (this.uncaught !== null) {
      this.moreUncaught++;
      return;
    }
    this.uncaught = new UncaughtError(`an error that nothing caught: ${messageOf(error)}`, { cause: error });
    this.#controller.abort(this.uncaught);
  };

  readonly #receive = (name: keyof typeof EXIT_CODES): void => {
    if (this.exitCode !== null) {
      this.isKilled = true;
      process.exit(this.exitCode);
    }
    this.exitCode = EXIT_CODES[name];
    this.#received = name;
    this.#controller.abort(new Error(`the run was interrupted (${name})`));
  };

  /** How the program ends, once its run is over. */
  endingOf(state: PipelineOutcome['state']): Ending {
    if (state === 'complete' && this.uncaught === null) return { how: 'completed', exitCode: 0 };
    const signal = this.#received;
    if (state !== 'aborted' || signal === null) return { how: 'failed', exitCode: this.exitCode ?? 1 };
    return { how: signal === 'SIGINT' ? 'interrupted' : 'signal', signal, exitCode: EXIT_CODES[signal] };
  }

  release(): void {
    process.off('beforeExit', this.#stall).off('uncaughtException', this.#crash);
    for (const name of Object.keys(EXIT_CODES)) process.off(name, this.#receive);
  }
}
