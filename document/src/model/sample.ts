/** Items that are kept, bounded in size. */
import type { Count, OtherType, OtherWord } from './values';

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
  /**
   * This item is kept at every artifact that it passes. Of each source several are, until the run is over: then the one
   * that came furthest.
   */
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
  /** A picture of all elements, where there are more than `values` holds and they are not an image. */
  overview?: Overview;
  /** One for an image, several for a batch of images. */
  images: Thumbnail[];
  /** Layout the images were read with; null where it is not an image. */
  layout: 'CHW' | 'HWC' | 'HW' | OtherWord | null;
}

/** Elements, condensed so that they can be drawn. */
export type Overview = Envelope | ReducedMatrix | OtherType;

/** The course of numbers in a row. */
export interface Envelope {
  type: 'envelope';
  /** The minimum of each of at most 128 equal stretches, of some 1,024 elements in all; null where none is finite. */
  low: (number | null)[];
  /** The maximum of each. */
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
