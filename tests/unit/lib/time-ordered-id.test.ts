import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeOrderedId } from '../../../lib/src/recorder/time-ordered-id';

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids of runs', () => {
  it('are UUIDs of version 7 that begin with the time', () => {
    const nowMs = Date.now() + 60_000;
    const id = timeOrderedId(nowMs);
    expect(id).toMatch(V7);
    expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(nowMs);
  });

  it('sort as they were made: many in a millisecond, and after the clock was set back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 50, maxLength: 200 }), (steps) => {
        let nowMs = Date.now() + 120_000;
        const ids = steps.map((step) => timeOrderedId((nowMs += step)));
        expect([...ids].sort()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
    const many = Array.from({ length: 10_000 }, () => timeOrderedId(0));
    expect([...many].sort()).toEqual(many);
    expect(many.every((id) => V7.test(id))).toBe(true);
  });
});
