import type { Feed, FeedOptions, HostedSession } from '../host';
import { Allowance } from './allowance';

/** What a feed had to tell. */
export type News = NonNullable<ReturnType<Feed['take']>>;

export interface FeedPumpOptions {
  session: HostedSession;
  feed?: FeedOptions;
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
  readonly #patches = new Allowance(BURST, 1);
  readonly #runs = new Allowance(BURST, BURST);
  #isScheduled = false;

  constructor(private readonly options: FeedPumpOptions) {
    this.#feed = options.session.feed(options.feed);
  }

  /** Tells of changes from now on. */
  start(): void {
    this.#feed.onDirty = () => this.#schedule();
    this.#feed.onRun = () => this.#hurry();
  }

  /** What is new since the last time, or null. A record that cannot be read is followed no more: nobody's code is to fail by it. */
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

  /** What makes these artifacts is told in more detail. */
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
   * Whoever asks while the run's functions keep the thread shall at least see what they belong to. Runs count apart: a thread that was
   * asked often has still to tell this.
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
