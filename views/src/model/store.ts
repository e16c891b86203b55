import { Emitter } from './emitter';
import {
  type Artifact,
  type Cell,
  type CellRef,
  type DocumentRest,
  type Environment,
  LiveDocument,
  type Patch,
  type Process,
  type ProvenanceDocument,
  type Run,
  type Sample,
  type SessionInfo,
  type State,
  visibleText,
} from 'stemma-document';
import { Throughput } from './throughput';
import { type RunScope, ScopedRecord } from './scoped-record';
import type { Connection, KernelActivity } from './connection';
import type { DocumentSink } from './source';

const AT_REST: KernelActivity = { cell: null, busySinceMs: null, blockedSinceMs: null };

/** What a change touched, so that listeners do no more than they must. */
export interface StoreChange {
  /** Nodes or edges came or went, or were superseded: the graph must be rebuilt. */
  topology: boolean;
  /** Counts, states or times changed. */
  figures: boolean;
  /** Ids of the processes and artifacts that are not as before; null: any may be. */
  ids: readonly string[] | null;
  /** Id of the artifact whose samples arrived, else null. */
  samples: string | null;
  connection: boolean;
}

const NOTHING: StoreChange = { topology: false, figures: false, ids: [], samples: null, connection: false };

/**
 * What the page knows of one recorder.
 *
 * Life cycle: empty; filled by the first snapshot; changed in place by patches. A restart makes it stale: the old
 * picture stays, and is drawn grey, until a document of the next session replaces it.
 */
export class ProvenanceStore implements DocumentSink {
  readonly changed = new Emitter<StoreChange>();
  /** Samples by artifact; live snapshots carry none, they arrive on demand. */
  readonly samples = new Map<string, Sample[]>();
  /** How fast each process was, as far as the page saw it. */
  readonly throughput = new Throughput();

  /** What a cell is about; a host that shows the notebook knows. */
  cellTitle: (cell: CellRef) => string | undefined = () => undefined;

  /** With the figures of the chosen runs. */
  get processes(): ReadonlyMap<string, Process> {
    return this._scoped.processes;
  }

  /** With the items of the chosen runs. */
  get artifacts(): ReadonlyMap<string, Artifact> {
    return this._scoped.artifacts;
  }

  /** As they were recorded, over all runs. */
  get recorded(): Pick<LiveDocument, 'processes' | 'artifacts'> {
    return this._live;
  }

  get runs(): ReadonlyMap<string, Run> {
    return this._live.runs;
  }

  /** The runs to choose from, the newest first, those that go on before all. */
  get shownRuns(): readonly Run[] {
    return this._scoped.shownRuns;
  }

  /** The run that head and timings are about. */
  get run(): Run | null {
    return this._scoped.run;
  }

  /** Of which runs all figures are. */
  get scope(): RunScope {
    return this._scoped.scope;
  }

  set scope(scope: RunScope) {
    this._scoped.scope = scope;
    this.changed.emit({ ...NOTHING, figures: true, ids: null });
  }

  /** Whether the figures of a process are those that head and timings are about. */
  isOfRun(process: string): boolean {
    return this._scoped.isOfRun(process);
  }

  get connection(): Connection {
    return this._connection;
  }

  get kernel(): KernelActivity {
    return this._kernel;
  }

  get session(): SessionInfo | null {
    return this.frame?.session ?? null;
  }

  get environment(): Environment | null {
    return this.frame?.environment ?? null;
  }

  /** The document without its graph and cells; what this version does not know of it is there, too. */
  get frame(): DocumentRest | null {
    return this._live.frame;
  }

  get cells(): readonly Cell[] {
    return this._live.cells;
  }

  /** True while what is shown belongs to an earlier life of the kernel. */
  get isStale(): boolean {
    return this._isStale;
  }

  /** True where nothing of it runs any more: its kernel is gone, or it was read from a file. */
  get isOver(): boolean {
    return this._isStale || this._connection.state === 'saved';
  }

  /** The state of a run, which does not run where nothing does. */
  stateOf({ state }: Run): State {
    return state === 'running' && this.isOver ? 'aborted' : state;
  }

  get isEmpty(): boolean {
    return this.processes.size === 0;
  }

  /** The kernel's clock, estimated: a kernel on another machine may be minutes off. */
  nowMs(): number {
    return Date.now() - (Number.isFinite(this._clockOffsetMs) ? this._clockOffsetMs : 0);
  }

  /** When the recorder said what is shown, by its clock; null before the first. */
  get heardMs(): number | null {
    const generatedMs = Date.parse(this.frame?.generatedAt ?? '');
    return this._heardMs ?? (Number.isNaN(generatedMs) ? null : generatedMs);
  }

  /**
   * Take a whole document. Null (the notebook has not imported `stemma` yet) keeps a stale picture and clears a live
   * one.
   */
  replace(document: ProvenanceDocument | null): void {
    if (document === null) {
      if (!this._isStale && this.frame !== null) {
        this._clear();
        this.changed.emit({ ...NOTHING, topology: true, figures: true, ids: null });
      }
      return;
    }
    const sameSession = this.session?.id === document.session.id;
    if (!sameSession) {
      this.throughput.clear();
    }
    const kept = sameSession ? new Map(this.samples) : new Map<string, Sample[]>();
    this._clear();
    this._live.replace({ ...document, ...bounded(document) });
    this._scoped.refresh(null);
    this._heardMs = this._lastMs;
    for (const artifact of document.artifacts) {
      const samples = artifact.execution.samples.length > 0 ? artifact.execution.samples : kept.get(artifact.id);
      if (samples) {
        this.samples.set(artifact.id, samples);
      }
    }
    this.changed.emit({ ...NOTHING, topology: true, figures: true, ids: null });
  }

  /** Apply a patch: whole objects by id. Applying it twice does no harm. */
  apply(patch: Patch): void {
    const topology =
      patch.removed.length > 0 ||
      patch.processes.some((process) => !isSameNode(this._live.processes.get(process.id), process)) ||
      patch.artifacts.some((artifact) => !isSameNode(this._live.artifacts.get(artifact.id), artifact));
    this._live.apply({ ...patch, ...bounded(patch) });
    const ids = [...patch.processes, ...patch.artifacts].map((one) => one.id);
    const isAll = this._scoped.refresh(patch.removed.length > 0 ? null : ids);
    patch.processes.forEach((process) => this.throughput.note(process, this._heardMs ?? Date.now()));
    for (const id of patch.removed) {
      this.samples.delete(id);
      this.throughput.delete(id);
    }
    this.changed.emit({ ...NOTHING, topology, figures: true, ids: isAll ? null : ids });
  }

  setSamples(artifact: string, samples: Sample[]): void {
    this.samples.set(artifact, samples);
    this.changed.emit({ ...NOTHING, samples: artifact });
  }

  setConnection(connection: Connection): void {
    const before = this._connection;
    const wasOver = this.isOver;
    this._connection = connection;
    if (connection.state !== 'live') {
      this._kernel = AT_REST;
    }
    if (wasOver !== this.isOver) {
      this._scoped.refresh(null);
      this.changed.emit({ ...NOTHING, figures: true, ids: null, connection: true });
    } else if (before.state !== connection.state) {
      this.changed.emit({ ...NOTHING, connection: true });
    }
  }

  setKernel(activity: KernelActivity): void {
    this._kernel = activity;
    this.changed.emit({ ...NOTHING, connection: true });
  }

  /** What is shown is history from now on. */
  markStale(): void {
    if (!this._isStale && !this.isEmpty) {
      this._isStale = true;
      this._scoped.refresh(null);
      this.changed.emit({ ...NOTHING, figures: true, ids: null, connection: true });
    }
  }

  /** Forget everything, for another kernel. */
  clear(): void {
    this._clear();
    this.changed.emit({ ...NOTHING, topology: true, figures: true, ids: null });
  }

  /**
   * Learn the offset between the two clocks from a message that was just made. The smallest delay seen is the best
   * estimate.
   */
  noteClock(createdMs: number): void {
    this._lastMs = createdMs;
    // What is history says nothing new.
    if (!this._isStale) {
      this._heardMs = createdMs;
    }
    this._clockOffsetMs = Math.min(this._clockOffsetMs, Date.now() - createdMs);
  }

  private _clear(): void {
    this._live.clear();
    this._scoped.clear();
    this.samples.clear();
    this._isStale = false;
  }

  private readonly _live = new LiveDocument();
  private readonly _scoped = new ScopedRecord(this._live, () => this.isOver);
  private _connection: Connection = { state: 'no-kernel' };
  private _kernel: KernelActivity = AT_REST;
  private _isStale = false;
  private _heardMs: number | null = null;
  private _lastMs: number | null = null;
  private _clockOffsetMs = Number.POSITIVE_INFINITY;
}

/** Longer labels cannot be read, and would be laid out with each update. */
const LABEL_LENGTH = 200;

function shortened<T extends { label: string }>(node: T): T {
  const short = node.label.length > LABEL_LENGTH ? `${node.label.slice(0, LABEL_LENGTH)}…` : node.label;
  const label = visibleText(short);
  return label === node.label ? node : { ...node, label };
}

function bounded({ processes, artifacts }: Pick<Patch, 'processes' | 'artifacts'>): {
  processes: Process[];
  artifacts: Artifact[];
} {
  return { processes: processes.map(shortened), artifacts: artifacts.map(shortened) };
}

/** Whether the graph is drawn as before. */
function isSameNode(before: Process | Artifact | undefined, now: Process | Artifact): boolean {
  return before !== undefined && before.superseded === now.superseded && linksOf(before) === linksOf(now);
}

/** How many others depend on it, or it on them, that may come while it is there. */
function linksOf(node: Process | Artifact): number {
  return 'uses' in node ? node.uses.length : node.consumers.length;
}
