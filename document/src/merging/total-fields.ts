import type { ArtifactExecution, FieldStatistics, Histogram } from '../model/document';
import { DistinctSketch } from '../sketches/distinct-sketch';
import { compareText } from '../json/canonical-json';

const MAX_FIELDS = 64;

/** What passed in one session, and the statistics of the items that were looked at there. */
type Looked = Pick<ArtifactExecution, 'items' | 'fields' | 'moreFields'>;

/** One session's part in the statistics: each item that was looked at stands for as many of its stream. */
interface Part {
  fields: readonly FieldStatistics[];
  /** Items looked at. */
  items: number;
  /** By how much an item counts more, or less, than those of all sessions do on average. */
  weight: number;
}

/**
 * The statistics of each field over several sessions. Each session counts by the length of its stream, however few of
 * its items were looked at.
 */
export function totalFields(all: readonly Looked[]): Pick<ArtifactExecution, 'fields' | 'moreFields'> {
  const parts = partsOf(all);
  const paths = [...new Set(parts.flatMap(({ fields }) => fields.map(({ path }) => path)))].sort(compareText);
  const fields = paths.slice(0, MAX_FIELDS).map((path) => totalField(path, parts));
  const more = paths.length > MAX_FIELDS || all.some(({ moreFields }) => moreFields);
  return { fields, ...(more ? { moreFields: true } : {}) };
}

function partsOf(all: readonly Looked[]): Part[] {
  const looked = all.filter(({ fields }) => fields.length > 0);
  const itemsOf = ({ fields }: Looked): number => fields[0]!.items;
  const streamOf = (one: Looked): number => Math.max(one.items, itemsOf(one));
  const share = add(looked.map(itemsOf)) / add(looked.map(streamOf));
  return looked.map((one) => {
    const items = itemsOf(one);
    return { fields: one.fields, items, weight: items === 0 ? 0 : (streamOf(one) / items) * share };
  });
}

function totalField(path: string, parts: readonly Part[]): FieldStatistics {
  const found = parts.map((part) => ({ ...part, field: part.fields.find((field) => field.path === path) }));
  const own = found.flatMap(({ field, weight }) => (field === undefined ? [] : [{ ...field, weight }]));
  const present = ({ items, missing, weight }: (typeof own)[number]): number => (items - missing) * weight;
  const numeric = own.filter((field) => field.mean !== null);
  const mean = add(numeric.map((field) => field.mean! * present(field))) / add(numeric.map(present));
  const items = add(parts.map((part) => part.items));
  // A session that never met the field misses it in all the items that it looked at.
  const missing = add(found.map((part) => (part.field?.missing ?? part.items) * part.weight));
  return {
    path,
    items,
    missing: Math.min(items, Math.round(missing)),
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
    histogram: totalHistogram(own.flatMap(({ histogram, weight }) => (histogram ? [{ histogram, weight }] : []))),
  };
}

/** From the sketches together; where one is missing, no more than a lower bound is known. */
function totalDistinct(
  own: readonly FieldStatistics[],
): Pick<FieldStatistics, 'distinct' | 'distinctIsExact' | 'distinctSketch'> {
  if (own.some(({ distinct }) => distinct === null)) return { distinct: null, distinctIsExact: false };
  if (own.length === 1) {
    const { distinct, distinctIsExact, distinctSketch } = own[0]!;
    return { distinct, distinctIsExact, ...(distinctSketch === undefined ? {} : { distinctSketch }) };
  }
  const sketches = own.flatMap(({ distinctSketch }) => (distinctSketch === undefined ? [] : [distinctSketch]));
  if (sketches.length < own.length) {
    const distinct = Math.max(...own.map(({ distinct }) => Number(distinct)));
    return { distinct, distinctIsExact: false };
  }
  const sketch = new DistinctSketch();
  for (const hash of sketches.flat()) sketch.addHash(hash);
  return { distinct: sketch.count, distinctIsExact: !sketch.isFull, distinctSketch: sketch.toJSON() };
}

interface Weighted {
  histogram: Histogram;
  weight: number;
}

/** Over the range of all; the items of a bin go where its middle lies. */
function totalHistogram(all: readonly Weighted[]): Histogram | null {
  if (all.length <= 1) return all[0]?.histogram ?? null;
  const low = Math.min(...all.map(({ histogram }) => histogram.low));
  const high = Math.max(...all.map(({ histogram }) => histogram.high));
  const bins = Math.max(...all.map(({ histogram }) => histogram.counts.length));
  const counts = new Array<number>(bins).fill(0);
  for (const { histogram, weight } of all) {
    const width = (histogram.high - histogram.low) / histogram.counts.length;
    histogram.counts.forEach((count, bin) => {
      const middle = histogram.low + width * (width === 0 ? 0 : bin + 0.5);
      const at = Math.floor(((middle - low) / (high - low || 1)) * bins);
      counts[Math.min(bins - 1, Math.max(0, at))]! += count * weight;
    });
  }
  // What is rare is still there.
  return { low, high, counts: counts.map((count) => (count > 0 ? Math.max(1, Math.round(count)) : 0)) };
}

function extreme(values: readonly (number | null)[], choose: (...numbers: number[]) => number): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : choose(...known);
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
