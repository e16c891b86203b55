import type { CommonJs } from './to-common-js';

/** tslab's own words for the value of the last expression. */
const VALUE = /^export const (tsLastExpr\d*) = /gm;
const END = /export \{\};\s*$/;

/**
 * Turns an ES module into CommonJS that has nothing to do with other modules, without a compiler: in place, so that all positions stay. Null
 * where it takes a compiler to be sure.
 */
export function plainToCommonJs(code: string, exported: 0 | 1): CommonJs | null {
  // `import(…)` and `import.meta` are expressions; a template may hold what looks like a statement.
  if (/\bimport\b/.test(code) || !END.test(code) || (code.match(VALUE) ?? []).length !== exported) return null;
  const inPlace = code.replace(VALUE, (text, name: string) => `exports.${name} = `.padEnd(text.length));
  return { code: inPlace.replace(END, ''), sourceMap: null };
}
