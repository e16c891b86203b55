import { inspect } from 'node:util';
import { isObject } from '../wire/message';

/** A value with a method under this symbol decides itself how it is shown: it returns (a promise of) an object of MIME type → data. Deno's convention. */
const DISPLAY = Symbol.for('Jupyter.display');

/** How the value of a cell's last expression is shown. */
export async function mimeBundle(value: unknown): Promise<Record<string, unknown>> {
  const display =
    isObject(value) || typeof value === 'function' ? (value as { [DISPLAY]?: unknown })[DISPLAY] : undefined;
  if (typeof display === 'function') {
    const bundle: unknown = await display.call(value);
    if (isObject(bundle)) return bundle;
  }
  return { 'text/plain': inspect(value) };
}
