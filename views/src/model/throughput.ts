import type { Process } from 'stemma-document';

/** How many moments of a process are kept; then every other is dropped, and they come half as often. */
const KEPT = 120;
const EVERY_MS = 250;

/** A process at a moment: how many items had passed. */
export interface Moment {
  atMs: number;
  items: number;
}

/**
 * Items of each process over time, as far as the page saw them: thinned out as it grows, so that a run of hours takes
 * no more than one of seconds.
 */
export class Throughput {
  note(process: Process, atMs: number): void {
    const { runs, latestRun } = process.execution;
    // Totals are over all runs.
    const { itemsIn, itemsOut } = latestRun ?? process.execution;
    const items = Math.max(itemsIn, itemsOut);
    const entry = this._entries.get(process.id);
    if (!entry || entry.run !== runs) {
      // Another run begins where the last one ended.
      this._entries.set(process.id, { run: runs, everyMs: EVERY_MS, moments: [{ atMs, items }] });
      return;
    }
    const last = entry.moments[entry.moments.length - 1];
    if (last && atMs - last.atMs < entry.everyMs) {
      return;
    }
    entry.moments.push({ atMs, items });
    if (entry.moments.length > KEPT) {
      entry.moments = entry.moments.filter((_, i) => i % 2 === 0);
      entry.everyMs *= 2;
    }
  }

  /** How many items had passed at which moments of the latest run; empty before the first. */
  moments(id: string): readonly Moment[] {
    return this._entries.get(id)?.moments ?? [];
  }

  /** Items a second between one moment and the next; empty before there are two. */
  rates(id: string): { atMs: number; perSecond: number }[] {
    const moments = this.moments(id);
    return moments.slice(1).map(({ atMs, items }, i) => {
      const before = moments[i] as Moment;
      return { atMs, perSecond: ((items - before.items) / (atMs - before.atMs)) * 1000 };
    });
  }

  delete(id: string): void {
    this._entries.delete(id);
  }

  clear(): void {
    this._entries.clear();
  }

  private readonly _entries = new Map<string, { run: number; everyMs: number; moments: Moment[] }>();
}
