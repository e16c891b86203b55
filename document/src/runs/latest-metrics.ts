import type { MetricSeries, Process } from '../model/document';

/** A figure of a step as it is in the end. */
export interface LatestMetric {
  name: string;
  /** Where it was last noted, such as the epoch. */
  at: number;
  /** Null where that is not a finite number. */
  value: number | null;
}

/** The series of the run that noted something last. */
export function latestSeries({ execution: { metrics = [] } }: Pick<Process, 'execution'>): MetricSeries[] {
  const run = metrics.at(-1)?.run;
  return metrics.filter((series) => series.run === run);
}

/** The latest value of each of a step's figures, in the latest run that has any; empty where it has none. */
export function latestMetrics(process: Pick<Process, 'execution'>): LatestMetric[] {
  return latestSeries(process).flatMap(({ name, points }) => {
    const [at, value] = points.at(-1) ?? [];
    return at === undefined ? [] : [{ name, at, value: value ?? null }];
  });
}
