/** What goes from step to step, and what was observed of it. */
import type { DvcFacts } from './dvc';
import type { Sample, Summary } from './sample';
import type { Schema } from './schema';
import type { Count, Extensions, OtherKind, OtherWord } from './values';

/** The stream between processes, a value that a reduction returned, or a file that was written. */
export interface Artifact {
  /** Unique in the document, e.g. `a12`. */
  id: string;
  key: string;
  kind: 'stream' | 'value' | 'file' | OtherWord;
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
  /** Empty in the live snapshots and patches: a page requests the samples it shows. */
  samples: Sample[];
  /**
   * Of what passed in the run in which most did, the latest of these. Absent where none was made: see
   * `provenance.settings.digests`.
   */
  digest?: ContentDigest;
  /**
   * Of a file: what the latest run wrote, in each place that it wrote to. Of the value of a step: the files that the
   * step named. Absent for all else, and where no run was complete.
   */
  written?: WrittenFile[];
}

/**
 * What passed, in 64 bits for accidents, not for forgers: equal digests of equally many items mean that the same
 * passed. How a value enters is in docs/reference/document.md.
 */
export interface ContentDigest {
  /** How many items are in it. */
  items: Count;
  /** Of the items in their order, in 16 hexadecimal digits. Absent where sessions were merged. */
  ordered?: string;
  /** Of the items in any order: those of the parts of a run add up to that of the whole. */
  unordered: string;
  /** How many values within the items could not be digested, such as functions; absent where there were none. */
  opaque?: Count;
  /**
   * Arrays and texts of more than 256 KiB, and lists of more than 16,384 entries, entered with some of their blocks
   * only: a change elsewhere in one is not seen. Not so with `digests: 'all'`.
   */
  partial?: true;
}

/** A file, or a folder of files, as it was when it was written. */
export interface WrittenFile {
  /** As the user gave it; with the number of the part, where several processes write one each. */
  path: string;
  /** How many items are in it. Absent where other code wrote it, and nobody counted. */
  items?: Count;
  /** How many files there are: 1, or those of a folder. */
  files: Count;
  bytes: Count;
  /**
   * Of its bytes, in hexadecimal digits. Of a folder: of the list of its files, which DVC makes its MD5 of, with
   * SHA-256 in place of MD5.
   */
  sha256: string;
  /** As DVC has it: of its bytes; of a folder, which ends in `.dir`, of the list of its files. */
  md5: string;
  /** What DVC knows of it. Absent where it is in no project of DVC. */
  dvc?: DvcFacts;
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
  /**
   * Path of the field, e.g. `box.x`; empty for the item itself. Where `x` in `box` is there, too, the field called
   * `box.x` is `"box.x"`.
   */
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
  /**
   * The sketch that the number of different values comes from: the 64 smallest of their 32-bit hashes. Absent from live
   * patches.
   */
  distinctSketch?: number[];
  histogram: Histogram | null;
}

/** Counts in equal bins from `low` to `high`. */
export interface Histogram {
  low: number;
  high: number;
  counts: number[];
}
