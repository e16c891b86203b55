import type { Feed, HostedSession } from '../host';

/** What a feed had to tell. */
export type News = NonNullable<ReturnType<Feed['take']>>;

export interface FeedPumpOptions {
  session: HostedSession;
  /** Mean time between two patches, in milliseconds: after a quiet while a few come at once. */
  intervalMs(): number;
  /** Has `take` called after so long. */
  later(waitMs: number): void;
  onNews(news: News): void;
}

/** So many patches may come without a pause: a thread that is about to be busy for long has told what it begins. */
const BURST = 4;

/**
 * Takes from a session's feed when there is something to take, but not too often.
 *
 * Life cycle: `start` listens; `take` takes at once, whatever the interval; `close` ends it for good.
 */
export class FeedPump {
  readonly #feed: Feed;
  /** Patches that may be taken at once; grows by one an interval. */
  #credit = BURST;
  #countedMs = performance.now();
  #isScheduled = false;

  constructor(private readonly options: FeedPumpOptions) {
    this.#feed = options.session.feed();
  }

  /** Tells of changes from now on. */
  start(): void {
    this.#feed.onDirty = () => this.#schedule();
    this.#feed.onRun = () => this.#hurry();
  }

  /** What is new since the last time, or null. */
  take(): News | null {
    this.#count();
    this.#credit = Math.max(0, this.#credit - 1);
    this.#isScheduled = false;
    return this.#feed.take();
  }

  close(): void {
    this.#feed.close();
  }

  #schedule(): void {
    this.#count();
    if (this.#credit < 1) this.options.later((1 - this.#credit) * this.options.intervalMs());
    else {
      this.#isScheduled = true;
      // A microtask also has its turn in a loop that never yields.
      queueMicrotask(() => {
        if (this.#isScheduled) this.#tell();
      });
    }
  }

  /** Whoever asks while the run's functions keep the thread shall at least see what they belong to. */
  #hurry(): void {
    this.#count();
    if (this.#credit >= 1) this.#tell();
  }

  #count(): void {
    const now = performance.now();
    this.#credit = Math.min(BURST, this.#credit + (now - this.#countedMs) / this.options.intervalMs());
    this.#countedMs = now;
  }

  #tell(): void {
    const news = this.take();
    if (news !== null) this.options.onNews(news);
  }
}
