/**
 * A finite number in decimals, with all that it says: -0 has its sign, and a great whole number has decimals, which a
 * bigint has not, as in Python: readers that care about digits need not ask whether it is exact.
 */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  return Math.abs(value) < 2 ** 53 || text.includes('e') ? text : `${text}.0`;
}
