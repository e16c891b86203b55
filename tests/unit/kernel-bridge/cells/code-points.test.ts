import { expect, it } from 'vitest';
import { pointsOf, unitsOf } from '../../../../kernel-bridge/src/cells/code-points';

it('a cursor behind an emoji is at the same place in both ways to count', () => {
  const code = "'👩‍🔬é' + x";
  for (let points = 0; points <= [...code].length; points++) expect(pointsOf(code, unitsOf(code, points))).toBe(points);
  expect(unitsOf('👩x', 1)).toBe(2);
  expect(unitsOf('ab', 99)).toBe(2);
});
