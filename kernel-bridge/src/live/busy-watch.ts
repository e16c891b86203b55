import type { CellRef } from 'stemma';

const EVERY_MS = 250;
/** A main thread without a sign of life for this long counts as blocked. */
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
 * Pings while a cell runs, also while no page listens: one that opens later is to know since when.
 */
export class BusyWatch {
  #cell: CellRef | null = null;
  #sinceMs = 0;
  /** When the event loop turned for the last time, as far as is known. */
  #aliveMs = 0;
  #isAsked = false;
  #pings = 0;
  #told: Busy = { cell: null, busySinceMs: null, blockedSinceMs: null };
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: { ping(id: number): void; onChange(busy: Busy): void }) {}

  get current(): Busy {
    return this.#told;
  }

  begin(cell: CellRef): void {
    this.#cell = cell;
    this.#sinceMs = this.#aliveMs = Date.now();
    this.#isAsked = false;
    this.#timer ??= setInterval(() => this.#look(), EVERY_MS);
  }

  end(): void {
    this.#cell = null;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  pong(id: number): void {
    if (id !== this.#pings) return;
    this.#aliveMs = Date.now();
    this.#isAsked = false;
  }

  #look(): void {
    this.#tell();
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.options.ping(++this.#pings);
  }

  #tell(): void {
    const now = Date.now();
    const isBusy = this.#cell !== null && now - this.#sinceMs >= BUSY_AFTER_MS;
    const isBlocked = isBusy && now - this.#aliveMs >= BLOCKED_AFTER_MS;
    const next: Busy = {
      cell: isBusy ? this.#cell : null,
      busySinceMs: isBusy ? this.#sinceMs : null,
      blockedSinceMs: isBlocked ? this.#aliveMs : null,
    };
    const { busySinceMs, blockedSinceMs } = this.#told;
    if (next.busySinceMs === busySinceMs && next.blockedSinceMs === blockedSinceMs) return;
    this.#told = next;
    this.options.onChange(next);
  }
}
