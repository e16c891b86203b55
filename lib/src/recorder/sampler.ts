import type { Sample, Schema } from '../provenance/document';
import { now } from './clock';
import { mergeSchemas, schemaOf } from './schema';
import { encodeSummary, type RawSummary, summarize } from './summary';

/** A sample as it is kept: the images still pixels, the origins already names. */
export interface RawSample extends Omit<Sample, 'value'> {
  value: RawSummary;
}

/** What a sampler must know of the run that an item belongs to. */
export interface SampledRun {
  readonly id: string;
  readonly startedMs: number;
  describeOrigins(origin: unknown, limit: number): { origins: string[]; omitted: number };
}

const FIRST = 4;
const MIDDLE = 4;
const LAST = 4;
const MAX_ORIGINS = 16;
/** After this many items, sampling must keep within its budget. */
const FREE = 8;
/** The share of a run's duration that one artifact's samples may cost. */
const BUDGET = 0.002;

/**
 * Looks at a few of the items that pass an artifact: their schemas, merged, and samples of the latest run.
 *
 * Every item is looked at in the beginning, later ones at growing random distances (about 5 % of the index), so that a million items cost some
 * 250 looks. The samples kept are stratified: the first four, four drawn from the middle, the last four.
 */
export class Sampler {
  schema: Schema | null = null;
  schemaItems = 0;
  /** Items to let pass before the next look; the engine counts it down. */
  wait = 0;
  #next = 0;
  #run: SampledRun | null = null;
  #spentMs = 0;
  #seen = 0;
  #first: RawSample[] = [];
  #middle: RawSample[] = [];
  #last: RawSample[] = [];

  get sampleCount(): number {
    return this.#first.length + this.#middle.length + this.#last.length;
  }

  /**
   * Looks at those of `values` whose turn it is. `start` is the index of the first of them in its run.
   * Returns whether anything changed.
   */
  observe(values: readonly unknown[], origins: readonly unknown[], start: number, run: SampledRun): boolean {
    if (run !== this.#run) this.#begin(run, start);
    const end = start + values.length;
    let looked = false;
    while (this.#next < end) {
      const index = this.#next;
      const began = now();
      if (index < FREE || this.#spentMs <= BUDGET * (began - run.startedMs)) {
        this.#look(values[index - start], origins[index - start], index, run);
        this.#spentMs += now() - began;
        looked = true;
      }
      this.#next += index < FREE ? 1 : 1 + Math.floor(index * 0.1 * Math.random());
    }
    this.wait = this.#next - end;
    return looked;
  }

  /** A new run: its samples replace those of the run before, its schema is merged with what is known. */
  #begin(run: SampledRun, start: number): void {
    this.#run = run;
    this.#next = start;
    this.#spentMs = 0;
    this.#seen = 0;
    this.#first = [];
    this.#middle = [];
    this.#last = [];
  }

  #look(value: unknown, origin: unknown, index: number, run: SampledRun): void {
    try {
      this.schema = mergeSchemas(this.schema, schemaOf(value));
    } catch {
      this.schema = mergeSchemas(this.schema, { type: 'object', name: 'unreadable' });
    }
    this.schemaItems++;
    const { origins, omitted } = run.describeOrigins(origin, MAX_ORIGINS);
    this.#keep({ index, run: run.id, origins, omittedOrigins: omitted, value: summarize(value) });
  }

  #keep(sample: RawSample): void {
    if (this.#first.length < FIRST) {
      this.#first.push(sample);
      return;
    }
    this.#last.push(sample);
    if (this.#last.length <= LAST) return;
    const aged = this.#last.shift()!;
    this.#seen++;
    if (this.#middle.length < MIDDLE) this.#middle.push(aged);
    else {
      // Algorithm R (Vitter, 1985) over the items looked at.
      const at = Math.floor(Math.random() * this.#seen);
      if (at < MIDDLE) this.#middle[at] = aged;
    }
  }

  /** The samples in the order of their indices; each image's PNG as `encode` makes it. */
  samples(encode: (png: Uint8Array) => unknown): (Omit<Sample, 'value'> & { value: unknown })[] {
    return [...this.#first, ...this.#middle, ...this.#last]
      .sort((a, b) => a.index - b.index)
      .map((sample) => ({ ...sample, value: encodeSummary(sample.value, encode) }));
  }
}
