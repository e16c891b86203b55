import {
  type Artifact,
  artifactInAll,
  artifactInRun,
  displayLabel,
  type LiveDocument,
  type Process,
  processInRun,
  type Run,
  runByProcess,
  shownRuns,
} from 'stemma-document';

/**
 * Which runs figures are of: of each step the latest run through it, of all runs together, or of one run, by its id.
 */
export type RunScope = string;
export const LATEST: RunScope = 'latest';
export const ALL: RunScope = 'all';

/**
 * What a record says of the chosen runs. Every view reads this, so that all numbers on the screen are of the same runs.
 *
 * Life cycle: `refresh` after each change of the record, or of the scope.
 */
export class ScopedRecord {
  /** `isOver`: nothing of it runs any more, whatever it said last. */
  constructor(
    private readonly _live: LiveDocument,
    private readonly _isOver: () => boolean = () => false,
  ) {}

  readonly processes = new Map<string, Process>();
  readonly artifacts = new Map<string, Artifact>();

  get runs(): ReadonlyMap<string, Run> {
    return this._live.runs;
  }

  /** The runs to choose from, the newest first, those that go on before all. */
  get shownRuns(): readonly Run[] {
    return this._shownRuns;
  }

  /** What a person chose; the latest runs, where the chosen one is gone. */
  get scope(): RunScope {
    if (this._chosen !== null && (this._chosen === LATEST || this._chosen === ALL || this.runs.has(this._chosen))) {
      return this._chosen;
    }
    // Of several sessions together no run is the latest.
    return this._live.frame?.contributions === undefined ? LATEST : ALL;
  }

  set scope(scope: RunScope) {
    this._chosen = scope;
    this.refresh(null);
  }

  /** The run that head, timings and diagnosis are about: the chosen one, else the first of all; null before any. */
  get run(): Run | null {
    return this.runs.get(this.scope) ?? this._shownRuns[0] ?? null;
  }

  /** Whether the figures of a process are those of {@link run}, or of all runs. */
  isOfRun(process: string): boolean {
    return this.scope === ALL || this._runOf(process) === this.run;
  }

  /**
   * Take over what changed: these processes and artifacts, or everything (null). Returns whether all may have changed.
   */
  refresh(ids: readonly string[] | null): boolean {
    const before = this._shownRuns.map(({ id }) => id).join();
    this._shownRuns = shownRuns(this._live);
    if (ids === null || this._shownRuns.map(({ id }) => id).join() !== before) {
      this._refreshAll();
      return true;
    }
    ids.forEach((id) => this._refresh(id));
    return false;
  }

  clear(): void {
    this.processes.clear();
    this.artifacts.clear();
    this._shownRuns = [];
    this._runs.clear();
  }

  private _refreshAll(): void {
    this._runs = new Map([...runByProcess(this._shownRuns, this._live)].map(([id, run]) => [id, run.id]));
    this.processes.clear();
    this.artifacts.clear();
    [...this._live.processes.keys(), ...this._live.artifacts.keys()].forEach((id) => this._refresh(id));
  }

  private _refresh(id: string): void {
    const process = this._live.processes.get(id);
    if (process) {
      const run = this._runOf(id);
      const inRun = run ? processInRun(process, run) : process;
      const shown = this._isOver() ? cutOff(inRun) : inRun;
      const label = displayLabel(process);
      this.processes.set(id, label === shown.label ? shown : { ...shown, label });
    }
    const artifact = this._live.artifacts.get(id);
    if (artifact) {
      const run = this._runOf(artifact.producer);
      const producer = this._live.processes.get(artifact.producer);
      this.artifacts.set(
        id,
        run ? artifactInRun(artifact, producer, run) : this.scope === ALL ? artifactInAll(artifact) : artifact,
      );
    }
  }

  /** The run that a process's figures are of; null: of all that it took part in. */
  private _runOf(process: string): Run | null {
    const { scope } = this;
    const id = scope === LATEST ? this._runs.get(process) : scope;
    return (id !== undefined && this.runs.get(id)) || null;
  }

  private _chosen: RunScope | null = null;
  private _shownRuns: readonly Run[] = [];
  /** By process, the id of the latest run through it. */
  private _runs = new Map<string, string>();
}

/** A process that was running when it was heard of last. */
function cutOff(process: Process): Process {
  const { execution } = process;
  return execution.state === 'running' ? { ...process, execution: { ...execution, state: 'aborted' } } : process;
}
