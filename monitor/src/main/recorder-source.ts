import type { DocumentFrame, Patch } from 'stemma';
import type { HostedSession } from 'stemma/host';
import { FeedPump, type News } from 'stemma/live';
import type { SampledPixels, ToWorker } from '../threads/messages';

/** Between two patches while somebody follows: five a second. */
const FOLLOWED_MS = 200;
/** The interval while nobody follows: the worker then has a record to serve while the thread is busy. */
const IDLE_MS = 1_000;
const SAMPLES_MS = 1_000;
/** What is loaded is looked up at runs, but not more often: that takes the thread some 20 ms. */
const FRAME_MS = 10_000;

/**
 * The recorder's side of the monitor, on the thread that runs the pipeline: hands over what is new. It uses no timers,
 * which belong to the user's code (a kernel stops those of an interrupted cell): the worker asks when it is time.
 */
export class RecorderSource {
  readonly #session: HostedSession;
  readonly #pump: FeedPump;
  readonly #unsent = new Set<string>();
  #samplesMs = -Infinity;
  #frameMs = -Infinity;
  #frameText = '';
  #isFrameOld = false;
  #isFollowed = false;

  constructor(
    session: HostedSession,
    private readonly post: (message: ToWorker) => void,
  ) {
    this.#session = session;
    this.#pump = new FeedPump({
      session,
      feed: { sketches: true },
      intervalMs: () => (this.#isFollowed ? FOLLOWED_MS : IDLE_MS),
      later: (waitMs) => this.post({ kind: 'dirty', waitMs }),
      onNews: (news) => this.#send(news),
    });
  }

  /** Hands over all there is, and from now on what is new. */
  start(): void {
    this.#safely(() =>
      this.post({ kind: 'session', createdMs: nowMs(), document: this.#session.document({ samples: false }) }),
    );
    this.take();
    this.#pump.start();
  }

  /** Sends what is new, even if it is nothing. */
  take(): void {
    this.#send(this.#pump.take());
  }

  follow(isFollowed: boolean): void {
    this.#isFollowed = isFollowed;
    this.take();
  }

  /** Hands over what is left, and closes. */
  finish(): void {
    this.#samplesMs = this.#frameMs = -Infinity;
    this.#isFrameOld = true;
    this.take();
    this.close();
  }

  close(): void {
    this.#pump.close();
  }

  /** Something in the record cannot be read or sent: the pipeline goes on without the monitor. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.close();
      process.emitWarning(`the monitor stopped following: ${(error as Error).message}`);
    }
  }

  #send(news: News | null): void {
    this.#safely(() => this.#sendAll(news));
  }

  #sendAll(news: News | null): void {
    for (const id of news?.samples ?? []) this.#unsent.add(id);
    const samples = this.#takeSamples();
    if (news !== null && (news.patch.runs.length > 0 || news.patch.removed.length > 0)) this.#isFrameOld = true;
    const frame = this.#takeFrame();
    const patch = frame === null ? (news?.patch ?? null) : { ...(news?.patch ?? NOTHING), frame };
    const rest = this.#unsent.size > 0 || this.#isFrameOld;
    this.post({ kind: 'record', createdMs: nowMs(), patch, samples, rest });
  }

  #takeFrame(): DocumentFrame | null {
    const now = performance.now();
    if (!this.#isFrameOld || now - this.#frameMs < FRAME_MS) return null;
    this.#frameMs = now;
    this.#isFrameOld = false;
    const frame = this.#session.frame();
    const text = JSON.stringify(frame);
    if (text === this.#frameText) return null;
    this.#frameText = text;
    return frame;
  }

  #takeSamples(): SampledPixels[] {
    const now = performance.now();
    if (this.#unsent.size === 0 || now - this.#samplesMs < SAMPLES_MS) return [];
    this.#samplesMs = now;
    const samples = [...this.#unsent].map((artifact) => ({
      artifact,
      samples: this.#session.samples(artifact, 'pixels'),
    }));
    this.#unsent.clear();
    return samples;
  }
}

const NOTHING: Patch = { processes: [], artifacts: [], runs: [], cells: null, removed: [] };

const nowMs = (): number => performance.timeOrigin + performance.now();
