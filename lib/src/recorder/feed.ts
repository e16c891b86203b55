import type { Cell } from 'stemma-document';
import type { Feed } from '../host';
import type { ArtifactRecord } from './artifact-record';
import type { ProcessRecord } from './process-record';
import type { RunRecord } from './run-record';

/** What is followed: a session. */
export interface Followed {
  readonly version: number;
  readonly cellsVersion: number;
  readonly processes: ReadonlyMap<string, ProcessRecord>;
  readonly artifacts: ReadonlyMap<string, ArtifactRecord>;
  readonly runs: ReadonlyMap<string, RunRecord>;
  liveProcesses(): ReadonlySet<ProcessRecord>;
  cells(): Cell[];
  countFailure(): void;
  closeFeed(feed: SessionFeed): void;
}

/** One listener's place in the session's history: it compares versions, so that nobody has to keep a log for it. */
export class SessionFeed implements Feed {
  onDirty: (() => void) | null = null;
  onRun: (() => void) | null = null;
  onSettle: (() => void) | null = null;
  #seen = 0;
  #notified = false;
  #watched: ReadonlySet<string> = new Set();
  /** Watched since the last time: included even where they did not change. */
  #asked: ReadonlySet<string> = new Set();
  readonly #known = new Set<string>();
  readonly #counts = new WeakMap<object, number>();

  constructor(
    private readonly session: Followed,
    private readonly sketches = false,
  ) {}

  /**
   * The session changed. Calls the listener once, until it has taken. A listener that throws harms no run, and is not
   * called again.
   */
  notify(): void {
    if (this.#notified || this.onDirty === null) return;
    this.#notified = true;
    this.#tell('onDirty');
  }

  /** A run begins. */
  announceRun(): void {
    this.#tell('onRun');
  }

  /** There may be no later. */
  settle(): void {
    this.#tell('onSettle');
  }

  #tell(event: 'onDirty' | 'onRun' | 'onSettle'): void {
    try {
      this[event]?.();
    } catch {
      this[event] = null;
      this.session.countFailure();
    }
  }

  watch(artifacts: readonly string[]): void {
    this.#asked = new Set([...this.#asked, ...artifacts.filter((id) => !this.#watched.has(id))]);
    this.#watched = new Set(artifacts);
  }

  take(): ReturnType<Feed['take']> {
    this.#notified = false;
    const { session } = this;
    const since = this.#seen;
    const live = session.liveProcesses();
    this.#seen = session.version;
    const isNew = (record: { version: number }): boolean => record.version > since;
    const artifacts: ArtifactRecord[] = [];
    for (const artifact of session.artifacts.values()) {
      const grown = live.has(artifact.producer) && this.#grew(artifact, artifact.currentItems);
      if (grown || isNew(artifact)) artifacts.push(artifact);
    }
    const patch = {
      processes: [...session.processes.values()]
        .filter((process) => (live.has(process) && this.#isNews(process)) || isNew(process))
        .map((process) => process.toProcess((this.sketches && !live.has(process)) || makes(process, this.#watched))),
      artifacts: artifacts.map((one) => one.toArtifact(false, this.sketches && !live.has(one.producer))),
      runs: [...session.runs.values()].filter((run) => isNew(run)).map((run) => run.toRun()),
      cells: session.cellsVersion > since ? session.cells() : null,
      removed: this.#removed(),
    };
    this.#asked = new Set();
    const samples = artifacts.filter((artifact) => artifact.samplesVersion > since).map((artifact) => artifact.id);
    const nothing =
      patch.cells === null &&
      [patch.processes, patch.artifacts, patch.runs, patch.removed].every((part) => part.length === 0);
    return nothing ? null : { patch, samples };
  }

  #isNews(process: ProcessRecord): boolean {
    return this.#grew(process, countsOf(process)) || makes(process, this.#asked);
  }

  /** Whether a counter moved since the last time; in a long chain most of a run's processes may stand still. */
  #grew(record: object, count: number): boolean {
    if (this.#counts.get(record) === count) return false;
    this.#counts.set(record, count);
    return true;
  }

  /** Ids that the listener knows and that the session has dropped since. */
  #removed(): string[] {
    const { processes, artifacts, runs } = this.session;
    const current = new Set([...processes.keys(), ...artifacts.keys(), ...runs.keys()]);
    const removed = [...this.#known].filter((id) => !current.has(id));
    for (const id of removed) this.#known.delete(id);
    for (const id of current) this.#known.add(id);
    return removed;
  }

  close(): void {
    this.onDirty = this.onRun = this.onSettle = null;
    this.session.closeFeed(this);
  }
}

function makes({ output }: ProcessRecord, artifacts: ReadonlySet<string>): boolean {
  return output !== null && artifacts.has(output.id);
}

/** Any of them moving changes the sum: none of them ever falls but the buffer's, and that only when items come out. */
function countsOf(process: ProcessRecord): number {
  return process.itemsIn + process.itemsOut + process.skipped + process.failed;
}
