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

  constructor(private readonly options: FeedPumpOptions) {
    this.#feed = options.session.feed();
  }

  /** Tells of changes from now on. */
  start(): void {
    this.#feed.onDirty = () => this.#schedule();
  }

  /** What is new since the last time, or null. */
  take(): News | null {
    this.#count();
    this.#credit = Math.max(0, this.#credit - 1);
    return this.#feed.take();
  }

  close(): void {
    this.#feed.close();
  }

  #schedule(): void {
    this.#count();
    if (this.#credit < 1) this.options.later((1 - this.#credit) * this.options.intervalMs());
    // A microtask also has its turn in a loop that never yields.
    else queueMicrotask(() => this.#tell());
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
