import type { Run } from './run';
import { SkipStage } from './skip-stage';
import type { Stage } from './stage';

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

/**
 * What to pull from in place of a stage that was just opened, so that it goes on at `place`. A stage that cannot go
 * there by itself emits its items once more, and nobody gets them; null where it is not known how many these are.
 */
export function goOn(stage: Stage, place: Place): Stage | null {
  const there = stage.seek?.(place) ?? null;
  if (there !== null) return there;
  return place.count === null || place.again.length > 0 ? null : new SkipStage(stage, place.count, place.run);
}
