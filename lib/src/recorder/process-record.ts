import { createHash } from 'node:crypto';
import {
  type CellRef,
  type Code,
  type CommandRun,
  type Failure,
  type Figures,
  type KnownState,
  type Position,
  type SourceContents,
  type Process,
  withoutQuotes,
} from 'stemma-document';
import type { ArtifactRecord } from './artifact-record';
import { BufferGauge } from './buffer-gauge';
import { now, toIso } from '../util/clock';
import { type CapturePolicy, capturesOf } from './captures/captures';
import type { InnerProcesses } from './inner-processes';
import type { Metrics } from './metrics';
import { codeOf } from './captures/source-of';
import { withoutHome } from './privacy/privacy';
import type { ProcessDefinition } from './process-definition';
import { type Counts, ProcessRunRecord, SpanningRunRecord } from './process-run';
import type { RecorderLimits } from './settings/settings';
import { Timer } from './timer';

/** Operations that are made in calls of a function share a record, and each may have something to warn of. */
const MAX_WARNINGS = 8;

/** A process while it lives: counters that the engine adds to, and how to write them down. */
export class ProcessRecord {
  /** Without the function, whose variables may hold as much as the data. */
  readonly definition: Omit<ProcessDefinition, 'fn' | 'elsewhere'>;
  code: Code | null;
  /** What is in the files of a source. */
  files: SourceContents | null = null;
  /** Of a step: figures over its course, and the commands that it ran. */
  metrics: Metrics | null = null;
  readonly commands: CommandRun[] = [];
  output: ArtifactRecord | null = null;
  superseded = false;
  runs = 0;
  /** Of the runs that have ended. */
  readonly #ended: Counts = { itemsIn: 0, itemsOut: 0, skipped: 0, failed: 0 };
  /** Its part in each run under way; mostly there is one. */
  readonly #live = new Set<ProcessRunRecord>();
  #latest: ProcessRunRecord | null = null;
  #hasRun = false;
  startedMs: number | null = null;
  endedMs: number | null = null;
  /** Each wait by itself. */
  #waits: Timer | null = null;
  readonly buffer = new BufferGauge();
  readonly skippedItems: Failure[] = [];
  /** What looks like a mistake in the pipeline; the first ones. */
  readonly warnings: string[] = [];
  timer: Timer;
  /** How many items are worked on at the same time. */
  concurrency = 1;
  /** The session's version when anything but the counters last changed. */
  version = 0;
  /** Operations that are made in calls of its function. */
  inner: InnerProcesses | null = null;
  /** The outputs of these, where its function reads them. Not part of the definition: known only from a run. */
  readonly #read: ArtifactRecord[] = [];
  #key: string | null = null;
  /** Execution count of the cell in whose run its function was looked at; 0 outside of cells. */
  #capturedBy: number | null = null;

  constructor(
    readonly id: string,
    definition: ProcessDefinition,
    readonly cell: CellRef | null,
    readonly position: Position | null,
    private readonly limits: Pick<RecorderLimits, 'skippedItems'>,
    private readonly timeEverything: boolean,
  ) {
    const { fn, elsewhere, files: _files, ...facts } = definition;
    this.definition = facts;
    this.timer = new Timer(false, timeEverything);
    this.code = typeof fn === 'function' ? codeOf(fn) : (elsewhere?.code ?? null);
  }

  /**
   * Looks at what its function captures, once for each cell that runs it: that does not change from epoch to epoch, and
   * looking takes half a millisecond. Returns whether there is news.
   */
  capture(fn: object, cell: CellRef | null, policy: Pick<CapturePolicy, 'redact' | 'values'>): boolean {
    const by = cell?.executionCount ?? 0;
    if (this.code === null || this.#capturedBy === by) return false;
    this.#capturedBy = by;
    const captures = capturesOf(fn, { ...policy, values: this.definition.samples ?? policy.values });
    if (captures === null) return false;
    this.code = { ...this.code, captures };
    return true;
  }

  /** The engine found the function to be asynchronous: its items overlap, up to `concurrency` of them. */
  setOverlapping(concurrency: number): void {
    this.concurrency = concurrency;
    if (!this.timer.overlapping) this.timer = new Timer(true, this.timeEverything);
  }

  /** An equal operation shares it from now on. */
  declaredAgain(): void {
    this.#hasRun = false;
  }

  /** It has run since it was last declared, and is not running. */
  get isFree(): boolean {
    return this.#hasRun && this.#live.size === 0;
  }

  /** It takes part in a run; `spans`: all that it does meanwhile in other runs is in this one. */
  join(run: string, spans = false): ProcessRunRecord {
    this.#hasRun = true;
    const part = spans ? new SpanningRunRecord(this, run) : new ProcessRunRecord(this, run);
    this.#live.add(part);
    this.#latest = part;
    this.runs++;
    this.startedMs ??= now();
    this.endedMs = null;
    return part;
  }

  /** A run is over; `part` is what it did there. */
  leave(part: ProcessRunRecord, endedMs: number | null): void {
    if (!this.#live.delete(part)) return;
    if (part instanceof SpanningRunRecord) this.#latest = part;
    for (const name of ['itemsIn', 'itemsOut', 'skipped', 'failed'] as const) this.#ended[name] += part[name];
    // It failed in a run that went on all the same.
    if (part.failure !== null && part.state !== 'failed') {
      this.noteSkipped(part.failure);
      part.failure = null;
    }
    if (this.#live.size > 0) return;
    this.endedMs = endedMs;
    this.buffer.set(null);
  }

  /** Its part in a run that has ended failed after all. */
  failLate(part: ProcessRunRecord, failure: Failure): void {
    part.failLate(failure);
    this.#ended.failed++;
  }

  get itemsIn(): number {
    return this.#total('itemsIn');
  }

  get itemsOut(): number {
    return this.#total('itemsOut');
  }

  get skipped(): number {
    return this.#total('skipped');
  }

  get failed(): number {
    return this.#total('failed');
  }

  #total(name: keyof Counts): number {
    let total = this.#ended[name];
    for (const part of this.#live) total += part[name];
    return total;
  }

  /** That which ended the latest run. */
  get failure(): Failure | null {
    return this.#latest?.failure ?? null;
  }

  /** That of the latest run, or of one that goes on beside it. */
  get state(): KnownState {
    const { state = 'new' } = this.#latest ?? {};
    if (state === 'failed' || this.#live.size === 0) return state;
    return 'running';
  }

  /** Upstream kept it waiting for `ms`; this wait stands for `weight` similar ones. */
  waited(ms: number, weight = 1): void {
    (this.#waits ??= new Timer(false, true)).book(ms, weight);
  }

  /** Null where it never waited. */
  get waitMs(): number | null {
    return this.#waits?.totalMs ?? null;
  }

  noteSkipped(failure: Failure): void {
    if (this.skippedItems.length >= this.limits.skippedItems) return;
    // A second run skips the same items again.
    const isKnown = failure.origin !== null && this.skippedItems.some(({ origin }) => origin === failure.origin);
    if (!isKnown) this.skippedItems.push(failure);
  }

  /** Returns whether that is new. */
  addWarning(text: string): boolean {
    if (this.warnings.length >= MAX_WARNINGS || this.warnings.includes(text)) return false;
    this.warnings.push(text);
    return true;
  }

  get key(): string {
    return (this.#key ??= createHash('sha256')
      .update(
        JSON.stringify([
          this.definition.kind,
          this.definition.label,
          this.definition.inputs.map((artifact) => artifact.key),
          this.definition.uses.map((artifact) => artifact.key),
        ]),
      )
      .digest('hex')
      .slice(0, 16));
  }

  /** Its function reads `artifact` of its own making. Returns whether that is new. */
  read(artifact: ArtifactRecord): boolean {
    if (this.#read.includes(artifact) || this.definition.uses.includes(artifact) || isBehind(artifact, this))
      return false;
    this.#read.push(artifact);
    artifact.consumers.push(this);
    return true;
  }

  /** The user's code reads `artifact` within it. Returns whether that is new. */
  addInput(artifact: ArtifactRecord): boolean {
    if (this.definition.inputs.includes(artifact) || isBehind(artifact, this)) return false;
    this.definition.inputs.push(artifact);
    artifact.consumers.push(this);
    this.#forgetKey();
    return true;
  }

  /** Another instance of it is called something else: from now on it goes by its kind. */
  relabel(): void {
    this.definition.label = this.definition.kind;
    this.#forgetKey();
  }

  #forgetKey(): void {
    if (this.#key === null) return;
    this.#key = null;
    for (const consumer of this.output?.consumers ?? []) consumer.#forgetKey();
  }

  get figures(): Figures {
    const { definition, timer, waitMs, concurrency } = this;
    const { kind, label } = definition;
    return { kind, label, selfTime: timer.statistics(), awaitTime: timer.awaitStatistics(), waitMs, concurrency };
  }

  /** `withSketch`: the times' sketch too, which live patches do without. */
  toProcess(withSketch = false): Process {
    const { kind, role, label, inputs, uses, options } = this.definition;
    const iso = (ms: number | null): string | null => (ms === null ? null : toIso(ms));
    return withoutHome<Process>({
      id: this.id,
      key: this.key,
      kind,
      role,
      label,
      inputs: inputs.map((artifact) => artifact.id),
      outputs: this.output === null ? [] : [this.output.id],
      uses: [...uses, ...this.#read].map((artifact) => artifact.id),
      options,
      code: this.code,
      cell: this.cell,
      position: this.position,
      superseded: this.superseded,
      ...(this.warnings.length === 0 ? {} : { warnings: this.warnings }),
      execution: {
        state: this.state,
        runs: this.runs,
        itemsIn: this.itemsIn,
        itemsOut: this.itemsOut,
        skipped: this.skipped,
        failed: this.failed,
        startedAt: iso(this.startedMs),
        endedAt: iso(this.endedMs),
        selfTime: this.timer.statistics(withSketch),
        awaitTime: this.timer.awaitStatistics(withSketch),
        ...(this.concurrency === 1 ? {} : { concurrency: this.concurrency }),
        waitMs: this.waitMs,
        waitTime: this.#waits?.statistics(withSketch) ?? null,
        firstItemMs: this.#latest?.firstItemMs ?? null,
        bufferedItems: this.buffer.current,
        bufferLevels: this.buffer.levels,
        failure: this.failure && this.shown(this.failure),
        skippedItems: this.skippedItems.map((failure) => this.shown(failure)),
        ...(this.files === null ? {} : { files: this.files }),
        ...(this.metrics === null ? {} : { metrics: this.metrics.toJson() }),
        ...(this.commands.length === 0 ? {} : { commands: [...this.commands] }),
        ...(this.#latest === null ? {} : { latestRun: { run: this.#latest.run, ...this.#latest.toProcessRun() } }),
      },
    });
  }

  /**
   * A failure as the record may show it: without the item, and what the message quotes, where samples of what comes in
   * or goes out are not kept, or only redacted ones.
   */
  shown(failure: Failure): Failure {
    const { inputs, samples } = this.definition;
    const artifacts = this.output === null ? inputs : [...inputs, this.output];
    const hidden =
      samples === false || artifacts.some(({ sampler: { policy } }) => !policy.keep || policy.redact !== null);
    return hidden ? { ...failure, input: null, message: withoutQuotes(failure.message) } : failure;
  }
}

/** Whether `artifact` is made of the output of `process`, so that reading it would be a cycle. */
function isBehind(artifact: ArtifactRecord, process: ProcessRecord): boolean {
  const visited = new Set([artifact]);
  for (const { producer } of visited) {
    if (producer === process) return true;
    for (const before of [...producer.definition.inputs, ...producer.definition.uses]) visited.add(before);
  }
  return false;
}
