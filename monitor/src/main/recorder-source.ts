import type { HostedSession } from 'stemma';
import { FeedPump, type News } from 'stemma/dist/live/feed-pump';
import type { SampledPixels, ToWorker } from '../threads/messages';

/** Between two patches while somebody follows: five a second. */
const FOLLOWED_MS = 200;
/** While nobody does: what the worker then has for whoever asks while the thread is busy. */
const IDLE_MS = 1_000;
const SAMPLES_MS = 1_000;

/**
 * The recorder's side of the monitor, on the thread that runs the pipeline: hands over what is new. It uses no timers, which
 * belong to the user's code (a kernel stops those of an interrupted cell): the worker asks when it is time.
 */
export class RecorderSource {
  readonly #session: HostedSession;
  readonly #pump: FeedPump;
  readonly #unsent = new Set<string>();
  #samplesMs = -Infinity;
  #isFollowed = false;

  constructor(
    session: HostedSession,
    private readonly post: (message: ToWorker) => void,
  ) {
    this.#session = session;
    this.#pump = new FeedPump({
      session,
      intervalMs: () => (this.#isFollowed ? FOLLOWED_MS : IDLE_MS),
      later: (waitMs) => this.post({ kind: 'dirty', waitMs }),
      onNews: (news) => this.#send(news),
    });
  }

  /** Hands over all there is, and from now on what is new. */
  start(): void {
    this.post({ kind: 'session', createdMs: nowMs(), document: this.#session.document({ samples: false }) });
    this.take();
    this.#pump.start();
  }

  /** Hands over what is new; nothing is an answer too. */
  take(): void {
    this.#send(this.#pump.take());
  }

  follow(isFollowed: boolean): void {
    this.#isFollowed = isFollowed;
    this.take();
  }

  /** Hands over what is left, and closes. */
  finish(): void {
    this.#samplesMs = -Infinity;
    this.take();
    this.close();
  }

  close(): void {
    this.#pump.close();
  }

  #send(news: News | null): void {
    for (const id of news?.samples ?? []) this.#unsent.add(id);
    const samples = this.#takeSamples();
    this.post({ kind: 'record', createdMs: nowMs(), patch: news?.patch ?? null, samples, rest: this.#unsent.size > 0 });
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

const nowMs = (): number => performance.timeOrigin + performance.now();
