import type { BufferLevels } from 'stemma-document';

/** How many items an operation holds back: now, and how many there were whenever somebody looked. */
export class BufferGauge {
  /** Null while no run goes on. */
  #read: (() => number) | null = null;
  #holds = false;
  readonly #levels: BufferLevels = { readings: 0, mean: 0, max: 0 };

  set(read: (() => number) | null): void {
    this.#holds ||= read !== null;
    this.#read = read;
  }

  /** Notes how full it is. */
  note(): void {
    if (this.#read === null) return;
    const level = this.#read();
    const levels = this.#levels;
    levels.readings++;
    levels.mean += (level - levels.mean) / levels.readings;
    levels.max = Math.max(levels.max, level);
  }

  /** Null of an operation that never held anything back. */
  get current(): number | null {
    return this.#holds ? (this.#read?.() ?? 0) : null;
  }

  get levels(): BufferLevels | null {
    return this.#levels.readings === 0 ? null : { ...this.#levels };
  }
}
