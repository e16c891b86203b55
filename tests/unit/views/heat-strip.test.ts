import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatStrip } from '../../../views/src/graph/heat-strip';

describe('the strip of a step over time', () => {
  it('is dark where most items passed', () => {
    const strip = heatStrip(
      [
        [
          { atMs: 0, items: 0 },
          { atMs: 500, items: 0 },
          { atMs: 600, items: 90 },
          { atMs: 1000, items: 100 },
        ],
      ],
      0,
      1000,
    );
    expect(strip).toHaveLength(48);
    expect(strip[10]).toBe(0);
    expect(strip[26]).toBe(1);
    expect(strip[40]).toBeGreaterThan(0);
    expect(strip[40]).toBeLessThan(0.1);
  });

  it('is none where little is known', () => {
    expect(heatStrip([], 0, 1000)).toEqual([]);
    expect(
      heatStrip(
        [
          [
            { atMs: 10, items: 4 },
            { atMs: 20, items: 8 },
          ],
        ],
        0,
        1000,
      ),
    ).toEqual([]);
    expect(heatStrip([[{ atMs: 0, items: 4 }]], 0, 0)).toEqual([]);
  });

  it('shares all items out, whenever they were counted', () => {
    const moments = fc
      .array(fc.record({ atMs: fc.integer({ min: 0, max: 10_000 }), items: fc.nat(1000) }), { minLength: 3 })
      .map((all) => {
        const times = all.map(({ atMs }) => atMs).sort((a, b) => a - b);
        let items = 0;
        return all.map((one, i) => ({ atMs: times[i]!, items: (items += one.items) }));
      });
    fc.assert(
      fc.property(moments, (series) => {
        const strip = heatStrip([series], 0, 10_000);
        const twice = heatStrip([series, series], 0, 10_000);
        strip.forEach((part, i) => {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(1);
          // Two steps that do the same look as one.
          expect(twice[i]).toBeCloseTo(part);
        });
      }),
    );
  });
});
