import { setMaxListeners } from 'node:events';
import type { Calls } from '../recorder/calls';
import type { ProcessRecord } from '../recorder/process-record';
import { TracedItems } from '../recorder/observing/traced-items';
import { NestedRun } from '../recorder/nested-run';
import { StreamDigest } from '../recorder/digests/stream-digest';
import type { RunRecord } from '../recorder/run-record';
import type { SampledRun } from '../recorder/observing/sampler';
import type { Session } from '../recorder/session';
import { abortError } from './errors';
import { Traced } from './traced';
import { flattenOrigins, type Origin, originOf, Part, rowOf, sourceOf } from './origin';
import { Probe } from './probe';
import type { RowNotes } from './row-notes';

/** A source that takes part in a run. */
export interface SourceInfo {
  /** Names a row, e.g. by a file's path. */
  describe(row: number): string;
  /**
   * The same in every run and wherever in the graph the source stands: random operations derive their numbers from it.
   */
  identity: number;
  /**
   * How often the source was started before: a repetition has the same items, but draws new random numbers for them.
   */
  epoch: number;
}

/** A source with the key that it was added with. */
export interface SourceEntry {
  key: object;
  info: SourceInfo;
}

/**
 * An origin can hold 32,768 sources. Beyond as many repetitions, the next one takes the ordinal of the oldest, whose
 * items are long gone.
 */
const MAX_REPETITIONS = 4096;

/** What all stages of one run share. */
export class Run {
  /** How many items a pull should handle now: adapted by the driver so that a pull takes a few milliseconds at most. */
  chunk = 1;
  readonly controller = new AbortController();
  /** Set while the driver waits for a promise: called when the run is aborted. */
  onAbort: ((reason: Error) => void) | null = null;
  /** As `signal.aborted`, whose getter costs as much as an item. */
  aborted = false;
  /** The outermost run's, where a user's function makes this one. */
  record: RunRecord | null = null;
  /** What samples know of the run. */
  #sampled: SampledRun | null = null;
  #tracedItems: TracedItems | null = null;
  /** The process whose output the sink takes. */
  last: ProcessRecord | null = null;
  /** By process, which a repetition opens again. */
  readonly #traced = new Map<ProcessRecord, Traced>();
  /**
   * The rows that reached operations which hold items back, of each the latest; null where nobody will ask for them.
   */
  notedRows: Map<object, RowNotes[]> | null = null;
  readonly #sources: SourceEntry[] = [];
  /** The ordinals of each source by its epochs, the oldest first. */
  readonly #ordinals = new Map<object, Map<number, number>>();
  readonly #unlink: () => void;

  constructor(
    private readonly session: Session,
    ...signals: (AbortSignal | undefined)[]
  ) {
    // Each call of a function may listen to it, and each run within one: many at once are no leak.
    setMaxListeners(0, this.controller.signal);
    const links = signals.map((signal) => {
      const follow = (): void => this.abort(signal!.reason);
      signal?.addEventListener('abort', follow, { once: true });
      if (signal?.aborted) follow();
      return () => signal?.removeEventListener('abort', follow);
    });
    this.#unlink = () => links.forEach((unlink) => unlink());
  }

  /** It is recorded. */
  recordAs(record: RunRecord): void {
    this.record = this.#sampled = record;
    this.#tracedItems = record.traced;
  }

  /** It is recorded as a part of `outer`, whose traced items are others. Returns what samples know of it. */
  recordWithin(outer: RunRecord): NestedRun {
    const nested = new NestedRun(outer, this.describeOrigins);
    this.record = outer;
    this.#sampled = nested;
    this.#tracedItems = new TracedItems(0);
    return nested;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    const error = abortError(reason);
    this.controller.abort(error);
    this.onAbort?.(error);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.signal.reason as Error;
  }

  /**
   * Registers the source with this `key`; returns its ordinal for `originOf`, the same one each time within an epoch.
   */
  addSource(key: object, info: SourceInfo): number {
    let ordinals = this.#ordinals.get(key);
    const first = ordinals === undefined;
    if (ordinals === undefined) this.#ordinals.set(key, (ordinals = new Map()));
    const known = ordinals.get(info.epoch);
    if (known !== undefined) return known;
    let ordinal = this.#sources.length;
    if (!first && ordinal >= MAX_REPETITIONS) {
      const [oldest] = ordinals;
      ordinals.delete(oldest![0]);
      ordinal = oldest![1];
    }
    this.#sources[ordinal] = { key, info };
    ordinals.set(info.epoch, ordinal);
    if (first) this.#tracedItems?.addSource((row) => originOf(ordinal, row));
    return ordinal;
  }

  /** The source that an origin speaks of. */
  source(origin: number): SourceInfo | undefined {
    return this.#sources[sourceOf(origin)]?.info;
  }

  /** A source by its ordinal. */
  readonly sourceEntry = (ordinal: number): SourceEntry | undefined => this.#sources[ordinal];

  /** Of what runs within calls of a function there are none: the calls come in any order. */
  #wantsDigest(process: ProcessRecord): boolean {
    const { digests } = this.session.settings;
    if (digests === false || process.output === null || process.output.kind === 'file' || this.#sampled !== this.record)
      return false;
    const { kind, role } = process.definition;
    // The value of `toArray` is what it took; a step makes its value in a run of its own, where it is the last.
    const isOfItems = role === 'sink' && kind !== 'toArray' && kind !== 'step';
    return (digests === 'all' && kind !== 'step') || role === 'source' || process === this.last || isOfItems;
  }

  /** A process takes part, declared by `calls`; null where nothing is recorded. */
  probe(process: ProcessRecord | null, calls: Calls | null = null): Probe | null {
    if (process === null || this.record === null || this.#sampled === null) return null;
    const part = this.session.joinRun(this.record, process);
    if (part.digest === null && this.#wantsDigest(process))
      process.output?.beginDigest(
        (part.digest = new StreamDigest(this.session.settings.digests === 'all' ? 'whole' : 'part')),
      );
    let traced = this.#traced.get(process);
    if (traced === undefined) this.#traced.set(process, (traced = new Traced(this.#tracedItems!.origins)));
    return new Probe(part, this.record, this.#sampled, this.session, traced, calls);
  }

  describeOrigins = (origin: unknown, limit: number): { origins: string[]; omitted: number } => {
    const { origins, omitted } = flattenOrigins(origin as Origin, limit);
    return { origins: origins.map((key) => this.#describe(key)), omitted };
  };

  /** One line on where an item came from; null where nothing is known. */
  describeOrigin(origin: Origin): string | null {
    const { origins, omitted } = this.describeOrigins(origin, 1);
    if (origins.length === 0) return null;
    return omitted === 0 ? origins[0]! : `${origins[0]!} and ${omitted} more`;
  }

  #describe(key: Origin): string {
    if (key instanceof Part) return `${this.describeOrigin(key.of)} part ${key.index}`;
    return this.source(key as number)?.describe(rowOf(key as number)) ?? 'unknown';
  }

  dispose(): void {
    this.#unlink();
  }
}
