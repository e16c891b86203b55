import { format } from 'node:util';
import { loadTslab, type Tslab } from '../compiler/load-tslab';
import { SourceMaps } from '../compiler/source-maps';
import { Phase, type SharedState } from '../threads/shared-state';
import type { Context } from './context';
import type { Execution } from './execution';
import { compileFailure, type Failure, failureOf } from './failure';
import { Interrupted } from './interrupted';
import { type MimeBundle, mimeBundle } from './mime-bundle';
import { Starter } from './starter';

/** `shown` is the value of the last expression, where there is one to be shown. */
export type Outcome = { status: 'ok'; shown: MimeBundle | null } | { status: 'error'; failure: Failure };

/** Runs one cell at a time with tslab, and makes sure that each comes to an end that is told. */
export class Runner {
  readonly tslab: Tslab;
  readonly maps = new SourceMaps();
  readonly #starter = new Starter();
  #value: unknown;
  #failure: Failure | null = null;
  #onStart: (() => void) | undefined;
  #settle: ((outcome: Outcome) => void) | null = null;

  constructor(
    private readonly context: Context,
    private readonly state: SharedState,
  ) {
    this.tslab = loadTslab({
      cwd: process.cwd(),
      onValue: (value) => (this.#value = value),
      onError: (...args) => this.#noteFailure(args),
      runCode: ({ code, maps, wrapper }, start) => {
        const { fileName = 'cell-0.ts', source = '' } = this.context.running ?? {};
        if (maps !== null) this.maps.add(fileName, { source, code, maps, wrapper });
        return this.#runCode(() => start(fileName));
      },
    });
  }

  /** `shows`: whether the value is wanted. `onStart` is called once the cell has compiled, before its code runs. */
  run(execution: Execution, shows: boolean, onStart?: () => void): Promise<Outcome> {
    const { context, state } = this;
    this.#value = undefined;
    this.#failure = null;
    this.#onStart = onStart;
    context.running = execution;
    state.execution = execution.number;
    return new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
      this.#starter.start(() =>
        state.whole(() => {
          context.begin(execution);
          this.tslab.executor.execute(execution.source).then(
            (isOk) => this.#show(execution, isOk, shows),
            (error: unknown) => this.#end(execution, failed(error)),
          );
        }),
      );
    });
  }

  /** Stops the cell that runs. Its code gets no further than its next await; the reply does not wait for it. */
  interrupt(): void {
    const execution = this.context.running;
    if (execution === null) return;
    const stopped = execution.stop();
    this.tslab.executor.interrupt();
    // Where the code was torn down, nothing of tslab's is left that would answer.
    this.#starter.start(() => this.#starter.start(() => this.#end(execution, failed(stopped))));
  }

  /** The code is through. Its value is shown while the cell still runs: that calls the user's code, too. */
  #show(execution: Execution, isOk: boolean, shows: boolean): void {
    const { context } = this;
    const isWanted = isOk && shows && this.#value !== undefined && !context.isStopped(execution);
    if (!isWanted) return this.#end(execution, isOk ? { status: 'ok', shown: null } : this.#outcomeOfFailure());
    this.#settleDeclarations(true);
    const value = this.#value;
    context
      .run(execution, () => mimeBundle(value))
      .then(
        (shown) => this.#end(execution, { status: 'ok', shown }),
        (error: unknown) => this.#end(execution, failed(error)),
      );
  }

  #end(execution: Execution, outcome: Outcome): void {
    const { context, state } = this;
    if (context.running !== execution) return;
    const isStopped = context.isStopped(execution);
    this.#settleDeclarations(outcome.status === 'ok' && !isStopped);
    state.execution = 0;
    context.end();
    this.#settle?.(isStopped ? failed(execution.stop()) : outcome);
  }

  /** The synchronous part of a cell. */
  #runCode(start: () => unknown): unknown {
    const execution = this.context.running;
    if (execution !== null) this.context.throwIfStopped(execution);
    this.#onStart?.();
    this.#onStart = undefined;
    const before = this.state.enter(Phase.synchronous);
    try {
      return start();
    } catch (error) {
      // The signal did what the inspector had been asked for.
      if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') this.state.release();
      throw error;
    } finally {
      this.state.enter(before);
    }
  }

  /** What later cells know of this one. Nothing the second time. */
  #settleDeclarations(isComplete: boolean): void {
    this.state.whole(() => this.tslab.declarations.settle(isComplete));
  }

  #outcomeOfFailure(): Outcome {
    return { status: 'error', failure: this.#failure ?? compileFailure(['the cell failed without a message']) };
  }

  #noteFailure(args: unknown[]): void {
    if (args.length > 1) {
      const text = format(...args);
      const line = /^\d/.test(text) ? `${this.context.running?.fileName ?? 'cell'}:${text}` : text;
      this.#failure = compileFailure([...(this.#failure?.traceback ?? []), line]);
      return;
    }
    const [error] = args;
    if (error instanceof Interrupted) this.context.running?.stop();
    this.#failure = failureOf(error);
  }
}

const failed = (error: unknown): Outcome => ({ status: 'error', failure: failureOf(error) });
