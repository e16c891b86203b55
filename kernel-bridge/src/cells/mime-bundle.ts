import { inspect } from 'node:util';
import { isObject } from '../wire/message';

/**
 * A value with a method under this symbol decides itself how it is shown: it returns (a promise of) an object of MIME type → data, Deno's
 * convention; or undefined, when it has shown itself.
 */
const DISPLAY = Symbol.for('Jupyter.display');

/** MIME type → data. */
export type MimeBundle = Record<string, unknown>;

/** How the value of a cell's last expression is shown; null where it has shown itself. */
export async function mimeBundle(value: unknown): Promise<MimeBundle | null> {
  const display =
    isObject(value) || typeof value === 'function' ? (value as { [DISPLAY]?: unknown })[DISPLAY] : undefined;
  if (typeof display === 'function') {
    const bundle: unknown = await display.call(value);
    if (bundle === undefined) return null;
    if (isObject(bundle)) return bundle;
  }
  return { 'text/plain': inspect(value) };
}
