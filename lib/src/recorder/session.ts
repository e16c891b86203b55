import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import type {
  Cell,
  CellRef,
  DocumentFrame,
  Failure,
  KnownState,
  ProvenanceDocument,
  Resumed,
  SessionEnd,
  WrittenFile,
} from 'stemma-document';
import type { BinarySample, EnteredCell, FeedOptions, Host, HostedSession } from '../host';
import { now, toIso } from '../util/clock';
import { placeToRead } from '../util/repetition';
import type { ArtifactRecord } from './artifact-record';
import { Declarations, type Output } from './declarations';
import { describeEnvironment } from './environment/environment';
import { loadedFiles } from './environment/loaded-files';
import { mainScript } from './environment/project';
import { SourceFiles } from './environment/source-files';
import { SessionFeed } from './feed';
import type { Picture } from './images/picture';
import type { SampledRun } from './observing/sampler';
import type { ProcessDefinition } from './process-definition';
import type { ProcessRecord } from './process-record';
import type { ProcessRunRecord } from './process-run';
import { FileFacts } from './inputs/file-facts';
import { RecordBounds } from './record-bounds';
import { type RunControl, RunRecord } from './run-record';
import { RunsUnderWay } from './runs-under-way';
import { SessionCells } from './session-cells';
import { type Assignment, type Ending, infoOf } from './session-info';
import { defaultSettings, type RecorderLimits } from './settings/settings';
import { timeOrderedId } from './time-ordered-id';
import type { UncaughtError } from './uncaught-error';

/**
 * All that is recorded in one life of a kernel or script: one graph over all cells.
 *
 * Counters are added to by the engine without a word to the session; every other change raises `version`, by which
 * feeds know what is new. While a run goes on, all of its processes count as changed.
 */
export class Session implements HostedSession {
  readonly id = randomUUID();
  readonly startedMs = now();
  readonly processes = new Map<string, ProcessRecord>();
  readonly artifacts = new Map<string, ArtifactRecord>();
  readonly runs = new Map<string, RunRecord>();
  /** False: operations that are declared and runs that are begun from now on leave no trace. */
  recording = true;
  version = 0;
  cellsVersion = 0;
  readonly settings = defaultSettings();
  /** Set by a program that runs pipelines. */
  assignment: Assignment = {};
  /** Absolute paths of what is written about the session, such as its record. */
  readonly ownFiles = new Set<string>();
  readonly #feeds = new Set<SessionFeed>();
  /** Those beside it in the process: what interrupts one interrupts all. They are not kept alive for it. */
  readonly #beside = new Set<WeakRef<Session>>();
  readonly #running = new RunsUnderWay(
    (record) => this.touch(record),
    () => this.version,
  );
  readonly #bounds = new RecordBounds(this.settings.limits, {
    processes: this.processes,
    artifacts: this.artifacts,
    runs: this.runs,
    liveProcesses: () => this.liveProcesses(),
    forgotten: (artifact) => {
      this.touch(artifact);
      artifact.samplesVersion = this.version;
    },
  });
  readonly #declarations = new Declarations(this, this.#bounds);
  readonly #cells = new SessionCells(
    () => this.limits.cells,
    () => this.#bounds.dropped.cells++,
  );
  readonly #files = new FileFacts<ProcessRecord>((process) => this.touch(process));
  readonly #sources = new SourceFiles(this.settings, Date.now());
  #end: SessionEnd | null = null;
  #runs = 0;

  constructor(readonly host: Host | undefined) {
    for (const cell of host?.cells?.() ?? []) this.enterCell(cell);
  }

  /** A session of its own in the same process, on the same assignment, with the same host to say which cell runs. */
  beside(): Session {
    const session = new Session(this.host);
    session.assignment = this.assignment;
    this.#beside.add(new WeakRef(session));
    return session;
  }

  /** Calls `work` for each session beside it that still exists. */
  #forBeside(work: (session: Session) => void): void {
    for (const reference of this.#beside) {
      const session = reference.deref();
      if (session === undefined) this.#beside.delete(reference);
      else work(session);
    }
  }

  /**
   * Declares an operation and its output. Reuses the record of an equal operation at the same place, where one is free.
   */
  declare(definition: ProcessDefinition, output: Output | null): ProcessRecord {
    return this.#declarations.declare(definition, output);
  }

  /**
   * As `declare`, within a call of the function of `owner`. Null where there are too many places in it that declare.
   */
  declareInner(owner: ProcessRecord, definition: ProcessDefinition, output: Output | null): ProcessRecord | null {
    return this.#declarations.declareInner(owner, definition, output);
  }

  /** The function of `owner` reads the output of an operation that it declared itself. */
  readInner(owner: ProcessRecord, artifact: ArtifactRecord): void {
    if (!owner.read(artifact)) return;
    this.touch(owner);
    this.touch(artifact);
  }

  /** The user's code in the step `owner` reads a dataset, or the result of a run that it made. */
  readInStep(owner: ProcessRecord, artifact: ArtifactRecord): void {
    if (artifact.kind !== 'stream') return this.readInner(owner, artifact);
    if (!owner.addInput(artifact)) return;
    this.touch(owner);
    this.touch(artifact);
  }

  /** Something went wrong within the recorder. */
  countFailure(): void {
    this.#bounds.dropped.failures++;
  }

  get limits(): RecorderLimits {
    return this.settings.limits;
  }

  /**
   * `epoch`: that of the operations of chance; without any, how often the dataset was iterated before, recorded or not.
   */
  beginRun(
    sink: ProcessRecord,
    epoch: number,
    describe: SampledRun['describeOrigins'],
    control: RunControl,
    resumed?: Resumed,
  ): RunRecord {
    const run = new RunRecord(
      timeOrderedId(),
      ++this.#runs,
      sink,
      epoch,
      this.currentCell(),
      describe,
      control,
      this.limits.traced,
      resumed,
    );
    this.#end = null;
    this.runs.set(run.id, run);
    this.#running.add(run);
    this.#bounds.checkRuns();
    this.touch(run);
    return run;
  }

  /** A process takes part in a run. Returns the counters of its part, the same ones each time. */
  joinRun(run: RunRecord, process: ProcessRecord): ProcessRunRecord {
    return this.#running.join(run, process);
  }

  /** Begins to hash the files of a source that begins to run. */
  noteFiles(process: ProcessRecord, files: readonly string[] | undefined): void {
    if (files === undefined || !this.settings.inputs) return;
    const { path: given } = process.definition.options;
    this.#files.begin(process, files, typeof given === 'string' ? placeToRead(given) : undefined);
  }

  /** Keeps what a sink wrote, and begins to ask what DVC knows of it. */
  noteWritten(artifact: ArtifactRecord, files: readonly WrittenFile[]): void {
    artifact.wrote(files);
    this.touch(artifact);
    if (!this.settings.inputs) return;
    for (const file of files)
      this.#files.beginWritten(file, (known) => {
        if (artifact.replaceWritten(file, known)) this.touch(artifact);
      });
  }

  /** What is in the files of sources is known, or takes too long. */
  contentsKnown(): Promise<void> {
    return this.#files.settle();
  }

  /** Keeps what the function of a process captures, which is about to be called. */
  noteCaptures(process: ProcessRecord, fn: unknown): void {
    const { captures, samples: values, redact } = this.settings;
    if (!captures || typeof fn !== 'function') return;
    try {
      if (process.capture(fn, this.currentCell(), { values, redact })) this.touch(process);
    } catch {
      this.countFailure();
    }
  }

  endRun(run: RunRecord, state: KnownState, failure: Failure | null = null): void {
    if (!this.#running.end(run, state, failure)) return;
    this.touch(run);
    for (const dropped of this.#bounds.checkParts(run)) this.touch(dropped);
  }

  /** A run that was stopped has failed after all. */
  failLate(run: RunRecord, failure: Failure): void {
    if (this.#running.failLate(run, failure)) this.touch(run);
  }

  /** Something that the engine does not count changed. */
  touch(record: { version: number }): void {
    record.version = ++this.version;
    this.notify();
  }

  /** A run gives the event loop back. */
  tick(): void {
    this.#running.readLevels();
    this.notify();
  }

  /** A run has been declared whole, and is about to pull its first item. */
  announceRun(): void {
    for (const feed of this.#feeds) feed.announceRun();
  }

  /** Runs go on and their counters have grown. */
  notify(): void {
    for (const feed of this.#feeds) feed.notify();
  }

  /** Calls of asynchronous functions are under way. */
  get callsOverlap(): boolean {
    return this.#running.callsOverlap;
  }

  /** The processes of all runs under way. */
  liveProcesses(): Set<ProcessRecord> {
    return this.#running.liveProcesses();
  }

  currentCell(): CellRef | null {
    const cell = this.host?.cell();
    if (cell === undefined) return null;
    if (!this.#cells.has(cell)) this.enterCell(cell);
    return { id: cell.id, executionCount: cell.executionCount };
  }

  enterCell(cell: EnteredCell): void {
    this.#forBeside((session) => session.enterCell(cell));
    if (this.#cells.has(cell)) return;
    if (cell.id !== null) this.#supersede(cell.id);
    this.#cells.add(cell);
    this.cellsVersion = ++this.version;
    this.notify();
  }

  /** What earlier executions of a cell made is history once it runs again. */
  #supersede(cellId: string): void {
    for (const process of this.processes.values()) {
      if (process.cell?.id !== cellId || process.superseded) continue;
      process.superseded = true;
      this.touch(process);
      if (process.output !== null) this.touch(process.output);
    }
  }

  /** Ends all runs: they are aborted, or have failed with what nothing caught. */
  interrupt(
    reason:
      string | UncaughtError = 'the kernel was interrupted, which ends all pipelines that run, background ones too',
  ): void {
    this.#running.interrupt(reason);
    this.#forBeside((session) => session.interrupt(reason));
  }

  /** Resolves once the runs that the latest interrupt ended have ended, and their counts are exact. */
  interrupted(): Promise<void> {
    return this.#running.interrupted();
  }

  settle(): void {
    for (const feed of this.#feeds) feed.settle();
  }

  end(reason = 'the kernel was shut down', ending: Ending = { how: 'completed' }): void {
    this.#running.abandonAll(reason);
    this.conclude(ending);
    this.settle();
    this.#forBeside((session) => session.end(reason));
  }

  /** Notes that it has ended, and how. A run that begins afterwards takes that back. */
  conclude(ending: Ending): void {
    this.#end = { endedAt: toIso(now()), ...ending };
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /** A run is under way. */
  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  cells(): Cell[] {
    return this.#cells.list();
  }

  feed({ sketches = false }: FeedOptions = {}): SessionFeed {
    const feed = new SessionFeed(this, sketches);
    this.#feeds.add(feed);
    return feed;
  }

  closeFeed(feed: SessionFeed): void {
    this.#feeds.delete(feed);
  }

  samples(artifact: string, images: 'png' | 'pixels' = 'png'): BinarySample[] {
    const encode = (picture: Picture): Uint8Array => (images === 'png' ? picture.png : picture.rgb);
    return this.artifacts.get(artifact)?.sampler.samples(encode) ?? [];
  }

  frame(): DocumentFrame {
    const loaded = loadedFiles();
    for (const file of this.host?.files?.() ?? []) loaded.add(file);
    const program = this.#program();
    const { files, dropped } = this.#sources.list(this.host === undefined ? program : null, loaded);
    return {
      session: infoOf(this, { program, files, end: this.#end }),
      environment: describeEnvironment(this.host?.packages?.(), program, loaded, this.#outputs()),
      dropped: { ...this.#bounds.dropped, files: dropped },
    };
  }

  document({ samples = true, sketches = true }: { samples?: boolean; sketches?: boolean } = {}): ProvenanceDocument {
    const { session, environment, dropped } = this.frame();
    return {
      format: 'stemma-provenance',
      version: '1.0',
      generatedAt: toIso(now()),
      session,
      environment,
      cells: this.cells(),
      processes: [...this.processes.values()].map((process) => process.toProcess(sketches)),
      artifacts: [...this.artifacts.values()].map((artifact) => artifact.toArtifact(samples, sketches)),
      runs: [...this.runs.values()].map((run) => run.toRun()),
      dropped,
    };
  }

  /** Absolute paths of what the session writes. */
  #outputs(): string[] {
    const written = [...this.artifacts.values()].flatMap((artifact) => artifact.writtenPaths());
    return [...this.ownFiles, ...written.map((name) => path.resolve(name))];
  }

  /** The file that the user's code is in; null where nobody tells. */
  #program(): string | null {
    return this.assignment.program ?? (this.host === undefined ? mainScript() : (this.host.notebook?.() ?? null));
  }
}
