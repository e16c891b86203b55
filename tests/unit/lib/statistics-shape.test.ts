import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';

/** The same numbers in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomNumbers(7);
const many = (make: (i: number) => number, count = 4000): number[] => Array.from({ length: count }, (_, i) => make(i));
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const DAY = 86_400_000;

/** As NumPy counts: each bin without its upper edge, the last one with it. */
function exactBins(values: number[], low: number, high: number): number[] {
  const counts = new Array<number>(20).fill(0);
  for (const value of values) counts[Math.min(19, Math.floor(((value - low) / (high - low)) * 20))]!++;
  return counts;
}

/** NumPy's default. */
function exactQuantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

describe('statistics of numbers, wherever they lie,', () => {
  it.each([
    ['even, far from 0', many(() => 290 + 10 * random())],
    ['even, around 0', many(() => random() - 0.5)],
    ['in order', many((i) => i)],
    ['in order, far from 0', many((i) => 1e6 + i)],
    ['dates of a year', many((i) => Date.UTC(2026, 0, 1) + (i % 365) * DAY)],
    ['dates in order', many((i) => Date.UTC(2026, 0, 1) + i * DAY)],
    ['narrow, a million from 0', many(() => 1e6 + normal())],
    ['negative, far from 0', many(() => -273 + normal())],
    ['with many zeros first', [...many(() => 0, 500), ...many(() => 290 + 10 * random())]],
    ['of two heaps', many((i) => (i % 2 === 0 ? 1 : 1000) + normal())],
    ['huge', many(() => 1e300 * (1 + random()))],
  ])('%s, are shaped like the numbers', async (_, values) => {
    const { numbers } = (await Dataset.fromArray(values).statistics()).fields['']!;
    const { low, high, counts } = numbers!.histogram;
    const exact = exactBins(values, low, high);
    expect(counts.reduce((a, b) => a + b)).toBe(values.length);
    for (const [bin, count] of counts.entries()) {
      expect(Math.abs(count - exact[bin]!), `bin ${bin}: ${counts} for ${exact}`).toBeLessThan(values.length * 0.01);
    }
    for (const [name, value] of Object.entries(numbers!.quantiles)) {
      const expected = exactQuantile(values, Number(name.slice(1)) / 100);
      expect(Math.abs(value - expected), `${name}: ${value} for ${expected}`).toBeLessThan((high - low) * 0.01);
    }
  });
});
