import { randomUUID } from 'node:crypto';
import type { BinarySample, EnteredCell, FeedOptions, Host, HostedSession } from '../host';
import { currentHost, SESSION_KEY } from '../host';
import type {
  Artifact,
  Cell,
  CellRef,
  DocumentFrame,
  Failure,
  KnownState,
  Length,
  ProvenanceDocument,
  SessionEnd,
  SessionInfo,
  SourceFile,
} from 'stemma-document';
import { ArtifactRecord } from './artifact-record';
import { callSite } from './environment/call-site';
import { now, toIso } from '../util/clock';
import { commandLine } from './environment/command-line';
import { describeEnvironment } from './environment/environment';
import { SessionFeed } from './feed';
import { InnerProcesses, placeIn, templateOf, widenOptions } from './inner-processes';
import { currentPosition } from './environment/position';
import { type ProcessDefinition, ProcessRecord } from './process-record';
import type { ProcessRunRecord } from './process-run';
import { loadedFiles } from './environment/loaded-files';
import { withoutHome } from './privacy/privacy';
import { mainScript, projectPath } from './environment/project';
import type { Picture } from './images/picture';
import { shownParameters } from './privacy/redact';
import { type RunControl, RunRecord } from './run-record';
import { RecordBounds } from './record-bounds';
import { RunsUnderWay } from './runs-under-way';
import { timeOrderedId } from './time-ordered-id';
import { type SampledRun, Sampler } from './observing/sampler';
import { twinKey, Twins } from './twins';
import type { UncaughtError } from './uncaught-error';
import { SourceFiles } from './environment/source-files';
import {
  DEFAULT_LIMITS,
  DEFAULT_SCHEMA,
  DEFAULT_SUMMARY,
  type RecorderLimits,
  type RecorderSettings,
} from './settings/settings';

/** What a session works on. */
export interface Assignment extends Pick<SessionInfo, 'shard' | 'parameters' | 'seed'> {
  /** Path of the module with the pipeline. */
  program?: string;
}

/** How a session ends. */
export type Ending = Omit<SessionEnd, 'endedAt'>;

/** The output of an operation. */
interface Output {
  kind: Artifact['kind'];
  length: Length;
}

/**
 * All that is recorded in one life of a kernel or script: one graph over all cells.
 *
 * Counters are added to by the engine without a word to the session; every other change raises `version`, by which feeds
 * know what is new. While a run goes on, all of its processes count as changed.
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
  readonly settings: RecorderSettings = {
    samples: true,
    redact: null,
    timing: 'sampled',
    limits: { ...DEFAULT_LIMITS, summary: { ...DEFAULT_SUMMARY }, schema: { ...DEFAULT_SCHEMA } },
  };
  /** Set by a program that runs pipelines. */
  assignment: Assignment = {};
  readonly #cells = new Map<string, Cell>();
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
  readonly #twins = new Twins((process) => this.processes.has(process.id));
  readonly #sources = new SourceFiles(this.settings, Date.now());
  #end: SessionEnd | null = null;
  #ids = 0;
  #runs = 0;

  constructor(private readonly host: Host | undefined) {
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

  /** Declares an operation and its output. Reuses the record of an equal operation at the same place, where one is free. */
  declare(definition: ProcessDefinition, output: Output | null): ProcessRecord {
    const key = twinKey(definition, output?.length, this.currentCell(), this.settings);
    const known = key === null ? null : this.#twins.free(key);
    if (known !== null) {
      known.declaredAgain();
      const options = { ...known.definition.options };
      if (widenOptions(options, definition.options)) {
        known.definition.options = options;
        this.touch(known);
      }
      return known;
    }
    const process = this.#add(definition, output, null);
    if (key !== null) this.#twins.add(key, process);
    return process;
  }

  #add(definition: ProcessDefinition, output: Output | null, owner: ProcessRecord | null): ProcessRecord {
    const number = ++this.#ids;
    const process = new ProcessRecord(
      `p${number}`,
      definition,
      owner === null ? this.currentCell() : owner.cell,
      definition.elsewhere !== undefined
        ? definition.elsewhere.position
        : (currentPosition(this.host) ?? owner?.position ?? null),
      this.limits,
      this.settings.timing === 'everything',
    );
    for (const artifact of [...definition.inputs, ...definition.uses]) {
      artifact.consumers.push(process);
      this.touch(artifact);
    }
    this.processes.set(process.id, process);
    if (output !== null) {
      const artifact = new ArtifactRecord(`a${number}`, output.kind, process, output.length, this.#sampler(definition));
      process.output = artifact;
      this.artifacts.set(artifact.id, artifact);
      this.touch(artifact);
    }
    this.touch(process);
    if (this.#bounds.checkProcesses()) this.#twins.prune();
    return process;
  }

  /**
   * As `declare`, within a call of the function of `owner`: a process for each place in the function's code, whatever number of times it is called.
   * Null where there are too many such places.
   */
  declareInner(owner: ProcessRecord, definition: ProcessDefinition, output: Output | null): ProcessRecord | null {
    const inner = (owner.inner ??= new InnerProcesses());
    const place = placeIn(owner, callSite(), definition);
    const known = inner.get(place);
    if (known !== undefined && this.processes.has(known.id)) {
      this.#widen(known, definition, output);
      return known;
    }
    if (known === undefined && inner.full) {
      if (inner.refuse(place)) {
        this.#bounds.dropped.processes++;
        if (output !== null) this.#bounds.dropped.artifacts++;
      }
      return null;
    }
    const process = this.#add(templateOf(definition), output, owner);
    process.superseded = owner.superseded;
    process.inner = inner;
    inner.set(place, process);
    return process;
  }

  #widen(template: ProcessRecord, { label, options }: ProcessDefinition, output: Output | null): void {
    const { definition } = template;
    const isRelabelled = label !== definition.label && definition.label !== definition.kind;
    if (isRelabelled) template.relabel();
    if (widenOptions(definition.options, options) || isRelabelled) this.touch(template);
    if (output !== null && template.output?.widenLength(output.length)) this.touch(template.output);
  }

  /** The function of `owner` reads the output of an operation that it declared itself. */
  readInner(owner: ProcessRecord, artifact: ArtifactRecord): void {
    if (!owner.read(artifact)) return;
    this.touch(owner);
    this.touch(artifact);
  }

  #sampler({ label, samples }: ProcessDefinition): Sampler {
    return new Sampler(
      label,
      { keep: samples ?? this.settings.samples, redact: this.settings.redact },
      this.#bounds.room,
    );
  }

  /** Something went wrong within the recorder. */
  countFailure(): void {
    this.#bounds.dropped.failures++;
  }

  get limits(): RecorderLimits {
    return this.settings.limits;
  }

  /** `epoch`: that of the operations of chance; without any, how often the dataset was iterated before, recorded or not. */
  beginRun(
    sink: ProcessRecord,
    epoch: number,
    describe: SampledRun['describeOrigins'],
    control: RunControl,
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
    if (!this.#cells.has(cellKey(cell))) this.enterCell(cell);
    return { id: cell.id, executionCount: cell.executionCount };
  }

  enterCell(cell: EnteredCell): void {
    this.#forBeside((session) => session.enterCell(cell));
    const key = cellKey(cell);
    if (this.#cells.has(key)) return;
    if (cell.id !== null) this.#supersede(cell.id);
    this.#cells.set(key, { ...cell, superseded: false });
    if (this.#cells.size > this.limits.cells) this.#dropCell();
    this.#touchCells();
  }

  /** The oldest of those that ran again, since later cells depend on the others: else the oldest. */
  #dropCell(): void {
    const [oldest] = this.#cells.keys();
    let dropped = oldest!;
    for (const [key, { superseded }] of this.#cells) {
      if (!superseded) continue;
      dropped = key;
      break;
    }
    this.#cells.delete(dropped);
    this.#bounds.dropped.cells++;
  }

  /** What earlier executions of a cell made is history once it runs again. */
  #supersede(cellId: string): void {
    for (const cell of this.#cells.values()) if (cell.id === cellId) cell.superseded = true;
    for (const process of this.processes.values()) {
      if (process.cell?.id !== cellId || process.superseded) continue;
      process.superseded = true;
      this.touch(process);
      if (process.output !== null) this.touch(process.output);
    }
  }

  #touchCells(): void {
    this.cellsVersion = ++this.version;
    this.notify();
  }

  /** Ends all runs: they are aborted, or have failed with what nothing caught. */
  interrupt(
    reason:
      string | UncaughtError = 'the kernel was interrupted, which ends all pipelines that run, background ones too',
  ): void {
    this.#running.interrupt(reason);
    this.#forBeside((session) => session.interrupt(reason));
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
    return withoutHome([...this.#cells.values()]);
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
      session: this.#info(program, files),
      environment: describeEnvironment(this.host?.packages?.(), program, loaded),
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

  #info(program: string | null, files: SourceFile[]): SessionInfo {
    const { shard, parameters, seed } = this.assignment;
    const { redact } = this.settings;
    return {
      id: this.id,
      startedAt: toIso(this.startedMs),
      notebook: program === null ? null : projectPath(program),
      ...(shard === undefined ? {} : { shard }),
      ...(parameters === undefined ? {} : { parameters: withoutHome(shownParameters(parameters, redact)) }),
      ...(seed === undefined ? {} : { seed }),
      ...(program === null || this.host !== undefined
        ? {}
        : { command: withoutHome(commandLine(process.argv, redact)) }),
      ...(files.length === 0 ? {} : { files: withoutHome(files) }),
      ...(this.#end === null ? {} : { end: this.#end }),
    };
  }

  /** The file that the user's code is in; null where nobody tells. */
  #program(): string | null {
    return this.assignment.program ?? (this.host === undefined ? mainScript() : (this.host.notebook?.() ?? null));
  }
}

const cellKey = (cell: CellRef): string => `${cell.id}/${cell.executionCount}`;

/** The one session of this process, also where two copies of the library were loaded. */
export function currentSession(): Session {
  const shared = globalThis as { [SESSION_KEY]?: Session };
  if (shared[SESSION_KEY] === undefined) {
    const host = currentHost();
    shared[SESSION_KEY] = new Session(host);
    if (host === undefined) concludeAtExit();
    host?.attach(shared[SESSION_KEY]);
  }
  return shared[SESSION_KEY];
}

let isWatching = false;

/**
 * A program says by its exit code, and by the runs that it leaves undone, how it ended; a signal that nobody handles ends it
 * without a word. Those who follow the session learn of an end that Node announces, not of `process.exit`.
 */
function concludeAtExit(): void {
  if (isWatching) return;
  isWatching = true;
  let isUncaught = false;
  const conclude = (exitCode: number): void => {
    const session = currentSession();
    const isLeft = session.isRunning && !isUncaught;
    if (!session.hasEnded)
      session.conclude({ how: isLeft ? 'exited' : exitCode === 0 ? 'completed' : 'failed', exitCode });
  };
  process.on('uncaughtExceptionMonitor', () => (isUncaught = true));
  process.prependListener('beforeExit', conclude);
  process.on('exit', conclude);
}
