const HEADING = '## Unreleased\n';

/**
 * The list of changes with all that is unreleased under a version.
 * @param {string} text of CHANGELOG.md
 * @param {string} version
 * @param {string} date as `2026-11-30`
 * @returns {string | null} null where nothing is unreleased
 */
export function released(text, version, date) {
  const start = text.indexOf(HEADING);
  if (start < 0) return null;
  const rest = text.slice(start + HEADING.length);
  const next = rest.search(/^## /m);
  if ((next < 0 ? rest : rest.slice(0, next)).trim() === '') return null;
  return `${text.slice(0, start)}${HEADING}\n## ${version} (${date})\n${rest}`;
}
