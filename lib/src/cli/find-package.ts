import { createRequire } from 'node:module';

/**
 * The file that a request such as `stemma-monitor` or `stemma-kernel/package.json` leads to from the first of `places`
 * that finds it, then from this library; null where none does.
 */
export function findPackage(request: string, ...places: string[]): string | null {
  for (const place of [...places, __filename])
    try {
      return createRequire(place).resolve(request);
    } catch {
      continue;
    }
  return null;
}
