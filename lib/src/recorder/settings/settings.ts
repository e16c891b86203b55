/** How much of one value a sample shows; what is beyond is counted there. */
export interface SummaryLimits {
  /** Records and lists within each other. */
  depth: number;
  /** Fields of a record. */
  fields: number;
  /** Items of a list. */
  items: number;
  /** Characters of a text. */
  text: number;
}

/** How much of one value its schema describes; what is beyond is marked there. */
export interface SchemaLimits {
  /** Records and lists within each other. */
  depth: number;
  /** Fields of a record, up to 1,024. */
  fields: number;
}

/** How much a session keeps; what is beyond is dropped, oldest and superseded first, and counted. */
export interface RecorderLimits {
  processes: number;
  runs: number;
  /** What each process did in each run, counted over all runs: one for each process of a run. */
  processRuns: number;
  cells: number;
  /** What the samples of all artifacts may take in memory. Many artifacts share it: their images are fewer and smaller. */
  sampleBytes: number;
  /** How much of one value a sample shows. */
  readonly summary: SummaryLimits;
  /** How much of one value its schema describes. */
  readonly schema: SchemaLimits;
  /** Of how many fields of an artifact's items statistics are kept. They are those of samples: `summary.fields` bounds them, too. */
  statistics: number;
  /** Samples of one artifact, beside traced items: a third of them early ones, a third late ones. Holds for operations declared from then on. */
  samples: number;
  /** Of how many sources a run follows an item, up to ten. */
  traced: number;
  /** Files of the user's code that are listed with their hashes. */
  files: number;
  /** Characters of the main file's text that are kept. */
  sourceText: number;
  /** Skipped items of an operation that are kept with their reasons. */
  skippedItems: number;
}

/** What the user decides about the record. */
export interface RecorderSettings {
  /** Whether samples of the data are kept, unless an operation says otherwise. */
  samples: boolean;
  /** Called for each value before it is summarized; returns what may be kept in its place. It must not change the value. */
  redact: ((value: unknown, label: string) => unknown) | null;
  /** Time a random choice of the items (the default, which costs next to nothing), or everything. */
  timing: 'sampled' | 'everything';
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
