/** Name of the edge between two drawn nodes. */
export function edgeId(source: string, target: string): string {
  return `${source}→${target}`;
}
