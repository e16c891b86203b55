import { SourceMaps } from '../compiler/source-maps';
import { Phase, type SharedState } from '../threads/shared-state';
import type { Context } from './context';
import type { Execution } from './execution';
import { compileFailure, type Failure, failureOf } from './failure';
import { Interrupted } from './interrupted';
import { type MimeBundle, mimeBundle } from './mime-bundle';
import { CompileError, Notebook, type NotebookOptions } from './notebook';
import { Starter } from './starter';

/** `shown` is the value of the last expression, where there is one to be shown. */
export type Outcome = { status: 'ok'; shown: MimeBundle | null } | { status: 'error'; failure: Failure };

/** Runs one cell at a time, and makes sure that the end of each is reported. */
export class Runner {
  readonly notebook: Notebook;
  readonly maps = new SourceMaps();
  readonly #starter = new Starter();
  #onStart: (() => void) | undefined;
  #resolve: ((outcome: Outcome) => void) | null = null;

  constructor(
    private readonly context: Context,
    private readonly state: SharedState,
    display: NotebookOptions['display'],
  ) {
    const runCode = <T>(start: () => T): T => this.#runCode(start);
    this.notebook = new Notebook({ cwd: process.cwd(), maps: this.maps, runCode, display });
  }

  /** `shows`: whether the value is wanted. `onStart` is called once the cell has compiled, before its code runs. */
  run(execution: Execution, shows: boolean, onStart?: () => void): Promise<Outcome> {
    const { context, state } = this;
    this.#onStart = onStart;
    context.running = execution;
    state.execution = execution.number;
    return new Promise<Outcome>((resolve) => {
      this.#resolve = resolve;
      this.#starter.start(() =>
        state.whole(() => {
          context.begin(execution);
          this.notebook.execute(execution.source, execution.fileName).then(
            ({ value }) => this.#show(execution, value, shows),
            (error: unknown) => this.#fail(execution, error),
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
    this.notebook.interrupt(stopped);
    // Where the code was torn down, nothing is left that could reply.
    this.#starter.start(() => this.#starter.start(() => this.#end(execution, failed(stopped))));
  }

  /** The code is through. Its value is shown while the cell still runs: that calls the user's code, too. */
  #show(execution: Execution, value: unknown, shows: boolean): void {
    const { context } = this;
    const isWanted = shows && value !== undefined && !context.isStopped(execution);
    if (!isWanted) return this.#end(execution, { status: 'ok', shown: null });
    this.#settle(true);
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
    this.#settle(outcome.status === 'ok' && !isStopped);
    state.execution = 0;
    context.end();
    this.#resolve?.(isStopped ? failed(execution.stop()) : outcome);
  }

  #fail(execution: Execution, error: unknown): void {
    // However a cell handles the error of the interrupt, it counts as interrupted.
    if (error instanceof Interrupted) execution.stop();
    const failure = error instanceof CompileError ? compileFailure(linesOf(error, execution)) : failureOf(error);
    this.#end(execution, { status: 'error', failure });
  }

  /** The synchronous part of a cell. */
  #runCode<T>(start: () => T): T {
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
  #settle(isComplete: boolean): void {
    this.state.whole(() => this.notebook.settle(isComplete));
  }
}

const linesOf = ({ problems }: CompileError, { fileName }: Execution): string[] =>
  problems.map(({ file, line, column, message }) => `${file ?? fileName}:${line}:${column} - ${message}`);

const failed = (error: unknown): Outcome => ({ status: 'error', failure: failureOf(error) });
