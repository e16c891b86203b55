/** Whether two sets have the same members, or are both null. */
export function sameSet(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): boolean {
  return (
    one === other ||
    (one !== null && other !== null && one.size === other.size && [...one].every((id) => other.has(id)))
  );
}
