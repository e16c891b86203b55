import type { Sample } from 'stemma-document';
import { Reservoir } from './reservoir';
import { type RawSummary, sizeOf } from './summary';

/** A sample as it is kept: the images still pixels, the origins already names. */
export interface RawSample extends Omit<Sample, 'value'> {
  value: RawSummary;
}

interface Kept {
  sample: RawSample;
  /** What it takes, about. */
  bytes: number;
}

interface Traced extends Kept {
  /** The traced items that it is, or is made of. */
  items: readonly number[];
}

/** The samples of one artifact, all of one run: some of what passed, and the traced items. */
export class KeptSamples {
  readonly #chosen: Reservoir<Kept>;
  #traced: Traced[] = [];
  /** What they take, about. */
  #bytes = 0;

  /** `size` of the first, the middle, and the last. `onChange`: they take this much more, or less. */
  constructor(
    size: number,
    private readonly onChange: (bytes: number) => void,
  ) {
    this.#chosen = new Reservoir(size);
  }

  add(sample: RawSample): void {
    const replaced = this.#chosen.add(this.#keep(sample));
    if (replaced !== null) this.#account(-replaced.bytes);
  }

  /** The sample of the item at `index`, unless it is there as a traced one alone. */
  chosenAt(index: number): RawSample | undefined {
    return this.#chosen.items().find(({ sample }) => sample.index === index)?.sample;
  }

  trace(sample: RawSample, items: readonly number[]): void {
    this.#traced.push({ ...this.#keep({ ...sample, traced: true }), items });
  }

  /** These items stay traced. Returns whether others were dropped. */
  settle(items: ReadonlySet<number>): boolean {
    const all = this.#traced;
    this.#traced = all.filter((one) => one.items.some((item) => items.has(item)));
    if (this.#traced.length === all.length) return false;
    this.#account(bytesOf(this.#traced) - bytesOf(all));
    return true;
  }

  clear(): void {
    this.#chosen.clear();
    this.#traced = [];
    this.#account(-this.#bytes);
  }

  /** Each item once, though it may be traced and chosen. */
  list(): RawSample[] {
    const traced = this.#traced.map(({ sample }) => sample);
    const known = new Set(traced.map(({ index }) => index));
    const others = this.#chosen.items().map(({ sample }) => sample);
    return [...traced, ...others.filter(({ index }) => !known.has(index))];
  }

  #keep(sample: RawSample): Kept {
    const bytes = sizeOf(sample.value);
    this.#account(bytes);
    return { sample, bytes };
  }

  #account(bytes: number): void {
    this.#bytes += bytes;
    this.onChange(bytes);
  }
}

const bytesOf = (kept: readonly Kept[]): number => kept.reduce((sum, { bytes }) => sum + bytes, 0);
