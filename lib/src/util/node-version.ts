const MINIMUM = [20, 19] as const;

/**
 * Says that a version of Node is too old; null for one that is supported. It imports nothing, so that it also loads
 * where the rest does not.
 */
export function nodeProblem(version = process.versions.node): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1]);
  return isOld ? `stemma: expected Node ${MINIMUM.join('.')} or newer, got ${version}; install a newer Node.` : null;
}
