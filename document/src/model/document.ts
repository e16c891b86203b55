/**
 * The provenance document: everything Stemma knows of a session, as JSON.
 *
 * `schema/provenance.schema.json` is generated from these types (`npm run schema`), and a check compares the two.
 * The model follows W3C PROV (https://www.w3.org/TR/prov-dm/): a process is an activity, an artifact an entity. The graph is
 * bipartite: process → artifact → process. Facts that only an execution can give stand apart, under `execution`.
 *
 * Durations are milliseconds (`…Ms`), moments are ISO 8601 strings in UTC (`…At`).
 *
 * Versions 1.x only add: members that are optional, and values where a type says so (`Other…`). Readers of any 1.x pass over what they do not know.
 */

import type { Contribution } from './contribution';

/** Whatever JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A word that a later version of the format may have added to a list of known ones. */
export type OtherWord = string & Record<never, never>;

/** Stands for every `type` or `kind` that this version does not know, so that a `switch` needs a default. No value is this very text. */
export type OtherTag = '%future added value';

/** An alternative that a later version of the format has added, told by its `type`. */
export interface OtherType {
  type: OtherTag;
}

/** An alternative that a later version of the format has added, told by its `kind`. */
export interface OtherKind {
  kind: OtherTag;
}

/**
 * Facts that others than Stemma add, each under a name that nobody else gives: a reversed domain (`org.example.cost`) or a URL. Stemma keeps them
 * and passes them on.
 */
export interface Extensions {
  [name: string]: Extension;
}

/** What stands under one name of `extensions`. */
export interface Extension {
  /** Absolute URL of the JSON Schema of this value. */
  schemaUrl: string;
  [member: string]: JsonValue;
}

/** Where something is in its life. `aborted`: an interrupt, an AbortSignal or an early `break` ended it. */
export type KnownState = 'new' | 'running' | 'complete' | 'failed' | 'aborted';

/** A known state, or one that a later version has added. */
export type State = KnownState | OtherWord;

/** All that is known of a session, or in a merged document of several. */
export interface ProvenanceDocument {
  format: 'stemma-provenance';
  /**
   * The minor number says which optional members there may be; readers need not look at it.
   * @pattern ^1[.][0-9]{1,9}$
   */
  version: `1.${number}`;
  generatedAt: string;
  session: SessionInfo;
  environment: Environment;
  /** The notebook cells that made a process, in the order of their first execution. */
  cells: Cell[];
  processes: Process[];
  artifacts: Artifact[];
  runs: Run[];
  /** What the limits of the recorder cut off, so that nobody takes the record for complete. */
  dropped: Dropped;
  /** Only in a document that `merge` made: what each session contributed, from which all else is derived. */
  contributions?: Contribution[];
  /** See {@link Extensions}. */
  extensions?: Extensions;
  /** In a file: `sha256:` and the hash of the canonical JSON (RFC 8785) of all other members. Readers check it, and leave it out. */
  checksum?: string;
}

/** One life of the recorder: of a kernel, or of a script. */
export interface SessionInfo {
  /** Unique to one life of the recorder (a kernel restart makes another). */
  id: string;
  startedAt: string;
  /** Path of the notebook or script, relative to its project, where it is known. */
  notebook: string | null;
  /** Which part of the data this session worked on, where it was told to work on one. */
  shard?: Shard;
  /** The parameters that the pipeline module was given. */
  parameters?: { [name: string]: JsonValue };
  /** The seed of the whole program, from which each operation that was given none has its own. */
  seed?: number;
  /**
   * The command line, e.g. `['stemma', 'run', 'digits.ts', '--params', 'size=32']`; absent in notebooks. `…` stands for what
   * `provenance.settings.redact` hides, and for what is called a password, secret, token or key.
   */
  command?: string[];
  /** The files of the user's own code that were loaded: the program itself first, then what it imports by their paths. */
  files?: SourceFile[];
  /** Absent while it goes on, and from documents that were saved before its end. */
  end?: SessionEnd;
}

/** A file of the user's own code, outside of packages. The code of a notebook is in `cells`. */
export interface SourceFile {
  /** From its project's folder on. */
  path: string;
  /** Of its bytes, in hexadecimal digits. */
  sha256: string;
  /** The script or module that was started; absent from those that it imports. */
  main?: true;
  /** Text of the main file, as far as the recorder's limits allow, and as `provenance.settings.redact` returns it. */
  source?: string;
  /** The text is longer. */
  truncated?: true;
  /** It was written after the session began: what ran before may have been another text. */
  changed?: true;
}

/**
 * `completed`: all that was asked for was done, or the kernel was shut down. `failed`: an error ended it. `interrupted`: by
 * Ctrl-C. `signal`: by another signal. `exited`: the program ended itself while runs went on, e.g. by `process.exit`.
 */
export type KnownEnd = 'completed' | 'failed' | 'interrupted' | 'signal' | 'exited';

/** When a session ended, and how. */
export interface SessionEnd {
  endedAt: string;
  how: KnownEnd | OtherWord;
  /** Name of the signal, e.g. `SIGTERM`. */
  signal?: string;
  /** What the process returned to its caller, where it is known. */
  exitCode?: number;
}

/** @minimum 0 */
type Count = number;

/** Each `count`-th item, from the one at `index` on. */
export interface Shard {
  /** From 0. */
  index: number;
  count: Count;
}

/** An allowlist: no environment variables, no user names, home folders abbreviated to `~`. */
export interface Environment {
  stemma: string;
  node: string;
  platform: string;
  arch: string;
  osRelease: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
  workingDirectory: string;
  /** Name and version of the packages that were really loaded, also in threads (decoders of images), sorted by name. */
  packages: { [name: string]: string };
  git: GitState | null;
}

/** The commit that a program is of. */
export interface GitState {
  commit: string;
  /** Files of the repository were changed since the commit, or the program or notebook itself is not in the repository. */
  dirty: boolean;
  /** Address of the remote that the branch is pushed to, else of `origin`: without user names, passwords and tokens. */
  remote?: string;
  /** Path of the program or notebook in the repository. */
  path?: string;
}

/** One execution of a notebook cell. */
export interface CellRef {
  /** The front end's id of the cell; null where it sends none. */
  id: string | null;
  executionCount: Count;
}

/** An execution of a cell with the code that ran. */
export interface Cell extends CellRef {
  source: string;
  /** True once the same cell ran again: what this execution made is history. */
  superseded: boolean;
}

/** One operation in the graph. */
export interface Process {
  /** Unique in the document, e.g. `p12`. */
  id: string;
  /**
   * Its place in the graph, the same on every run and machine: a hash of kind, label and the keys upstream. Options (a drawn seed, a folder) do not
   * enter. Operations of one kind and label on the same input share it.
   */
  key: string;
  /** The operation's name in the API: `fromFolder`, `map`, `shuffle`, `batch`, `forEach`, … */
  kind: string;
  role: 'source' | 'operation' | 'sink' | OtherWord;
  /** The user's identifier; else the function's name; else a short piece of its source; else the kind. */
  label: string;
  /** Ids of the artifacts it consumes, in order. */
  inputs: string[];
  /** Ids of the artifacts it produces. */
  outputs: string[];
  /** Ids of value artifacts whose results its function uses (`uses` in the options). */
  uses: string[];
  /** As resolved: defaults and drawn seeds included. */
  options: { [name: string]: JsonValue };
  code: Code | null;
  cell: CellRef | null;
  /** Where in the user's source the operation was called; null or absent where that is not known. */
  position?: Position | null;
  superseded: boolean;
  /** What looks like a mistake in the pipeline, in sentences for people. */
  warnings?: string[];
  execution: ProcessExecution;
  /** See {@link Extensions}. */
  extensions?: Extensions;
}

/** A place in the source as the user wrote it, before it was compiled. Lines and columns count from 1. */
export interface Position {
  /** Path of the script or module from its project's folder on; absent where the place is in the process's cell. */
  file?: string;
  line: number;
  column: number;
}

/** The user's function. The values of the variables that it captures are not known. */
export interface Code {
  /** As the user wrote it, where the host can tell; else `Function.prototype.toString`. At most 4,000 characters. */
  source: string;
  truncated: boolean;
}

/** What happened at a process, over all its runs. */
export interface ProcessExecution {
  state: State;
  /** How many runs have passed through it. */
  runs: Count;
  itemsIn: Count;
  itemsOut: Count;
  /** Items that failed and were left out because the pipeline was told to go on. */
  skipped: Count;
  failed: Count;
  startedAt: string | null;
  endedAt: string | null;
  /** Own time: without what is upstream. Null where nothing was timed yet. */
  selfTime: TimeStatistics | null;
  /** How many items it works on at a time, where the calls of its function overlap; absent where they do not. */
  concurrency?: Count;
  /**
   * How long it waited for what is upstream. Of a sink all the time in which it had nothing to do (its own time is then the user's code); of an
   * operation the time for which promises from upstream kept it waiting. Null where nothing was waited for.
   */
  waitMs: number | null;
  /**
   * How long it waited at a time, `totalMs` being about `waitMs`. A sink waits once for each chunk of items, `for await` for each item. Null where nothing
   * was waited for, absent from documents of before.
   */
  waitTime?: TimeStatistics | null;
  /** In the latest run, from its start to the first item that came out. */
  firstItemMs: number | null;
  /** Items that it holds back now (a shuffle's buffer, finished calls that wait for a slower one); null where it never holds any. */
  bufferedItems: number | null;
  /** How full that buffer was while runs went on; null where it holds none, or where no run took long enough to see. */
  bufferLevels?: BufferLevels | null;
  /** The failure that ended the last run, else null. */
  failure: Failure | null;
  /** The first skipped items, with their reasons. */
  skippedItems: Failure[];
  /** What it did in the latest run that it took part in, also while that goes on. Absent before the first, and where several sessions were merged. */
  latestRun?: LatestRun;
}

/** What one process did in one run. The totals of a process are over all of its runs. */
export interface ProcessRun {
  state: State;
  itemsIn: Count;
  itemsOut: Count;
  skipped: Count;
  failed: Count;
  /**
   * Self time, estimated where not every item was timed; null where nothing was. Where runs overlap at one process, that of the others is in it, too.
   */
  selfMs: number | null;
  /** How long it waited for what is upstream; null where it never did. */
  waitMs: number | null;
  /** From the start of the run to the first item that came out. */
  firstItemMs: number | null;
  /** The failure that ended the run here, else null. */
  failure: Failure | null;
}

/** A process's part in its latest run. */
export interface LatestRun extends ProcessRun {
  /** Id of the run. */
  run: string;
}

/** Levels of a buffer, in items, read whenever a run gives the event loop back (about every 6 ms). */
export interface BufferLevels {
  readings: Count;
  mean: number;
  max: number;
}

/** Per item (or wait), in milliseconds. `totalMs` is estimated where not every item was timed; the counts never are. */
export interface TimeStatistics {
  totalMs: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  /** How many items were really timed. */
  timedItems: Count;
  /** True for asynchronous functions: items overlap, so the total can exceed the run's duration. */
  overlapping: boolean;
  /**
   * The sketch that the quantiles come from: items by bucket. Bucket i holds durations up to 1.08^i ns. In live patches only of what has ended or makes
   * a watched artifact.
   */
  sketch?: { [bucket: string]: number };
}

/** Why an item or a run failed. */
export interface Failure {
  name: string;
  message: string;
  /** Index of the item at this process's input, from 0; null where no single item is to blame. */
  index: number | null;
  origin: string | null;
  /** Short text of the input. */
  input: string | null;
}

/** The stream between processes, or a value that a reduction returned. */
export interface Artifact {
  /** Unique in the document, e.g. `a12`. */
  id: string;
  key: string;
  kind: 'stream' | 'value' | OtherWord;
  label: string;
  /** Id of the process that produces it. */
  producer: string;
  /** Ids of the processes that consume or use it. */
  consumers: string[];
  /** Items in one run, as known before it; exact once a run was complete. */
  length: Length;
  superseded: boolean;
  execution: ArtifactExecution;
  /** See {@link Extensions}. */
  extensions?: Extensions;
}

/** How many items there are, as far as it is known. */
export type KnownLength =
  { kind: 'exact'; items: Count } | { kind: 'atMost'; items: Count } | { kind: 'unknown' } | { kind: 'infinite' };

/** A known length, or one of a kind that a later version has added. */
export type Length = KnownLength | OtherKind;

/** What passed an artifact, over all runs. */
export interface ArtifactExecution {
  /** Items that passed, over all runs. */
  items: Count;
  /** Items that passed in the latest run. */
  currentItems: Count;
  schema: Schema | null;
  /** The schema in the talk's notation, e.g. `{image: [[3,224,224],'float32'], label: 'int'}`. */
  schemaText: string | null;
  /** How many items the schema was observed on. */
  schemaItems: Count;
  /** The first item looked at that did not fit the schema of those before it. */
  anomaly: Anomaly | null;
  /** By field, of a fair sample of the items. Empty where samples are switched off. */
  fields: FieldStatistics[];
  /** True where there are more fields than statistics are kept of. */
  moreFields?: true;
  /** How many samples are kept. */
  sampleCount: Count;
  /** Empty in the live snapshots and patches: a page asks for the samples it shows. */
  samples: Sample[];
}

/** An item that departs from the schema of those before it. */
export interface Anomaly {
  index: number;
  run: string;
  origins: string[];
  /** The schema up to then, in the talk's notation. */
  expected: string;
  /** The item's own. */
  found: string;
  /** Where the two differ, e.g. `box.x`, `tags[]`, or the empty text for the item itself; at most 16 places. */
  paths?: string[];
  /** The item, without its images; absent where samples are not kept. */
  value?: Summary;
}

/** Over a fair sample of all items that passed in all runs (`items` of the artifact), or over all of them. */
export interface FieldStatistics {
  /** Path of the field, e.g. `box.x`; empty for the item itself. Where `x` in `box` is there, too, the field called `box.x` is `"box.x"`. */
  path: string;
  /** Items in the sample: as many as passed where it has all. */
  items: Count;
  /** How many of these lack the field, or have null there. */
  missing: Count;
  /** Null where nothing is a number. Of tensors: over their elements. */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** Different values; null for tensors and lists. */
  distinct: number | null;
  /** False: an estimate, within some 13 %. */
  distinctIsExact: boolean;
  /** The sketch that the number of different values comes from: the 64 smallest of their 32-bit hashes. Absent from live patches. */
  distinctSketch?: number[];
  histogram: Histogram | null;
}

/** Counts in equal bins from `low` to `high`. */
export interface Histogram {
  low: number;
  high: number;
  counts: number[];
}

/** A range of a dimension or length; `min` = `max` where all items agree. */
export interface Range {
  min: number;
  max: number;
}

/** The structure of the items, as observed. */
export type Schema =
  | { type: 'int' | 'float' | 'bigint' | 'str' | 'bool' | 'null' | 'undefined' | 'date' | 'function' | 'symbol' }
  | { type: 'tensor'; dtype: string; shape: Range[] }
  /** `more`: it has fields beyond the first 64. */
  | { type: 'record'; fields: SchemaField[]; more?: true }
  | { type: 'list'; length: Range; items: Schema | null }
  | { type: 'object'; name: string }
  | { type: 'union'; of: Schema[] }
  | OtherType;

/** A field of a record. */
export interface SchemaField {
  name: string;
  schema: Schema;
  /** Missing from some items. */
  optional: boolean;
}

/** One of the few items of an artifact that are kept. */
export interface Sample {
  /** Index of the item in the artifact, from 0, in its run. */
  index: number;
  /** Id of the run. */
  run: string;
  /** Where the item came from; a batch has several. */
  origins: string[];
  /** Origins beyond those listed. */
  omittedOrigins: Count;
  /** This item is kept at every artifact that it passes. Of each source several are, until the run is over: then the one that came furthest. */
  traced?: true;
  value: Summary;
}

/** A value, bounded in depth, length and bytes. */
export type Summary =
  | { type: 'number'; value: number | string }
  | { type: 'text'; text: string; length: number }
  | { type: 'bool'; value: boolean }
  | { type: 'null' }
  | TensorSummary
  | { type: 'record'; fields: SummaryField[]; omitted: number }
  /** `overview`: where its first items are numbers, and there are more than are listed. */
  | { type: 'list'; length: number; items: Summary[]; omitted: number; overview?: Envelope }
  | { type: 'other'; text: string }
  | OtherType;

/** A field of a record, with its value. */
export interface SummaryField {
  name: string;
  value: Summary;
}

/** A tensor: its statistics, its first elements, and thumbnails where it is an image. */
export interface TensorSummary {
  type: 'tensor';
  dtype: string;
  shape: number[];
  /** Over at most 1,024 evenly spread elements; null where there are none, or none that is finite. */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** The first elements; NaN and infinities as text. */
  values: (number | string)[];
  /** A picture of all elements, where there are more than `values` holds and they are no image. */
  overview?: Overview;
  /** One for an image, several for a batch of images. */
  images: Thumbnail[];
  /** Layout the images were read with; null where it is no image. */
  layout: 'CHW' | 'HWC' | 'HW' | OtherWord | null;
}

/** Elements in little room, so that they can be drawn. */
export type Overview = Envelope | ReducedMatrix | OtherType;

/** The course of numbers in a row. */
export interface Envelope {
  type: 'envelope';
  /** The least of each of at most 128 equal stretches, of some 1,024 elements in all; null where none is finite. */
  low: (number | null)[];
  /** The greatest of each. */
  high: (number | null)[];
}

/** The first matrix of the last two dimensions, reduced to at most 32 by 32 squares. */
export interface ReducedMatrix {
  type: 'matrix';
  columns: number;
  /** What level 0 and level 255 stand for; null where nothing is finite. */
  low: number | null;
  high: number | null;
  /** Row by row, from 0 to 255; null where a square is not finite. */
  levels: (number | null)[];
}

/** A small copy of an image. */
export interface Thumbnail {
  width: number;
  height: number;
  /** A PNG: as a data URL in JSON; in live messages it is a binary buffer (see docs/reference/protocol.md). */
  png: string;
}

/** One pass of a sink over the graph. */
export interface Run {
  /** A UUID (RFC 9562), unique in all sessions. In old documents `r3`, unique in its session alone. */
  id: string;
  /** Its place among the runs of the document, from 1 and with those that were dropped: what a person knows it by. */
  number?: Count;
  /** Id of the process that pulled. */
  sink: string;
  /** Ids of the processes that took part. */
  processes: string[];
  state: State;
  startedAt: string;
  endedAt: string | null;
  durationMs: number | null;
  /**
   * How much of the duration the recorder took to look at items, for schemas, statistics and samples. It is in the times of no process. Absent from
   * documents of before.
   */
  recordingMs?: number;
  /**
   * The epoch of the operations of chance in the run, the highest where they differ: `dataset.epoch` replays it. Without any, how often the
   * dataset was iterated before.
   */
  epoch: Count;
  /** By the id of each operation of chance in the run: the epoch of its first pass. With the seeds it decides all orders and random numbers. */
  epochs?: { [process: string]: Count };
  cell: CellRef | null;
  failure: Failure | null;
  /**
   * One sentence on what the run spent its time on, from the figures of its processes; null before there is anything to say. In a merged document all
   * runs of one sink have one sentence, from the figures of all sessions.
   */
  diagnosis: string | null;
  /** What each process did in the run, by its id. Absent where the recorder's limits have dropped it. */
  perProcess?: { [process: string]: ProcessRun };
  /** See {@link Extensions}. */
  extensions?: Extensions;
}

/** How much of each kind is missing from the record. */
export interface Dropped {
  processes: Count;
  artifacts: Count;
  runs: Count;
  cells: Count;
  /** Parts of processes in runs, given up oldest runs first: see `Run.perProcess`. */
  processRuns?: Count;
  /** Samples given up because all of them together took too much memory. */
  samples?: Count;
  /** Files of the user's code beyond those listed in `session.files`. */
  files?: Count;
  /** What failed within the recorder, such as looks at items; the data went on untouched. */
  failures?: Count;
}
