/** One version for all packages, which name each other by it. */

/**
 * @typedef {object} Manifest what is read and written of a `package.json`, or of an entry of `package-lock.json`
 * @property {string} [name]
 * @property {string} [version]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 */

const SEMVER = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.]+))?$/;

/**
 * Whether a version comes after another one, as SemVer orders them.
 * @param {string} next
 * @param {string} current
 * @returns {boolean | null} null where `next` is not a version
 */
export function isNewer(next, current) {
  const [a, b] = [SEMVER.exec(next), SEMVER.exec(current)];
  if (a === null || b === null) return null;
  for (const part of [1, 2, 3]) {
    const difference = Number(a[part]) - Number(b[part]);
    if (difference !== 0) return difference > 0;
  }
  // A release comes after what was tried before it.
  if (a[4] === undefined || b[4] === undefined) return a[4] === undefined && b[4] !== undefined;
  return a[4].localeCompare(b[4], 'en', { numeric: true }) > 0;
}

/**
 * The manifest of one of our packages at another version, and what it names of the others.
 * @template {Manifest} T
 * @param {T} manifest
 * @param {string} version
 * @param {ReadonlySet<string>} own the names of our packages
 * @returns {T}
 */
export function atVersion(manifest, version, own) {
  const changed = { ...manifest, version };
  for (const kind of /** @type {const} */ (['dependencies', 'devDependencies'])) {
    if (manifest[kind] === undefined) continue;
    changed[kind] = Object.fromEntries(
      Object.entries(manifest[kind]).map(([name, range]) => [name, own.has(name) ? version : range]),
    );
  }
  return changed;
}
