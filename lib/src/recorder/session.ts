import { randomUUID } from 'node:crypto';
// Not the global one, which belongs to the cell that is being interrupted.
import { setImmediate } from 'node:timers';
import type { BinarySample, FeedOptions, Host, HostedSession } from '../host';
import { currentHost, SESSION_KEY } from '../host';
import type {
  Artifact,
  Cell,
  CellRef,
  DocumentFrame,
  Dropped,
  Failure,
  Length,
  Position,
  ProvenanceDocument,
  SessionInfo,
  State,
} from 'stemma-document';
import { ArtifactRecord } from './artifact-record';
import { callSite } from './call-site';
import { now, toIso } from './clock';
import { describeEnvironment } from './environment';
import { SessionFeed } from './feed';
import { InnerProcesses, placeIn, templateOf, widenOptions } from './inner-processes';
import { type ProcessDefinition, ProcessRecord } from './process-record';
import { withoutHome } from './privacy';
import { mainScript, projectPath } from './project';
import type { Picture } from './picture';
import { type RunControl, RunRecord } from './run-record';
import type { SampleRoom } from './sample-room';
import { FOLLOWED_SAMPLES, type SampledRun, Sampler } from './sampler';
import {
  DEFAULT_LIMITS,
  DEFAULT_SCHEMA,
  DEFAULT_SUMMARY,
  type RecorderLimits,
  type RecorderSettings,
} from './settings';

/** What a session was told to work on. */
export interface Assignment extends Pick<SessionInfo, 'shard' | 'parameters' | 'seed'> {
  /** Path of the module with the pipeline. */
  program?: string;
}

/** What an operation puts out. */
interface Output {
  kind: Artifact['kind'];
  length: Length;
}

/** Artifacts are made one after the other: the first ones count with as many more to come. */
const EXPECTED_ARTIFACTS = 16;

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
  readonly #running = new Set<RunRecord>();
  readonly #dropped = { processes: 0, artifacts: 0, runs: 0, cells: 0, samples: 0, failures: 0 } satisfies Dropped;
  #sampleBytes = 0;
  /** Where nothing more could be given up, it is not tried again before so much more is taken. */
  #relieveAt = 0;
  #ids = 0;

  constructor(private readonly host: Host | undefined) {}

  /** Declares an operation and what it puts out. */
  declare(definition: ProcessDefinition, output: Output | null, owner: ProcessRecord | null = null): ProcessRecord {
    const number = ++this.#ids;
    const process = new ProcessRecord(
      `p${number}`,
      definition,
      owner === null ? this.currentCell() : owner.cell,
      owner === null ? this.#position() : owner.position,
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
    if (this.processes.size > this.limits.processes) this.#dropProcess();
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
        this.#dropped.processes++;
        if (output !== null) this.#dropped.artifacts++;
      }
      return null;
    }
    const process = this.declare(templateOf(definition), output, owner);
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

  /** The function of `owner` reads what an operation of its own making puts out. */
  readInner(owner: ProcessRecord, artifact: ArtifactRecord): void {
    if (!owner.read(artifact)) return;
    this.touch(owner);
    this.touch(artifact);
  }

  /** What the next operation that is declared will be known by: for `retract`. */
  get nextNumber(): number {
    return this.#ids + 1;
  }

  /** Takes back what was declared from number `first` on, none of which has run: a later part of the same declaration failed. */
  retract(first: number): void {
    for (let number = first; number <= this.#ids; number++) {
      const process = this.processes.get(`p${number}`);
      if (process === undefined) continue;
      this.processes.delete(process.id);
      this.artifacts.delete(`a${number}`);
      for (const artifact of [...process.definition.inputs, ...process.definition.uses]) {
        artifact.consumers.splice(artifact.consumers.indexOf(process), 1);
        this.touch(artifact);
      }
    }
  }

  #position(): Position | null {
    try {
      return this.host?.position?.() ?? null;
    } catch {
      return null;
    }
  }

  #sampler({ label, samples }: ProcessDefinition): Sampler {
    return new Sampler(label, { keep: samples ?? this.settings.samples, redact: this.settings.redact }, this.#room);
  }

  readonly #room: SampleRoom = {
    limits: this.settings.limits,
    pictureBytes: () =>
      this.limits.sampleBytes /
      Math.max(EXPECTED_ARTIFACTS, this.artifacts.size) /
      (this.limits.samples + FOLLOWED_SAMPLES),
    changed: (bytes) => {
      this.#sampleBytes += bytes;
      if (bytes > 0 && this.#sampleBytes > Math.max(this.limits.sampleBytes, this.#relieveAt)) this.#relieve();
    },
    failed: () => this.countFailure(),
  };

  /** Something went wrong within the recorder. */
  countFailure(): void {
    this.#dropped.failures++;
  }

  /** Gives up samples until a fifth of the room is free, superseded and older ones first; those of runs under way stay. */
  #relieve(): void {
    const live = this.liveProcesses();
    const idle = [...this.artifacts.values()].filter(({ producer }) => !live.has(producer));
    idle.sort((a, b) => Number(b.producer.superseded) - Number(a.producer.superseded));
    const enough = 0.8 * this.limits.sampleBytes;
    for (const artifact of idle) {
      if (this.#sampleBytes <= enough) break;
      const count = artifact.sampler.forget();
      if (count === 0) continue;
      this.#dropped.samples += count;
      this.touch(artifact);
      artifact.samplesVersion = this.version;
    }
    this.#relieveAt = this.#sampleBytes > this.limits.sampleBytes ? 1.25 * this.#sampleBytes : 0;
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
      `r${++this.#ids}`,
      sink,
      epoch,
      this.currentCell(),
      describe,
      control,
      this.limits.followed,
    );
    this.runs.set(run.id, run);
    this.#running.add(run);
    if (this.runs.size > this.limits.runs) this.#dropRun();
    this.touch(run);
    return run;
  }

  /** A process takes part in a run; called once for each. */
  joinRun(run: RunRecord, process: ProcessRecord): void {
    if (run.processes.has(process)) return;
    run.processes.add(process);
    process.runs++;
    process.state = 'running';
    process.failure = null;
    process.startedMs ??= now();
    process.firstItemMs = null;
    process.endedMs = null;
    if (process.output !== null) {
      process.output.currentItems = 0;
      process.output.passes = null;
      process.output.sampler.wait = 0;
    }
  }

  endRun(run: RunRecord, state: State, failure: Failure | null = null): void {
    if (!this.#running.delete(run)) return;
    run.end(state);
    const failed = [...run.processes].find((process) => process.state === 'failed');
    run.failure = failure && (failed?.shown(failure) ?? failure);
    const followed = run.followed.furthest();
    for (const process of run.processes) {
      if (process.state === 'running') process.state = state === 'complete' ? 'complete' : 'aborted';
      else if (state === 'complete' && process.state === 'failed') process.recover();
      process.endedMs = run.endedMs;
      process.setBufferGauge(null);
      this.touch(process);
      if (process.output !== null) {
        process.output.settleLength();
        this.touch(process.output);
        if (process.output.sampler.settle(run, followed)) process.output.samplesVersion = this.version;
      }
    }
    this.touch(run);
  }

  /** Something that the engine does not count changed. */
  touch(record: { version: number }): void {
    record.version = ++this.version;
    this.notify();
  }

  /** A run gives the event loop back. */
  tick(): void {
    for (const run of this.#running) for (const process of run.processes) process.readLevel();
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
    for (const run of this.#running) for (const { timer } of run.processes) if (timer.overlapping) return true;
    return false;
  }

  /** The processes of all runs under way. */
  liveProcesses(): Set<ProcessRecord> {
    const live = new Set<ProcessRecord>();
    for (const run of this.#running) for (const process of run.processes) live.add(process);
    return live;
  }

  currentCell(): CellRef | null {
    const cell = this.host?.cell();
    if (cell === undefined) return null;
    if (!this.#cells.has(cellKey(cell))) this.enterCell(cell);
    return { id: cell.id, executionCount: cell.executionCount };
  }

  enterCell(cell: CellRef & { source: string }): void {
    const key = cellKey(cell);
    if (this.#cells.has(key)) return;
    if (cell.id !== null) this.#supersede(cell.id);
    this.#cells.set(key, { id: cell.id, executionCount: cell.executionCount, source: cell.source, superseded: false });
    if (this.#cells.size > this.limits.cells) {
      this.#cells.delete(this.#cells.keys().next().value!);
      this.#dropped.cells++;
    }
    this.#touchCells();
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

  interrupt(reason = 'the kernel was interrupted, which ends all pipelines that run, background ones too'): void {
    const error = interruption(reason);
    const runs = [...this.#running];
    for (const run of runs) run.control?.abort(error);
    // An interrupt may tear code down in mid-work, which then never says how it ended. The others have two turns to do so.
    const abandon = (): void => {
      for (const run of runs) if (this.#running.has(run)) run.control?.abandon(error);
    };
    setImmediate(() => setImmediate(abandon));
  }

  settle(): void {
    for (const feed of this.#feeds) feed.settle();
  }

  end(reason = 'the kernel was shut down'): void {
    const error = interruption(reason);
    for (const { control } of [...this.#running]) {
      control?.abort(error);
      control?.abandon(error);
    }
    this.settle();
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
    return {
      session: this.#info(),
      environment: describeEnvironment(this.host?.packages?.(), this.#program()),
      dropped: { ...this.#dropped },
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

  #info(): SessionInfo {
    const { shard, parameters, seed } = this.assignment;
    const program = this.#program();
    return {
      id: this.id,
      startedAt: toIso(this.startedMs),
      notebook: program === null ? null : projectPath(program),
      ...(shard === undefined ? {} : { shard }),
      ...(parameters === undefined ? {} : { parameters: withoutHome(parameters) }),
      ...(seed === undefined ? {} : { seed }),
    };
  }

  /** The file that the user's code is in; null where nobody tells. */
  #program(): string | null {
    return this.assignment.program ?? (this.host === undefined ? mainScript() : (this.host.notebook?.() ?? null));
  }

  #dropRun(): void {
    const oldest = [...this.runs.values()].find((run) => !this.#running.has(run));
    if (oldest === undefined) return;
    this.runs.delete(oldest.id);
    this.#dropped.runs++;
  }

  /** Drops a tenth at once, superseded ones first: one at a time would search the whole map each time. */
  #dropProcess(): void {
    const live = this.liveProcesses();
    const idle = [...this.processes.values()].filter((process) => !live.has(process));
    idle.sort((a, b) => Number(b.superseded) - Number(a.superseded));
    for (const process of idle.slice(0, Math.ceil(this.limits.processes / 10))) {
      this.processes.delete(process.id);
      this.#dropped.processes++;
      if (process.output === null || !this.artifacts.delete(process.output.id)) continue;
      process.output.sampler.forget();
      this.#dropped.artifacts++;
    }
  }
}

const cellKey = (cell: CellRef): string => `${cell.id}/${cell.executionCount}`;

/** The one session of this process, also where two copies of the library were loaded. */
export function currentSession(): Session {
  const shared = globalThis as { [SESSION_KEY]?: Session };
  if (shared[SESSION_KEY] === undefined) {
    const host = currentHost();
    shared[SESSION_KEY] = new Session(host);
    host?.attach(shared[SESSION_KEY]);
  }
  return shared[SESSION_KEY];
}

/** Comes from outside of all code of the user's: calls say nothing of it. */
function interruption(reason: string): Error {
  const error = new Error(reason);
  error.name = 'Interrupted';
  error.stack = `${error.name}: ${reason}`;
  return error;
}
