/** How many letters a line of a box has, at most. */
const LINE = 21;

/** A label that is too long for one line in two, broken at a space; what the second has no place for is cut off. */
export function inTwoLines(label: string): string {
  if (label.length <= LINE) {
    return label;
  }
  const at = label.lastIndexOf(' ', LINE);
  if (at <= 0) {
    return label;
  }
  const rest = label.slice(at + 1);
  return `${label.slice(0, at)}\n${rest.length > LINE ? `${rest.slice(0, LINE - 1)}…` : rest}`;
}
