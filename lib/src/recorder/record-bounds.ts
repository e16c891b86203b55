import type { Dropped } from 'stemma-document';
import type { ArtifactRecord } from './artifact-record';
import type { ProcessRecord } from './process-record';
import type { RunRecord } from './run-record';
import type { SampleRoom } from './observing/sample-room';
import { FOLLOWED_SAMPLES } from './observing/sampler';
import type { RecorderLimits } from './settings/settings';

/** What is bounded. */
interface Contents {
  readonly processes: Map<string, ProcessRecord>;
  readonly artifacts: Map<string, ArtifactRecord>;
  readonly runs: Map<string, RunRecord>;
  /** The processes of all runs under way, which stay. */
  liveProcesses(): ReadonlySet<ProcessRecord>;
  /** Samples of an artifact were given up. */
  forgotten(artifact: ArtifactRecord): void;
}

/** Artifacts are made one after the other: the first ones count with as many more to come. */
const EXPECTED_ARTIFACTS = 16;

/** Keeps a session's record within its limits, and counts what had to go. */
export class RecordBounds {
  readonly dropped = {
    processes: 0,
    artifacts: 0,
    runs: 0,
    processRuns: 0,
    cells: 0,
    samples: 0,
    failures: 0,
  } satisfies Dropped;
  /** For the samples of all artifacts together. */
  readonly room: SampleRoom;
  /** Runs that are over and whose parts are kept, the oldest first, and how many parts these have. */
  readonly #ended = new Set<RunRecord>();
  #parts = 0;
  #sampleBytes = 0;
  /** Where nothing more could be dropped, it is not tried again before this much more is used. */
  #relieveAt = 0;

  constructor(
    private readonly limits: RecorderLimits,
    private readonly contents: Contents,
  ) {
    this.room = {
      limits,
      pictureBytes: () =>
        limits.sampleBytes /
        Math.max(EXPECTED_ARTIFACTS, contents.artifacts.size) /
        (limits.samples + FOLLOWED_SAMPLES),
      changed: (bytes) => {
        this.#sampleBytes += bytes;
        if (bytes > 0 && this.#sampleBytes > Math.max(limits.sampleBytes, this.#relieveAt)) this.#relieve();
      },
      failed: () => this.dropped.failures++,
    };
  }

  /**
   * Gives up samples until a fifth of the limit is free, superseded and older ones first; those of runs under way stay.
   */
  #relieve(): void {
    const { limits, contents } = this;
    const live = contents.liveProcesses();
    const idle = [...contents.artifacts.values()].filter(({ producer }) => !live.has(producer));
    idle.sort((a, b) => Number(b.producer.superseded) - Number(a.producer.superseded));
    const enough = 0.8 * limits.sampleBytes;
    for (const artifact of idle) {
      if (this.#sampleBytes <= enough) break;
      const count = artifact.sampler.relieve();
      if (count === 0) continue;
      this.dropped.samples += count;
      contents.forgotten(artifact);
    }
    this.#relieveAt = this.#sampleBytes > limits.sampleBytes ? 1.25 * this.#sampleBytes : 0;
  }

  /** A run was added: drops the oldest that is over where there are too many. */
  checkRuns(): void {
    const { runs } = this.contents;
    if (runs.size <= this.limits.runs) return;
    const oldest = [...runs.values()].find(({ control }) => control === null);
    if (oldest === undefined) return;
    runs.delete(oldest.id);
    this.#forgetParts(oldest);
    this.dropped.runs++;
  }

  /**
   * A run is over: gives up what each process did in the oldest runs where there is too much of that. Returns these
   * runs.
   */
  checkParts(ended: RunRecord): RunRecord[] {
    this.#ended.add(ended);
    this.#parts += ended.parts.size;
    const changed: RunRecord[] = [];
    for (const run of this.#ended) {
      if (this.#parts <= this.limits.processRuns) break;
      this.dropped.processRuns += this.#forgetParts(run);
      changed.push(run);
    }
    return changed;
  }

  #forgetParts(run: RunRecord): number {
    if (!this.#ended.delete(run)) return 0;
    const size = run.forgetParts();
    this.#parts -= size;
    return size;
  }

  /**
   * A process was added: where there are too many a tenth goes at once, superseded ones first. One at a time would
   * search the whole map each time. Returns whether any did.
   */
  checkProcesses(): boolean {
    const { processes, artifacts, liveProcesses } = this.contents;
    if (processes.size <= this.limits.processes) return false;
    const live = liveProcesses();
    const idle = [...processes.values()].filter((process) => !live.has(process));
    idle.sort((a, b) => Number(b.superseded) - Number(a.superseded));
    for (const process of idle.slice(0, Math.ceil(this.limits.processes / 10))) {
      processes.delete(process.id);
      this.dropped.processes++;
      if (process.output === null || !artifacts.delete(process.output.id)) continue;
      process.output.sampler.dispose();
      this.dropped.artifacts++;
    }
    return true;
  }
}
