import {
  type Anomaly,
  departs,
  type FieldStatistics,
  mergeSchemas,
  printSchema,
  type Sample,
  type Schema,
  type Summary,
} from 'stemma-document';
import { now } from '../../util/clock';
import { MAX_TRACED } from './traced-items';
import type { Picture } from '../images/picture';
import { withoutHome } from '../privacy/privacy';
import { KeptSamples, type RawSample } from './kept-samples';
import { schemaOf, UNREADABLE } from './schema';
import type { SchemaLimits } from '../settings/settings';
import type { RecorderLimits } from '../settings/settings';
import { encodeSummary, type RawSummary, statisticsLimits, summarize } from './summary';
import { type SampleRoom, UNBOUNDED } from './sample-room';
import { StreamStatistics } from './stream-statistics';
import { widenedFields } from './widened-fields';

/** What a sampler must know of the run that an item belongs to. */
export interface SampledRun {
  readonly id: string;
  readonly startedMs: number;
  describeOrigins(origin: unknown, limit: number): { origins: string[]; omitted: number };
  /** A look at one of its items took `ms`. */
  looked(ms: number): void;
}

/** Items that were emitted together. */
export interface SampledItems {
  readonly values: readonly unknown[];
  originAt(i: number): unknown;
}

/** What the user wants of samples. */
export interface SamplePolicy {
  /** False: schemas and counts only, no values. */
  keep: boolean;
  /** What to keep in a value's place. */
  redact: ((value: unknown, label: string) => unknown) | null;
  /** It is what `statistics` returns, which is kept as far as its histograms. */
  isStatistics?: boolean;
}

const MAX_ORIGINS = 16;
/**
 * After this many items, sampling must keep within its budget; the first ones, looked at by code that is not compiled
 * yet, do not count.
 */
const FREE = 8;
/** What one artifact's samples may cost: this much at once, and a share of the run's duration. */
const ALLOWANCE_MS = 0.25;
const BUDGET = 0.0005;
/** What the images of a traced item may take, of what those of another sample may: there are many candidates. */
const FOLLOWED_ROOM = 1 / 4;
/** As how many other samples they count. */
export const FOLLOWED_SAMPLES = MAX_TRACED * FOLLOWED_ROOM;

/** Where nothing is looked at any more; a number that can be counted down from. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Looks at a few of the items that pass an artifact: their schemas, merged, and samples of the latest run.
 *
 * Every item is looked at in the beginning, later ones at growing random distances (about 5 % of the index), so that a
 * million items cost some 250 looks. Beside those, the items that a run follows are kept wherever they pass. Statistics
 * of fields have a choice of items of their own, in which early ones are no more likely than late ones.
 */
export class Sampler {
  schema: Schema | null = null;
  schemaItems = 0;
  anomaly: Anomaly | null = null;
  /** Items to let pass before the next look; the engine counts it down. */
  wait = 0;
  /** What `wait` was counted down from. */
  #waitedFrom = 0;
  /** How many items came by, over all runs, up to when `wait` was set. */
  #passed = 0;
  /** Null once a look for them has failed: they would be of a part of the stream. */
  #statistics: StreamStatistics | null;
  #statisticsBytes = 0;
  #next = 0;
  /** Of the run whose samples it has. */
  #run: Pick<SampledRun, 'id' | 'startedMs'> | null = null;
  #spentMs = 0;
  readonly #samples: KeptSamples;

  constructor(
    private readonly label: string,
    readonly policy: SamplePolicy,
    private readonly room: SampleRoom = UNBOUNDED,
  ) {
    this.#samples = new KeptSamples(Math.floor(room.limits.samples / 3), (bytes) => room.changed(bytes));
    this.#statistics = policy.keep ? new StreamStatistics(room.limits) : null;
  }

  get #summaryLimits(): ReturnType<typeof statisticsLimits> | RecorderLimits['summary'] {
    const { summary } = this.room.limits;
    return this.policy.isStatistics === true ? statisticsLimits(summary) : summary;
  }

  get sampleCount(): number {
    return this.#samples.list().length;
  }

  /** Of the fields of the items, in a fair choice of all; `withSketch` has what merging needs. */
  fields(withSketch: boolean): FieldStatistics[] {
    return this.#statistics?.statistics(withSketch) ?? [];
  }

  /** There are fields beyond those that statistics are kept of. */
  get moreFields(): boolean {
    return this.#statistics?.more ?? false;
  }

  /** A run begins to emit items here. */
  begin(): void {
    this.#setWait(0);
    this.#next = 0;
    this.#statistics?.begin();
  }

  /**
   * Looks at those of the items whose turn it is. `start` is the index of the first of them in its run.
   * Returns whether schema or samples changed. Never throws: a look that fails is the last one of its run.
   */
  observe(items: SampledItems, start: number, run: SampledRun): boolean {
    const { length } = items.values;
    const first = this.#seen - length;
    this.#measure(items, first, run);
    const looked = this.#tryLook(items, start, run);
    this.#setWait(Math.min((this.#statistics?.next ?? NEVER) - first, this.#next - start) - length);
    return looked;
  }

  /** How many items came by, over all runs. */
  get #seen(): number {
    return this.#passed + this.#waitedFrom - this.wait;
  }

  #setWait(items: number): void {
    this.#passed = this.#seen;
    this.wait = this.#waitedFrom = items;
  }

  #measure({ values }: SampledItems, first: number, run: SampledRun): void {
    if (this.#statistics === null || this.#statistics.next >= first + values.length) return;
    try {
      run.looked(this.#statistics.observe(values, first, this.#read, run.startedMs));
      this.#weighStatistics();
    } catch {
      this.#statistics = null;
      this.#weighStatistics(0);
      this.room.failed();
    }
  }

  readonly #read = (value: unknown): unknown => this.#redacted(value);

  /** What statistics take counts with what samples take. */
  #weighStatistics(bytes = this.#statistics?.bytes ?? 0): void {
    const before = this.#statisticsBytes;
    this.#statisticsBytes = bytes;
    this.room.changed(bytes - before);
  }

  #tryLook(items: SampledItems, start: number, run: SampledRun): boolean {
    try {
      return this.#observe(items, start, run);
    } catch {
      this.#next = NEVER;
      this.room.failed();
      return true;
    }
  }

  #observe(items: SampledItems, start: number, run: SampledRun): boolean {
    const { values } = items;
    const end = start + values.length;
    if (!this.#join(run, start)) {
      this.#next = end;
      return false;
    }
    let looked = false;
    while (this.#next < end) {
      const index = this.#next;
      const began = now();
      if (index < FREE || this.#spentMs <= ALLOWANCE_MS + BUDGET * (began - run.startedMs)) {
        const value = values[index - start];
        this.#look(value, items.originAt(index - start), index, run);
        const ms = now() - began;
        run.looked(ms);
        if (index >= FREE) this.#spentMs += ms;
        looked = true;
      }
      this.#next += index < FREE ? 1 : 1 + Math.floor(index * 0.1 * Math.random());
    }
    return looked;
  }

  /** Items that the run follows, `items`, have come by as one `value`. Never throws. */
  trace(items: readonly number[], value: unknown, origin: unknown, index: number, run: SampledRun): void {
    try {
      if (!this.policy.keep || !this.#join(run, index)) return;
      const began = now();
      const sample =
        this.#samples.chosenAt(index) ?? this.#sample(this.#summarize(value, FOLLOWED_ROOM), origin, index, run);
      this.#samples.trace(sample, items);
      run.looked(now() - began);
    } catch {
      this.room.failed();
    }
  }

  /** The run is over, and these are the items that stay traced. Returns whether others were dropped. */
  settle(run: SampledRun, items: ReadonlySet<number>): boolean {
    this.#statistics?.settle();
    return run.id === this.#run?.id && this.#samples.settle(items);
  }

  /** Gives the samples up, and most of what statistics take; returns how many samples there were. */
  relieve(): number {
    const count = this.sampleCount;
    this.#samples.clear();
    this.#statistics?.shrink(this.#seen);
    this.#weighStatistics();
    return count;
  }

  /** It is no longer part of the record. */
  dispose(): void {
    this.#samples.clear();
    this.#weighStatistics(0);
  }

  /** A later run's samples replace those of the run before; an earlier run that still goes on adds none. */
  #join(run: SampledRun, start: number): boolean {
    if (run.id === this.#run?.id) return true;
    if (this.#run !== null && this.#run.startedMs > run.startedMs) return false;
    this.#run = { id: run.id, startedMs: run.startedMs };
    this.#next = start;
    this.#spentMs = 0;
    this.#samples.clear();
    return true;
  }

  #look(value: unknown, origin: unknown, index: number, run: SampledRun): void {
    const limits = this.room.limits.schema;
    const schema = safeSchemaOf(value, limits);
    const merged = mergeSchemas(this.schema, schema, limits.fields);
    this.schemaItems++;
    if (this.schema !== null && this.anomaly === null && departs(this.schema, schema, Array.isArray(origin))) {
      const { origins } = run.describeOrigins(origin, MAX_ORIGINS);
      const [expected, found] = [printSchema(this.schema), printSchema(schema)];
      const kept = this.policy.keep ? { value: this.#summarizeWithoutImages(value) } : {};
      const paths = widenedFields(this.schema, merged);
      this.anomaly = { index, run: run.id, origins, expected, found, paths, ...kept };
    }
    this.schema = merged;
    if (this.policy.keep) this.#samples.add(this.#sample(this.#summarize(value), origin, index, run));
  }

  #sample(value: RawSummary, origin: unknown, index: number, run: SampledRun): RawSample {
    const { origins, omitted } = run.describeOrigins(origin, MAX_ORIGINS);
    return { index, run: run.id, origins, omittedOrigins: omitted, value };
  }

  #summarize(value: unknown, room = 1): RawSummary {
    return summarize(this.#redacted(value), room * this.room.pictureBytes(), this.#summaryLimits);
  }

  #summarizeWithoutImages(value: unknown): Summary {
    return summarize(this.#redacted(value), 0, this.#summaryLimits) as Summary;
  }

  /** A redaction that fails hides the value: what it was to hide must not get out. */
  #redacted(value: unknown): unknown {
    try {
      return this.policy.redact === null ? value : this.policy.redact(value, this.label);
    } catch {
      return 'hidden: the redaction failed';
    }
  }

  /** The samples in the order of their indices; `png` of each image as `encode` makes it. */
  samples(encode: (picture: Picture) => unknown): (Omit<Sample, 'value'> & { value: unknown })[] {
    return this.#samples
      .list()
      .sort((a, b) => a.index - b.index)
      .map((sample) => withoutHome({ ...sample, value: encodeSummary(sample.value, encode) }));
  }
}

function safeSchemaOf(value: unknown, limits: SchemaLimits): Schema {
  try {
    return schemaOf(value, limits);
  } catch {
    return UNREADABLE;
  }
}
