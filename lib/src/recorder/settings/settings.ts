/** How much of one value a sample shows; the rest is counted. */
export interface SummaryLimits {
  /** Levels of nested records and lists. */
  depth: number;
  /** Fields per record. */
  fields: number;
  /** Elements per list. */
  items: number;
  /** Characters per text. */
  text: number;
}

/** How much of one value a schema describes; the rest is marked. */
export interface SchemaLimits {
  /** Levels of nested records and lists. */
  depth: number;
  /** Fields per record, at most 1,024. */
  fields: number;
}

/** How much a session keeps. Beyond that the oldest and superseded entries are dropped and counted. */
export interface RecorderLimits {
  processes: number;
  runs: number;
  /** Entries of one process in one run, over all runs. */
  processRuns: number;
  cells: number;
  /** Bytes for the samples of all artifacts together. The more artifacts, the fewer and smaller their images. */
  sampleBytes: number;
  /** Bounds of one sample. */
  readonly summary: SummaryLimits;
  /** Bounds of one schema. */
  readonly schema: SchemaLimits;
  /** Fields per artifact with statistics, at most `summary.fields`. */
  statistics: number;
  /**
   * Samples per artifact besides traced items: a third early, a third late, a third random. Applies to operations
   * declared after a change.
   */
  samples: number;
  /** Sources per run of which one item is traced, at most ten. */
  traced: number;
  /** Files of your code that are listed with their hashes. */
  files: number;
  /** Characters kept of the main file's source. */
  sourceText: number;
  /** Skipped items per operation that are kept with their reasons. */
  skippedItems: number;
}

/** The settings of a recorder. */
export interface RecorderSettings {
  /** Whether samples are kept, unless an operation has its own `samples`. */
  samples: boolean;
  /** Called with each value before it is summarized; returns what is kept instead. It must not change the value. */
  redact: ((value: unknown, label: string) => unknown) | null;
  /** Time a random sample of the items (the default, at almost no cost), or every item. */
  timing: 'sampled' | 'everything';
  /**
   * Which streams get a digest of all that passes: the ends (the default: sources, what a sink takes, values and
   * files), all, or none. A digest says whether the same came out again.
   */
  digests: 'ends' | 'all' | false;
  /** Whether the values of the variables are kept that functions capture. */
  captures: boolean;
  /** Whether the files of sources are hashed, in a thread, from the first run on. */
  inputs: boolean;
  readonly limits: RecorderLimits;
}

export const DEFAULT_SUMMARY: Readonly<SummaryLimits> = { depth: 4, fields: 32, items: 16, text: 500 };

export const DEFAULT_SCHEMA: Readonly<SchemaLimits> = { depth: 6, fields: 64 };

export const DEFAULT_LIMITS: Readonly<RecorderLimits> = {
  processes: 10_000,
  runs: 500,
  processRuns: 2_000,
  cells: 2_000,
  sampleBytes: 24 * 2 ** 20,
  summary: DEFAULT_SUMMARY,
  schema: DEFAULT_SCHEMA,
  statistics: 32,
  samples: 12,
  traced: 10,
  files: 200,
  sourceText: 100_000,
  skippedItems: 8,
};

/** Settings of a session's own, as they are before anybody changes one. */
export const defaultSettings = (): RecorderSettings => ({
  samples: true,
  redact: null,
  timing: 'sampled',
  digests: 'ends',
  captures: true,
  inputs: true,
  limits: { ...DEFAULT_LIMITS, summary: { ...DEFAULT_SUMMARY }, schema: { ...DEFAULT_SCHEMA } },
});
