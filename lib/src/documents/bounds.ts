import type { Failure, Run, Sample } from '../provenance/document';
import { canonicalJson, compareText, hashJson } from './canonical-json';

/**
 * What a merged document keeps of that which would grow without end. Each choice is "the least so many of all by a fixed order": choosing among
 * what was chosen gives what choosing among all would have given.
 */
const MAX_RUNS = 500;
const MAX_SAMPLES = 12;
const MAX_FOLLOWED = 4;
const MAX_SKIPPED = 8;

/** The latest, in the order in which they began. */
export function chooseRuns(runs: readonly Run[]): Run[] {
  const byStart = (a: Run, b: Run): number => compareText(a.startedAt, b.startedAt) || compareText(a.id, b.id);
  return [...runs].sort(byStart).slice(-MAX_RUNS);
}

/** At random, but the same ones each time; items that are followed by their origin, so that one item is kept at every artifact. */
export function chooseSamples(samples: readonly Sample[]): Sample[] {
  const followed = samples.filter((sample) => sample.followed);
  const others = samples.filter((sample) => !sample.followed);
  const chosen = [
    ...least(others, MAX_SAMPLES, ({ run, index, origins }) => hashJson([run, index, origins[0] ?? null])),
    ...least(followed, MAX_FOLLOWED, ({ run, index, origins }) => hashJson([run, origins[0] ?? index])),
  ];
  return chosen.sort((a, b) => compareText(a.run, b.run) || a.index - b.index || compareText(json(a), json(b)));
}

/** Those of the first items. */
export function chooseSkipped(failures: readonly Failure[]): Failure[] {
  const byIndex = (a: Failure, b: Failure): number =>
    (a.index ?? -1) - (b.index ?? -1) || compareText(json(a), json(b));
  return [...failures].sort(byIndex).slice(0, MAX_SKIPPED);
}

const json = canonicalJson;

function least<T>(items: readonly T[], count: number, priority: (item: T) => string): T[] {
  const ranked = items.map((item) => [priority(item), item] as const);
  return ranked
    .sort(([p, a], [q, b]) => compareText(p, q) || compareText(json(a), json(b)))
    .slice(0, count)
    .map(([, item]) => item);
}
