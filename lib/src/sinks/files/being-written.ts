const paths = new Set<string>();

/**
 * Notes that a sink writes to `path`, which has no symbolic links, until the function that is returned is called.
 *
 * @throws Error where another sink of this process does.
 */
export function claim(path: string): () => void {
  if (paths.has(path))
    throw new Error(
      'it is being written by another sink at the same time; await that one first, or choose another name',
    );
  paths.add(path);
  return () => paths.delete(path);
}
