/** How long to wait for the first reply. What is sent to a kernel that is starting or about to die is lost. */
const FIRST_MS = 4000;
const LONGEST_MS = 60_000;

/** Waits for a reply; each time none comes, the next wait is twice as long, since the server may be slow. */
export class ReplyTimer {
  /** After a while, in place of the previous wait, call `retry` unless `hasReply`. */
  expect(hasReply: () => boolean, retry: () => void): void {
    this.stop();
    this._timer = setTimeout(() => {
      if (hasReply()) {
        this._waitMs = FIRST_MS;
      } else {
        this._waitLonger();
        retry();
      }
    }, this._waitMs);
  }

  /** Call `retry` after a while, in any case. */
  retryLater(retry: () => void): void {
    this.stop();
    this._timer = setTimeout(retry, this._waitMs);
    this._waitLonger();
  }

  stop(): void {
    clearTimeout(this._timer);
  }

  private _waitLonger(): void {
    this._waitMs = Math.min(2 * this._waitMs, LONGEST_MS);
  }

  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _waitMs = FIRST_MS;
}
