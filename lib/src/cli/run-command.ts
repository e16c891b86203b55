import { access, constants, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import type { Shard } from 'stemma-document';
import { saveDocument } from '../documents/save-document';
import { findTarget } from '../documents/save-target';
import { messageOf } from '../engine/errors';
import { currentSession, type Ending } from '../recorder/session';
import type { Parameters } from './arguments';
import type { Companion } from './companion';
import { explain } from './explain';
import { MonitorCompanion } from './monitor-companion';
import { ProgressBar } from './progress-bar';
import { type PipelineOutcome, runPipeline } from './run-pipeline';
import { summaryOf } from './summary';
import { print, warn } from './terminal';
import { UsageError } from './usage-error';

export interface RunOptions {
  params?: Parameters;
  out?: string;
  shard?: Shard;
  seed?: number;
  /** False: no samples of the data. */
  samples: boolean;
  /** The port of a monitor; true takes a free one. */
  monitor?: number | true;
}

/** What a shell makes of the number of the signal. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** `stemma run`: returns the exit code. */
export async function runCommand(module: string, options: RunOptions): Promise<number> {
  const { params = {}, shard, seed } = options;
  const out = options.out ?? defaultName(module, shard);
  await checkWritable(out, module);
  const signals = new Signals();
  currentSession().settings.samples = options.samples;
  const companions: Companion[] = [new ProgressBar(), ...watching(options)];
  try {
    const { state, error, document } = await runPipeline({
      module,
      parameters: params,
      shard,
      seed,
      signal: signals.signal,
      companions,
      save: (document) => saveDocument(document, out),
      ending: (state) => signals.endingOf(state),
    });
    if (document.runs.length > 0) print(`${summaryOf(document)}\nprovenance written to ${out}`);
    if (state === 'complete') return 0;
    const { uncaught } = signals;
    if (uncaught !== null) warn(explain(uncaught.error));
    else warn(state === 'aborted' ? `stemma: ${(signals.signal.reason as Error).message}` : explain(error));
    return signals.exitCode ?? 1;
  } finally {
    signals.release();
  }
}

function watching({ monitor }: RunOptions): Companion[] {
  return monitor === undefined ? [] : [new MonitorCompanion(monitor === true ? undefined : monitor)];
}

/** Before the run rather than after hours of it. */
async function checkWritable(out: string, module: string): Promise<void> {
  try {
    const target = await findTarget(out);
    if (target.path === (await realpath(module).catch(() => null)))
      throw new Error('that is the pipeline itself; choose another name');
    if (!target.isDevice) await access(path.dirname(target.path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`cannot save the provenance to "${out}": ${(error as Error).message}`);
  }
}

/** `digits.provenance.json` of `src/digits.ts`, in the working folder; a shard's has its number. */
function defaultName(module: string, shard: Shard | undefined): string {
  const { name } = path.parse(module);
  return `${name}${shard === undefined ? '' : `.${shard.index + 1}-of-${shard.count}`}.provenance.json`;
}

/** The first Ctrl-C (or SIGTERM, or SIGHUP of a lost terminal) ends the run and lets its record be written, a second one ends the process. */
class Signals {
  readonly #controller = new AbortController();
  exitCode: number | null = null;
  #received: keyof typeof EXIT_CODES | null = null;
  /** What was thrown where nobody caught it. */
  uncaught: { error: unknown } | null = null;

  constructor() {
    for (const name of Object.keys(EXIT_CODES)) process.on(name, this.#receive);
    process.once('beforeExit', this.#stall).on('uncaughtException', this.#crash);
  }

  /** Node ends a process in which nothing can happen any more, with code 0, whatever is still waited for. */
  readonly #stall = (): void => {
    process.exitCode = 1;
    this.#controller.abort(
      new Error('the pipeline waits for what can never come, such as a stream or a promise that nothing will end'),
    );
  };

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is thrown where nobody catches it ends the run, and its record is written. */
  readonly #crash = (error: unknown): void => {
    if (this.exitCode !== null) process.exit(this.exitCode);
    this.exitCode = 1;
    this.uncaught = { error };
    this.#controller.abort(new Error(`an error that nothing caught: ${messageOf(error)}`));
  };

  readonly #receive = (name: keyof typeof EXIT_CODES): void => {
    if (this.exitCode !== null) process.exit(this.exitCode);
    this.exitCode = EXIT_CODES[name];
    this.#received = name;
    this.#controller.abort(new Error(`the run was interrupted (${name})`));
  };

  /** How the program ends, once its run is over. */
  endingOf(state: PipelineOutcome['state']): Ending {
    if (state === 'complete') return { how: 'completed', exitCode: 0 };
    const signal = this.#received;
    if (state === 'failed' || signal === null) return { how: 'failed', exitCode: this.exitCode ?? 1 };
    return { how: signal === 'SIGINT' ? 'interrupted' : 'signal', signal, exitCode: EXIT_CODES[signal] };
  }

  release(): void {
    process.off('beforeExit', this.#stall).off('uncaughtException', this.#crash);
    for (const name of Object.keys(EXIT_CODES)) process.off(name, this.#receive);
  }
}
