import type { Feed, HostedSession } from '../host';

/** What a feed had to tell. */
export type News = NonNullable<ReturnType<Feed['take']>>;

export interface FeedPumpOptions {
  session: HostedSession;
  /** Least time between two patches, in milliseconds. */
  intervalMs(): number;
  /** Calls `take` after so long, at the latest of all calls that are open. */
  later(waitMs: number): void;
  onNews(news: News): void;
}

/**
 * Takes from a session's feed when there is something to take, but not too often.
 *
 * Life cycle: `start` listens; `take` takes at once, whatever the interval; `close` ends it for good.
 */
export class FeedPump {
  readonly #feed: Feed;
  #takenMs = -Infinity;

  constructor(private readonly options: FeedPumpOptions) {
    this.#feed = options.session.feed();
  }

  /** Tells of changes from now on. */
  start(): void {
    this.#feed.onDirty = () => this.#schedule();
  }

  /** What is new since the last time, or null. */
  take(): News | null {
    this.#takenMs = performance.now();
    return this.#feed.take();
  }

  close(): void {
    this.#feed.close();
  }

  #schedule(): void {
    const waitMs = this.#takenMs + this.options.intervalMs() - performance.now();
    if (waitMs > 0) this.options.later(waitMs);
    // A microtask also has its turn in a loop that never yields.
    else queueMicrotask(() => this.#tell());
  }

  #tell(): void {
    const news = this.take();
    if (news !== null) this.options.onNews(news);
  }
}
