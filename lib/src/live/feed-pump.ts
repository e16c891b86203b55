import type { Feed, FeedOptions, HostedSession } from '../host';
import { Allowance } from './allowance';

/** What a feed had to tell. */
export type News = NonNullable<ReturnType<Feed['take']>>;

export interface FeedPumpOptions {
  session: HostedSession;
  feed?: FeedOptions;
  /** Mean time between two patches, in milliseconds: after a quiet while a few come at once. */
  intervalMs(): number;
  /** Has `take` called after this time. */
  later(waitMs: number): void;
  onNews(news: News): void;
}

/**
 * Burst size: lets a few patches out back to back, so that listeners learn what is starting before the thread is busy.
 */
const BURST = 4;

/**
 * Takes from a session's feed when there is something to take, but not too often.
 *
 * Life cycle: `start` listens; `take` takes at once, whatever the interval; `close` ends it.
 */
export class FeedPump {
  readonly #feed: Feed;
  readonly #patches = new Allowance(BURST, 1);
  readonly #runs = new Allowance(BURST, BURST);
  #isScheduled = false;

  constructor(private readonly options: FeedPumpOptions) {
    this.#feed = options.session.feed(options.feed);
  }

  /** Reports changes from now on. */
  start(): void {
    this.#feed.onDirty = () => this.#schedule();
    this.#feed.onRun = () => this.#hurry();
  }

  /**
   * What is new since the last time, or null. A record that cannot be read is followed no more: nobody's code is to
   * fail by it.
   */
  take(): News | null {
    this.#patches.spend();
    this.#isScheduled = false;
    try {
      return this.#feed.take();
    } catch (error) {
      this.close();
      process.emitWarning(`the record is no longer followed: ${(error as Error).message}`);
      return null;
    }
  }

  /** Patches include more details of the producers of these artifacts. */
  watch(artifacts: readonly string[]): void {
    this.#feed.watch(artifacts);
  }

  close(): void {
    this.#feed.close();
  }

  #schedule(): void {
    const waitMs = this.#patches.waitMs(this.options.intervalMs());
    if (waitMs > 0) this.options.later(waitMs);
    else {
      this.#isScheduled = true;
      // A microtask also has its turn in a loop that never yields.
      queueMicrotask(() => {
        if (this.#isScheduled) this.#tell();
      });
    }
  }

  /**
   * Announces a run before its functions can keep the thread. Runs have their own budget, so that frequent polling
   * cannot suppress the announcement.
   */
  #hurry(): void {
    if (this.#runs.waitMs(this.options.intervalMs()) > 0) return;
    this.#runs.spend();
    this.#tell();
  }

  #tell(): void {
    const news = this.take();
    if (news !== null) this.options.onNews(news);
  }
}
