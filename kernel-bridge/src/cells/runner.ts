import { format } from 'node:util';
import { loadTslab, type Tslab } from '../compiler/load-tslab';
import { SourceMaps } from '../compiler/source-maps';
import { Phase, type SharedState } from '../threads/shared-state';
import type { Context } from './context';
import type { Execution } from './execution';
import { compileFailure, type Failure, failureOf } from './failure';
import { Interrupted } from './interrupted';

export type Outcome = { status: 'ok'; value: unknown } | { status: 'error'; failure: Failure };

/** Runs one cell at a time with tslab, and makes sure that each comes to an end that is told. */
export class Runner {
  readonly tslab: Tslab;
  readonly maps = new SourceMaps();
  #value: unknown;
  #failure: Failure | null = null;
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
        const { fileName = 'cell-0.ts', source = '' } = this.context.current ?? {};
        if (maps !== null) this.maps.add(fileName, { source, code, maps, wrapper });
        return this.#runCode(() => start(fileName));
      },
    });
  }

  run(execution: Execution): Promise<Outcome> {
    const { context, state } = this;
    this.#value = undefined;
    this.#failure = null;
    context.current = context.running = execution;
    state.execution = execution.number;
    return new Promise<Outcome>((resolve) => {
      this.#settle = (outcome) => {
        this.#settle = null;
        state.phase = Phase.idle;
        state.execution = 0;
        context.running = null;
        resolve(outcome);
      };
      // From a callback of its own: `Runtime.terminateExecution` empties the microtask queue, and with it what the kernel awaits.
      startSoon(() => {
        this.tslab.executor.execute(execution.source).then(
          (isOk) => this.#end(execution, isOk),
          (error: unknown) => {
            this.#failure = failureOf(error);
            this.#end(execution, false);
          },
        );
      });
    });
  }

  /** Stops the cell that runs. Its code gets no further than its next await; the reply does not wait for it. */
  interrupt(): void {
    const execution = this.context.running;
    if (execution === null) return;
    execution.stop();
    this.tslab.executor.interrupt();
    // Where the code was torn down, nothing of tslab's is left that would answer.
    startSoon(() => startSoon(() => this.#end(execution, false)));
  }

  #end(execution: Execution, isOk: boolean): void {
    if (this.#settle === null || this.context.running !== execution) return;
    this.tslab.declarations.settle(isOk && !this.context.isStopped(execution));
    if (this.context.isStopped(execution)) {
      this.#settle({ status: 'error', failure: failureOf(execution.stop()) });
    } else if (isOk) {
      this.#settle({ status: 'ok', value: this.#value });
    } else {
      this.#settle({
        status: 'error',
        failure: this.#failure ?? compileFailure(['the cell failed without a message']),
      });
    }
  }

  /** The synchronous part of a cell. */
  #runCode(start: () => unknown): unknown {
    const execution = this.context.running;
    if (execution !== null) this.context.throwIfStopped(execution);
    this.state.phase = Phase.synchronous;
    try {
      return start();
    } finally {
      this.state.phase = Phase.asynchronous;
    }
  }

  #noteFailure(args: unknown[]): void {
    if (args.length > 1) {
      const text = format(...args);
      const line = /^\d/.test(text) ? `${this.context.current?.fileName ?? 'cell'}:${text}` : text;
      this.#failure = compileFailure([...(this.#failure?.traceback ?? []), line]);
      return;
    }
    const [error] = args;
    const isInterrupt = (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
    const execution = this.context.running;
    if (isInterrupt || error instanceof Interrupted) execution?.stop();
    this.#failure = failureOf(error);
  }
}

/** Taken before user code sees it: the timers of cells are tracked. */
const startSoon = setImmediate;
