import type { ArtifactExecution } from '../model/document';

/** Which items statistics of fields are of. */
export interface StatisticsBasis {
  /** How many items they are of. */
  items: number;
  /** How many the stream had, over all runs. */
  of: number;
  isAll: boolean;
}

/**
 * Which items the statistics of an artifact's fields are of: of all, or of a sample in which each item of the stream
 * has the same chance to be. Null where there are no statistics.
 */
export function statisticsBasis({
  fields,
  items,
}: Pick<ArtifactExecution, 'fields' | 'items'>): StatisticsBasis | null {
  const looked = fields[0]?.items;
  if (looked === undefined) return null;
  const of = Math.max(items, looked);
  return { items: looked, of, isAll: looked === of };
}
