import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A target of `exports`: a file, one for each condition, or several to be tried. */
type Target = string | null | Target[] | { [condition: string]: Target };

const CONDITIONS = new Set(['node', 'import', 'module-sync', 'default']);
const NAME = /^(@[^/]+\/[^/]+|[^@./][^/]*)(\/.*)?$/;

/**
 * The file that `import` of a package finds where `require` finds none, since the package's `exports` have only the
 * condition `import`; null where there is none.
 */
export function importedFile(specifier: string, folder: string): string | null {
  const [, name, subpath = ''] = NAME.exec(specifier) ?? [];
  if (name === undefined) return null;
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, 'node_modules', name);
    if (existsSync(join(root, 'package.json'))) {
      const { exports = null } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports?: Target };
      const target = targetOf(exports, `.${subpath}`);
      return target === null ? null : realpathSync(join(root, target));
    }
    if (dirname(at) === at) return null;
  }
}

function targetOf(exports: Target, subpath: string): string | null {
  const isMap = isConditional(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  if (!isMap) return subpath === '.' ? select(exports) : null;
  const exact = exports[subpath];
  if (exact !== undefined) return select(exact);
  // Of several patterns, the one with the longest beginning.
  const patterns = Object.keys(exports).filter((key) => key.includes('*'));
  for (const pattern of patterns.sort((a, b) => b.indexOf('*') - a.indexOf('*'))) {
    const [start = '', end = ''] = pattern.split('*');
    const isLongEnough = subpath.length >= start.length + end.length;
    if (!isLongEnough || !subpath.startsWith(start) || !subpath.endsWith(end)) continue;
    const part = subpath.slice(start.length, subpath.length - end.length);
    return select(exports[pattern]!)?.replaceAll('*', () => part) ?? null;
  }
  return null;
}

/** The first target whose conditions hold. */
function select(target: Target): string | null {
  if (typeof target === 'string' || target === null) return target;
  const candidates = Array.isArray(target)
    ? target
    : Object.entries(target).flatMap(([condition, inner]) => (CONDITIONS.has(condition) ? [inner] : []));
  for (const candidate of candidates) {
    const selected = select(candidate);
    if (selected !== null) return selected;
  }
  return null;
}

const isConditional = (target: Target): target is { [condition: string]: Target } =>
  typeof target === 'object' && target !== null && !Array.isArray(target);
