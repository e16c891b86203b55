import type { CellRef } from 'stemma';

const EVERY_MS = 250;
/** A main thread that has not answered for so long counts as blocked. */
const BLOCKED_AFTER_MS = 500;
/** Shorter executions are not worth a message. */
const BUSY_AFTER_MS = 300;

export interface Busy {
  cell: CellRef | null;
  busySinceMs: number | null;
  blockedSinceMs: number | null;
}

/**
 * Finds out, from the front thread, since when a cell runs and since when the main thread's event loop stands still.
 * Pings only while someone listens and a cell runs.
 */
export class BusyWatch {
  #cell: CellRef | null = null;
  #sinceMs = 0;
  #pingedMs: number | null = null;
  #pings = 0;
  #told: Busy = { cell: null, busySinceMs: null, blockedSinceMs: null };
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: { ping(id: number): void; onChange(busy: Busy): void; hasListeners(): boolean },
  ) {}

  get current(): Busy {
    return this.#told;
  }

  begin(cell: CellRef): void {
    this.#cell = cell;
    this.#sinceMs = Date.now();
    this.#pingedMs = null;
    this.#timer ??= setInterval(() => this.#look(), EVERY_MS);
  }

  end(): void {
    this.#cell = null;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  pong(id: number): void {
    if (id === this.#pings) this.#pingedMs = null;
  }

  #look(): void {
    if (!this.options.hasListeners()) return;
    if (this.#pingedMs === null) {
      this.#pingedMs = Date.now();
      this.options.ping(++this.#pings);
    }
    this.#tell();
  }

  #tell(): void {
    const now = Date.now();
    const isBusy = this.#cell !== null && now - this.#sinceMs >= BUSY_AFTER_MS;
    const isBlocked = isBusy && this.#pingedMs !== null && now - this.#pingedMs >= BLOCKED_AFTER_MS;
    const next: Busy = {
      cell: isBusy ? this.#cell : null,
      busySinceMs: isBusy ? this.#sinceMs : null,
      blockedSinceMs: isBlocked ? this.#pingedMs : null,
    };
    const { busySinceMs, blockedSinceMs } = this.#told;
    if (next.busySinceMs === busySinceMs && next.blockedSinceMs === blockedSinceMs) return;
    this.#told = next;
    this.options.onChange(next);
  }
}
