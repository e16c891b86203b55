/** A step of the graph, and what happened at it. */
import type { DvcFacts } from './dvc';
import type { CellRef } from './session';
import type { Count, Extensions, JsonValue, OtherWord, State } from './values';

/** One operation in the graph. */
export interface Process {
  /** Unique in the document, e.g. `p12`. */
  id: string;
  /**
   * Its place in the graph, the same on every run and machine: a hash of kind, label and the keys upstream. Options (a
   * drawn seed, a folder) do not enter. Operations of one kind and label on the same input share it.
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
  /**
   * The variable that is declared with the operation there, where nobody named it otherwise: views show it in place of
   * the label.
   */
  variable?: string;
}

/** The user's function. */
export interface Code {
  /** As the user wrote it, where the host can tell; else `Function.prototype.toString`. At most 4,000 characters. */
  source: string;
  truncated: boolean;
  /**
   * What it captures of the variables around it, by name, as they were when it first ran (in a notebook: in the latest
   * cell that ran it). Absent where it never ran, where `provenance.settings.captures` is off, and for functions of
   * packages.
   */
  captures?: Capture[];
  /** Where it is truncated: SHA-256 of the whole source, without comments, in hexadecimal digits. */
  sha256?: string;
}

/** A variable that a function captures. */
export interface Capture {
  name: string;
  /** `number`, `text`, `bool`, `bigint`, `null`, `undefined`, `function`, or the name of an object's class. */
  type: string;
  /** Numbers, booleans and texts of up to 200 characters; as text what JSON cannot hold. */
  value?: number | boolean | string;
  /** Characters of a text, elements of a list, fields of a record, bytes of a typed array. */
  size?: Count;
  /** Of the contents of what is larger, as in `ContentDigest`. */
  digest?: string;
  /** Of a function. */
  code?: Code;
  /** Of a function: what it captures itself. */
  captures?: Capture[];
  /** The package that it is of, whose version is in `environment.packages`. */
  package?: string;
  /**
   * What is not known, and why. `private`: by the name, `redact` or `samples: false`; `opaque`: parts that cannot be
   * looked into, such as functions within objects; `bounds`: it is too large, or too deep.
   */
  unknown?: 'private' | 'opaque' | 'bounds' | OtherWord;
}

/** What happened at a process, over all its runs. */
export interface ProcessExecution {
  state: State;
  /** How many runs have passed through it. */
  runs: Count;
  itemsIn: Count;
  itemsOut: Count;
  /** Items that failed and were skipped, because the pipeline was set to continue. */
  skipped: Count;
  failed: Count;
  startedAt: string | null;
  endedAt: string | null;
  /**
   * Self time: how long it kept the thread, without upstream steps. Each millisecond counts once, even where several
   * calls run at a time. Null where nothing was timed yet.
   */
  selfTime: TimeStatistics | null;
  /**
   * For how long its calls waited for what they had asked for (a network, a disk, a timer, a worker) while the thread
   * had nothing to do: calls under way at the same time wait each for itself. Null where no call returned a promise,
   * absent from documents of before.
   */
  awaitTime?: TimeStatistics | null;
  /** How many items it works on at a time, where the calls of its function overlap; absent where they do not. */
  concurrency?: Count;
  /**
   * How long it waited for its input. For a sink, all the time in which it had nothing to do (its self time is the
   * user's code); for an operation, the time for which promises from upstream kept it waiting. Null where it never
   * waited.
   */
  waitMs: number | null;
  /**
   * How long it waited at a time, `totalMs` being about `waitMs`. A sink waits once for each chunk of items, `for
   * await` for each item. Null where nothing was waited for, absent from documents of before.
   */
  waitTime?: TimeStatistics | null;
  /** In the latest run, from its start to the first item that came out. */
  firstItemMs: number | null;
  /**
   * Items that it holds back now (a shuffle's buffer, finished calls that wait for a slower one); null where it never
   * holds any.
   */
  bufferedItems: number | null;
  /** How full that buffer was while runs went on; null where it holds none, or where no run took long enough to see. */
  bufferLevels?: BufferLevels | null;
  /** The failure that ended the last run, else null. */
  failure: Failure | null;
  /** The first skipped items, with their reasons. */
  skippedItems: Failure[];
  /**
   * Of a source of files: what was in them when it first ran. Absent where that is not known, as where the program
   * ended before they were read.
   */
  files?: SourceContents;
  /** Of a step: figures over its course, such as a loss. Absent where it has none. */
  metrics?: MetricSeries[];
  /** Of a step: the commands that it ran, the latest ones. Absent where it ran none. */
  commands?: CommandRun[];
  /**
   * What it did in the latest run that it took part in, also while that goes on. Absent before the first, and where
   * several sessions were merged.
   */
  latestRun?: LatestRun;
}

/** A figure over the course of one run of a step. */
export interface MetricSeries {
  name: string;
  /** Id of the run of the step. */
  run: string;
  /**
   * Each a place on the axis, such as the epoch, and the value there, null where that is not a finite number. At most
   * 512, in the order in which they came; of more, evenly many are dropped, never the latest.
   */
  points: [at: number, value: number | null][];
}

/** A command that a step ran. */
export interface CommandRun {
  /** The program, and its arguments without secrets. */
  command: string[];
  /** Null where a signal ended it, and where it could not be started. */
  exitCode: number | null;
  /** The signal that ended it, e.g. `SIGTERM`. */
  signal?: string;
  durationMs: number;
  /** The end of what it printed, at most 4,000 characters. Absent where samples are not kept. */
  output?: string;
}

/** The files that a source reads, known by their contents. */
export interface SourceContents {
  /** How many there are. */
  files: Count;
  bytes: Count;
  /**
   * Of the bytes of a file, in hexadecimal digits; of a folder, or several files, of the list of their paths within the
   * folder with SHA-256.
   */
  sha256: string;
  /**
   * As DVC has it: of the bytes of a file; of a folder, or several files, which ends in `.dir`, of the list of their
   * paths with MD5.
   */
  md5: string;
  /** What DVC knows of them. Absent where they are in no project of DVC. */
  dvc?: DvcFacts;
}

/** What one process did in one run. The totals of a process are over all of its runs. */
export interface ProcessRun {
  state: State;
  itemsIn: Count;
  itemsOut: Count;
  skipped: Count;
  failed: Count;
  /**
   * Self time, estimated where not every item was timed; null where nothing was. Where runs overlap at one process,
   * that of the others is in it, too.
   */
  selfMs: number | null;
  /**
   * For how long its calls waited for what they had asked for, all together; null where none did, absent from documents
   * of before.
   */
  awaitMs?: number | null;
  /** How long it waited for its input; null where it never did. */
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
  /** The longest that was seen. Items of less than some 6 µs are timed in groups, whose mean stands for each. */
  maxMs: number;
  /** How many items were really timed. */
  timedItems: Count;
  /** True where the function returns promises: its calls are under way at the same time. */
  overlapping: boolean;
  /**
   * The sketch that the quantiles come from: items by bucket. Bucket i holds durations up to 1.08^i ns. In live patches
   * only of what has ended or makes a watched artifact.
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
