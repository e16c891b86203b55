import type { KnownState, Length, WrittenFile } from 'stemma-document';
import { Chunk } from '../engine/chunk';
import { failureOf } from '../engine/errors';
import type { Probe } from '../engine/probe';
import { Run } from '../engine/run';
import { rememberResult } from '../graph/results';
import type { ProcessDefinition } from '../recorder/process-definition';
import type { ProcessRecord } from '../recorder/process-record';
import type { RunRecord } from '../recorder/run-record';
import type { Session } from '../recorder/session';
import { stepAround, type StepUnderWay } from '../recorder/steps-under-way';
import { UncaughtError } from '../recorder/uncaught-error';

/** What comes of it. */
interface Output {
  kind: 'value' | 'file';
  length: Length;
}

/** A run of one process that reads no stream: other code does the work, and says how it ended. */
export class BlockRun {
  readonly process: ProcessRecord;
  readonly record: RunRecord;
  readonly probe: Probe;
  readonly #run: Run;
  readonly #outer: StepUnderWay | null;

  /** `spans`: loops within it are runs of the same process. */
  constructor(
    private readonly session: Session,
    definition: ProcessDefinition,
    output: Output,
    { spans = false } = {},
  ) {
    this.process = session.declare(definition, output);
    this.#outer = stepAround(session, this.process.output!);
    const run = (this.#run = new Run(session));
    this.record = session.beginRun(this.process, this.process.runs, run.describeOrigins, {
      abort: (reason) => run.abort(reason),
      abandon: (reason) => this.fail(reason),
    });
    this.record.spans = spans;
    run.recordAs(this.record);
    run.last = this.process;
    this.probe = run.probe(this.process)!;
    session.announceRun();
  }

  /** Aborted when the run is ended from outside. */
  get signal(): AbortSignal {
    return this.#run.signal;
  }

  /** It made this value. */
  complete(value: unknown): void {
    if (value !== undefined) this.probe.emit(new Chunk([value], [[]]));
    this.#remember(value);
    this.#end('complete');
  }

  /** It made this file. */
  wrote(file: WrittenFile): void {
    this.probe.wrote([file]);
    this.#remember(file);
    this.#end('complete');
  }

  /** It names a file that goes with its value. */
  named(file: WrittenFile): void {
    const artifact = this.process.output!;
    artifact.wrote([file]);
    rememberResult(file, artifact, this.session);
    this.session.touch(artifact);
  }

  /** Loops within it have read something. */
  get hasInput(): boolean {
    return this.record.parts.get(this.process)!.toProcessRun().itemsIn > 0;
  }

  /** Never throws: the error is on its way already. `isCounted`: at the loop within it that failed. */
  fail(error: unknown, { isCounted = false } = {}): void {
    const { aborted, signal } = this.#run;
    const isAborted = aborted && !(signal.reason instanceof UncaughtError);
    if (!isAborted) this.probe.fail(error, isCounted ? 0 : 1);
    this.#end(isAborted ? 'aborted' : 'failed', error);
  }

  #remember(value: unknown): void {
    rememberResult(value, this.process.output, this.session);
    if (this.#outer !== null) this.session.readInStep(this.#outer.process, this.process.output!);
  }

  #end(state: KnownState, error?: unknown): void {
    this.session.endRun(this.record, state, error === undefined ? null : failureOf(error));
    this.#run.dispose();
  }
}
