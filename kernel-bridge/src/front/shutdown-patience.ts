/** A main thread that says nothing for so long does not see that it should end. */
const BLOCKED_MS = 1_000;
/** What it gets to do so once it has been interrupted. */
const LOST_MS = 1_000;
/** Jupyter kills a kernel 5 s after it asked: what goes on talking is interrupted before. */
const TALKING_MS = 2_500;

/** How long the main thread is waited for that was asked to end. What it still prints shows that it is at work. */
export class ShutdownPatience {
  #sinceMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isTalking = false;

  constructor(
    private readonly onBlocked: () => void,
    private readonly onLost: () => void,
  ) {}

  /** Nothing the second time. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.#sinceMs = performance.now();
    this.#isTalking = true;
    this.#timer = setTimeout(() => {
      this.#isTalking = false;
      this.onBlocked();
      this.#timer = setTimeout(this.onLost, LOST_MS);
    }, BLOCKED_MS);
  }

  /** The main thread said something. */
  heard(): void {
    if (this.#isTalking && performance.now() - this.#sinceMs < TALKING_MS) this.#timer?.refresh();
  }

  stop(): void {
    this.#isTalking = false;
    clearTimeout(this.#timer);
  }
}
