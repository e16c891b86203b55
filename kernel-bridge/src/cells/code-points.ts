/** Jupyter counts cursor positions in Unicode code points, JavaScript in UTF-16 units. */
export function unitsOf(code: string, points: number): number {
  let units = 0;
  for (let left = points; left > 0 && units < code.length; left--) units += code.codePointAt(units)! > 0xffff ? 2 : 1;
  return units;
}

/** The other way round. */
export function pointsOf(code: string, units: number): number {
  return [...code.slice(0, units)].length;
}
