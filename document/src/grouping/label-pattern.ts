/** A label without what differs among siblings: `Load class 7` and `Load class 10` agree. */
export function labelPattern(label: string): string {
  return label.replace(/\d+/g, '#');
}
