/** A main thread that has been silent this long does not see that it should end: it is interrupted. */
const BLOCKED_MS = 1_000;
/** Output shows that the main thread is at work, and postpones the interrupt up to here. */
const TALKING_MS = 2_000;
/**
 * Jupyter kills a kernel 5 s after it asked. Until shortly before, an interrupted thread may still say how its runs
 * ended.
 */
const LOST_MS = 4_000;

/** How long to wait for a main thread that was asked to end. All times count from the request. */
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
      this.#timer = setTimeout(this.onLost, LOST_MS - (performance.now() - this.#sinceMs));
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
