/** Which rows of its sources a stream is made of, as far as that is known before a run. */
export interface Rows {
  count: number;
  /** The place of a row among them, from 0; -1 for one that is not among them. */
  at(source: object, row: number): number;
  /** Their items come one after the other in the order of their places. */
  inOrder: boolean;
  /** How many items come of each row; null where that differs, or only the run tells. */
  times: number | null;
  /**
   * Behind a shard: the rows that all shards have together. What is dealt out by rows is dealt out of these, alike in
   * each shard.
   */
  whole?: Rows | undefined;
}
