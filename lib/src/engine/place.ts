import type { Run } from './run';

/** Where a stream goes on: behind an item that an earlier run has handed out. */
export interface Place {
  readonly run: Run;
  /** How many items the operation had emitted up to that one; null where only a run tells. */
  readonly count: number | null;
  /** The row that the item came from: of which source, and in which pass of it. */
  readonly source: object;
  readonly pass: number;
  readonly row: number;
  /** Rows whose items are emitted again before all others: an operation downstream held them back. */
  readonly again: readonly number[];
  /** The rows that have reached an operation which had to note them, in their order. */
  rowsInto(node: object): readonly number[] | null;
}
