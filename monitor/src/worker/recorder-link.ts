import type { MessagePort } from 'node:worker_threads';
import type { Sessions } from '../record/sessions';
import type { ToMain, ToWorker } from '../threads/messages';

/** A record that is younger needs no fresher one. */
const FRESH_MS = 250;
/** How long a request waits for a fresher record; the engine yields to the event loop every 6 ms. */
const PATIENCE_MS = 25;
const SAMPLES_MS = 1_000;
const WATCH_MS = 250;
const QUIET_MS = 500;
const BLOCKED_MS = 500;

/** The worker's end of the line to the recorder: applies what it sends, and asks when it is time. */
export class RecorderLink {
  #id = '';
  #repliedMs = -Infinity;
  #askedMs: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];

  constructor(
    private readonly port: MessagePort,
    private readonly sessions: Sessions,
  ) {}

  receive(message: Exclude<ToWorker, { kind: 'stop' }>): void {
    switch (message.kind) {
      case 'session':
        this.#id = message.document.session.id;
        this.sessions.add('here', message.document, message.createdMs);
        break;
      case 'record':
        this.#record(message);
        break;
      case 'dirty':
        this.#takeIn(message.waitMs);
        break;
    }
  }

  /** Asks the recorder for what is new and waits for it, but not for long: its thread may be busy. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#repliedMs < FRESH_MS) return;
    this.#take();
    const leftMs = PATIENCE_MS - (performance.now() - this.#askedMs!);
    if (leftMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Whether somebody follows. */
  follow(isFollowed: boolean): void {
    if (isFollowed === (this.#watch !== undefined)) return;
    this.#post({ kind: 'followed', isFollowed });
    clearInterval(this.#watch);
    this.#watch = isFollowed ? setInterval(() => this.#look(), WATCH_MS) : undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
  }

  #record({ createdMs, patch, samples, rest }: Extract<ToWorker, { kind: 'record' }>): void {
    this.#repliedMs = performance.now();
    this.#askedMs = null;
    const session = this.sessions.get(this.#id)!;
    session.heardMs = createdMs;
    if (patch !== null) this.sessions.apply(session, patch, createdMs);
    if (samples.length > 0) this.sessions.setPixels(session, samples);
    if (rest) this.#takeIn(SAMPLES_MS);
    this.#tellBlocked(null);
    for (const resume of this.#waiting.splice(0)) resume();
  }

  #takeIn(waitMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#take();
    }, waitMs);
  }

  #take(): void {
    if (this.#askedMs !== null) return;
    this.#askedMs = performance.now();
    this.#post({ kind: 'take' });
  }

  /** While somebody follows: does the main thread still respond? */
  #look(): void {
    const now = performance.now();
    if (this.#askedMs === null && now - this.#repliedMs > QUIET_MS) this.#take();
    if (this.#askedMs !== null && now - this.#askedMs > BLOCKED_MS)
      this.#tellBlocked(Math.round(performance.timeOrigin + this.#askedMs));
  }

  #tellBlocked(sinceMs: number | null): void {
    const session = this.sessions.get(this.#id);
    if (session !== undefined) this.sessions.setStatus(session, { state: 'live', blockedSinceMs: sinceMs });
  }

  #post(message: ToMain): void {
    this.port.postMessage(message);
  }
}
