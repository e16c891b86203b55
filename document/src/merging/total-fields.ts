import type { ArtifactExecution, FieldStatistics, Histogram } from '../model/document';
import { DistinctSketch } from '../sketches/distinct-sketch';
import { compareText } from '../json/canonical-json';

const MAX_FIELDS = 64;

/** The statistics of each field over several sessions. */
export function totalFields(
  all: readonly Pick<ArtifactExecution, 'fields' | 'moreFields'>[],
): Pick<ArtifactExecution, 'fields' | 'moreFields'> {
  const sessions = all.map(({ fields }) => fields);
  const paths = [...new Set(sessions.flatMap((fields) => fields.map(({ path }) => path)))].sort(compareText);
  const fields = paths.slice(0, MAX_FIELDS).map((path) => {
    const own = sessions.flatMap((fields) => fields.find((field) => field.path === path) ?? []);
    // A session that never met the field misses it in all the items that it looked at.
    const without = sessions.filter((fields) => fields.every((field) => field.path !== path));
    return totalField(path, own, add(without.map((fields) => fields[0]?.items ?? 0)));
  });
  const more = paths.length > MAX_FIELDS || all.some(({ moreFields }) => moreFields);
  return { fields, ...(more ? { moreFields: true } : {}) };
}

function totalField(path: string, own: readonly FieldStatistics[], absent: number): FieldStatistics {
  const present = ({ items, missing }: FieldStatistics): number => items - missing;
  const numeric = own.filter((field) => field.mean !== null);
  const weight = add(numeric.map(present));
  const mean = add(numeric.map((field) => field.mean! * present(field))) / weight;
  return {
    path,
    items: add(own.map(({ items }) => items)) + absent,
    missing: add(own.map(({ missing }) => missing)) + absent,
    min: extreme(
      own.map(({ min }) => min),
      Math.min,
    ),
    max: extreme(
      own.map(({ max }) => max),
      Math.max,
    ),
    mean: numeric.length === 1 ? numeric[0]!.mean : Number.isFinite(mean) ? mean : null,
    ...totalDistinct(own),
    histogram: totalHistogram(own.flatMap(({ histogram }) => histogram ?? [])),
  };
}

/** From the sketches together; where one is missing, no more than a lower bound is known. */
function totalDistinct(
  own: readonly FieldStatistics[],
): Pick<FieldStatistics, 'distinct' | 'distinctIsExact' | 'distinctSketch'> {
  if (own.some(({ distinct }) => distinct === null)) return { distinct: null, distinctIsExact: false };
  const sketches = own.flatMap(({ distinctSketch }) => (distinctSketch === undefined ? [] : [distinctSketch]));
  if (sketches.length < own.length) {
    const distinct = Math.max(...own.map(({ distinct }) => Number(distinct)));
    return { distinct, distinctIsExact: own.length === 1 && own[0]!.distinctIsExact };
  }
  const sketch = new DistinctSketch();
  for (const hash of sketches.flat()) sketch.addHash(hash);
  return { distinct: sketch.count, distinctIsExact: !sketch.isFull, distinctSketch: sketch.toJSON() };
}

/** Over the range of all; the items of a bin go where its middle lies. */
function totalHistogram(all: readonly Histogram[]): Histogram | null {
  if (all.length <= 1) return all[0] ?? null;
  const low = Math.min(...all.map((histogram) => histogram.low));
  const high = Math.max(...all.map((histogram) => histogram.high));
  const bins = Math.max(...all.map(({ counts }) => counts.length));
  const counts = new Array<number>(bins).fill(0);
  for (const histogram of all) {
    const width = (histogram.high - histogram.low) / histogram.counts.length;
    histogram.counts.forEach((count, bin) => {
      const middle = histogram.low + width * (width === 0 ? 0 : bin + 0.5);
      const at = Math.floor(((middle - low) / (high - low || 1)) * bins);
      counts[Math.min(bins - 1, Math.max(0, at))]! += count;
    });
  }
  return { low, high, counts };
}

function extreme(values: readonly (number | null)[], choose: (...numbers: number[]) => number): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : choose(...known);
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
