import type { Failure, Run, Sample } from '../model/document';
import { canonicalJson, compareText, hashJson } from '../json/canonical-json';

/**
 * Caps the unbounded parts of a merged document. Each cap keeps the first N under a fixed total order, so the result is
 * independent of the order of merging.
 */
const MAX_RUNS = 500;
const STRATUM = 4;
const MAX_TRACED = 4;
const MAX_SKIPPED = 8;

/** The latest, in the order in which they began. */
export function chooseRuns(runs: readonly Run[]): Run[] {
  const byStart = (a: Run, b: Run): number => compareText(a.startedAt, b.startedAt) || compareText(a.id, b.id);
  return [...runs].sort(byStart).slice(-MAX_RUNS);
}

/**
 * As the recorder does it: early, late and random items (but the same ones each time), four of each. Traced items are
 * chosen by their origin, so that one item is kept at every artifact.
 */
export function chooseSamples(samples: readonly Sample[]): Sample[] {
  const traced = samples.filter((sample) => sample.traced);
  const others = samples.filter((sample) => !sample.traced);
  const atRandom = ({ run, index, origins }: Sample): string => hashJson([run, index, origins[0] ?? null]);
  const byIndex = (sample: Sample): string => `${String(sample.index).padStart(16, '0')}/${atRandom(sample)}`;
  const chosen = new Set([
    ...extremes(others, STRATUM, byIndex).flat(),
    ...extremes(others, STRATUM, atRandom)[0],
    ...extremes(traced, MAX_TRACED, ({ run, index, origins }) => hashJson([run, origins[0] ?? index]))[0],
  ]);
  return [...chosen].sort((a, b) => compareText(a.run, b.run) || a.index - b.index || compareText(json(a), json(b)));
}

/** Those of the first items. */
export function chooseSkipped(failures: readonly Failure[]): Failure[] {
  const byIndex = (a: Failure, b: Failure): number =>
    (a.index ?? -1) - (b.index ?? -1) || compareText(json(a), json(b));
  return [...failures].sort(byIndex).slice(0, MAX_SKIPPED);
}

const json = canonicalJson;

/** The first and the last `count` by their priority. */
function extremes<T>(items: readonly T[], count: number, priority: (item: T) => string): [T[], T[]] {
  const ranked = items.map((item) => [priority(item), item] as const);
  ranked.sort(([p, a], [q, b]) => compareText(p, q) || compareText(json(a), json(b)));
  const sorted = ranked.map(([, item]) => item);
  return [sorted.slice(0, count), sorted.slice(-count)];
}
