// Not the global one, which belongs to the cell that is being interrupted.
import { setImmediate } from 'node:timers';
import type { Failure, KnownState } from 'stemma-document';
import type { ProcessRecord } from './process-record';
import type { ProcessRunRecord } from './process-run';
import type { RunRecord } from './run-record';
import { UncaughtError } from './uncaught-error';

/** The runs that have begun and not ended: what their processes are in meanwhile, and how they come to their ends. */
export class RunsUnderWay {
  readonly #running = new Set<RunRecord>();
  #interrupted: Promise<void> = Promise.resolve();

  /** `touch`: a process, an artifact or a run has changed. `version`: of the latest change. */
  constructor(
    private readonly touch: (record: { version: number }) => void,
    private readonly version: () => number,
  ) {}

  add(run: RunRecord): void {
    this.#running.add(run);
  }

  get size(): number {
    return this.#running.size;
  }

  /** A process takes part in a run. Returns its part, the same one each time. */
  join(run: RunRecord, process: ProcessRecord): ProcessRunRecord {
    const { part, isNew } = run.join(process);
    if (isNew && process.output !== null) {
      process.output.currentItems = 0;
      process.output.passes = null;
      process.output.sampler.begin();
    }
    return part;
  }

  /** Returns whether it was under way. */
  end(run: RunRecord, state: KnownState, failure: Failure | null): boolean {
    if (!this.#running.delete(run)) return false;
    run.end(state);
    const parts = [...run.parts.values()];
    const failed = parts.find((part) => part.state === 'failed');
    run.failure = failure && (failed?.process.shown(failure) ?? failure);
    const traced = run.traced.furthest();
    for (const part of parts) this.#settle(part, run, traced);
    return true;
  }

  #settle(part: ProcessRunRecord, run: RunRecord, traced: ReadonlySet<number>): void {
    const { process } = part;
    part.end(stateOf(part, run));
    process.leave(part, run.endedMs);
    this.touch(process);
    if (process.output === null) return;
    process.output.settleLength();
    this.touch(process.output);
    if (process.output.sampler.settle(run, traced)) process.output.samplesVersion = this.version();
  }

  /** A run that was stopped has failed after all, in its sink. Returns whether it had been. */
  failLate(run: RunRecord, failure: Failure): boolean {
    if (run.state !== 'stopped') return false;
    run.state = 'failed';
    run.failure = run.sink.shown(failure);
    const part = run.parts.get(run.sink);
    if (part === undefined) return true;
    run.sink.failLate(part, failure);
    this.touch(run.sink);
    return true;
  }

  /** Notes how full buffers are. */
  readLevels(): void {
    for (const run of this.#running) for (const process of run.processes) process.buffer.note();
  }

  /** Calls of asynchronous functions are under way. */
  get callsOverlap(): boolean {
    for (const run of this.#running) for (const { timer } of run.processes) if (timer.overlapping) return true;
    return false;
  }

  /** The processes of all of them. */
  liveProcesses(): Set<ProcessRecord> {
    const live = new Set<ProcessRecord>();
    for (const run of this.#running) for (const process of run.processes) live.add(process);
    return live;
  }

  /** Asks all to end, and ends those that do not say how they did: an interrupt may tear code down in mid-work. */
  interrupt(reason: string | UncaughtError): void {
    const error = reason instanceof UncaughtError ? reason : interruption(reason);
    const runs = [...this.#running];
    for (const run of runs) run.control?.abort(error);
    const abandon = (): void => {
      for (const run of runs) if (this.#running.has(run)) run.control?.abandon(error);
    };
    // The others have two turns to do so.
    this.#interrupted = new Promise((resolve) => {
      setImmediate(() =>
        setImmediate(() => {
          abandon();
          resolve();
        }),
      );
    });
  }

  /** Resolves once the runs that the latest interrupt ended have ended. */
  interrupted(): Promise<void> {
    return this.#interrupted;
  }

  /** Ends all at once. */
  abandonAll(reason: string): void {
    const error = interruption(reason);
    for (const { control } of [...this.#running]) {
      control?.abort(error);
      control?.abandon(error);
    }
  }
}

/** Of a process in a run that has ended. Where another one failed, it was read no further. */
function stateOf(part: ProcessRunRecord, { state }: RunRecord): KnownState {
  if (state === 'failed' || state === 'aborted') {
    if (part.state === 'failed') return 'failed';
    return state === 'failed' ? 'stopped' : 'aborted';
  }
  return state;
}

/** Comes from outside of all code of the user's: calls say nothing of it. */
function interruption(reason: string): Error {
  const error = new Error(reason);
  error.name = 'Interrupted';
  error.stack = `${error.name}: ${reason}`;
  return error;
}
