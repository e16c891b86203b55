/** How long a kernel may take to answer at first. What is sent to a kernel that is about to die, or just starts, is lost. */
const FIRST_MS = 4000;
const LONGEST_MS = 60_000;

/** Waits for an answer; after each that does not come, twice as long, for a server may be slow. */
export class AnswerTimer {
  /** Look after a while, in place of the previous wait. `isAnswered` is asked then; `retry` is called if it is not. */
  expect(isAnswered: () => boolean, retry: () => void): void {
    this.stop();
    this._timer = setTimeout(() => {
      if (isAnswered()) {
        this._waitMs = FIRST_MS;
      } else {
        this._waitLonger();
        retry();
      }
    }, this._waitMs);
  }

  /** Try again after a while, in any case. */
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
