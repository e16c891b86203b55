import type { Feed } from '../host';
import type { ArtifactRecord } from './artifact-record';
import type { Session } from './session';

/** One listener's place in the session's history: it compares versions, so that nobody has to keep a log for it. */
export class SessionFeed implements Feed {
  onDirty: (() => void) | null = null;
  #seen = 0;
  #notified = false;
  readonly #known = new Set<string>();

  constructor(private readonly session: Session) {}

  /** The session changed. Tells the listener once, until it has taken. */
  notify(): void {
    if (this.#notified || this.onDirty === null) return;
    this.#notified = true;
    this.onDirty();
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
      if (isNew(artifact) || live.has(artifact.producer)) artifacts.push(artifact);
    }
    const patch = {
      processes: [...session.processes.values()]
        .filter((process) => isNew(process) || live.has(process))
        .map((process) => process.toProcess()),
      artifacts: artifacts.map((artifact) => artifact.toArtifact(false)),
      runs: [...session.runs.values()].filter((run) => isNew(run)).map((run) => run.toRun()),
      cells: session.cellsVersion > since ? session.cells() : null,
      removed: this.#removed(),
    };
    const samples = artifacts.filter((artifact) => artifact.samplesVersion > since).map((artifact) => artifact.id);
    const nothing =
      patch.cells === null &&
      [patch.processes, patch.artifacts, patch.runs, patch.removed].every((part) => part.length === 0);
    return nothing ? null : { patch, samples };
  }

  /** Ids that the listener was told of and that the session has dropped since. */
  #removed(): string[] {
    const { processes, artifacts, runs } = this.session;
    const current = new Set([...processes.keys(), ...artifacts.keys(), ...runs.keys()]);
    const removed = [...this.#known].filter((id) => !current.has(id));
    for (const id of removed) this.#known.delete(id);
    for (const id of current) this.#known.add(id);
    return removed;
  }

  close(): void {
    this.onDirty = null;
    this.session.closeFeed(this);
  }
}
