import { inspect } from 'node:util';
import { checkedBundle, type MimeBundle } from './checked-bundle';

export type { MimeBundle };

/**
 * A value with a method under this symbol decides itself how it is shown: it returns (a promise of) an object of MIME
 * type → data, Deno's convention; or undefined, when it has shown itself.
 */
const DISPLAY = Symbol.for('Jupyter.display');

/**
 * How the value of a cell's last expression is shown; null where it has shown itself. Throws what its own method
 * throws.
 */
export async function mimeBundle(value: unknown): Promise<MimeBundle | null> {
  const display = displayOf(value);
  if (typeof display !== 'function') return { 'text/plain': inspect(value) };
  const bundle: unknown = await display.call(value);
  return bundle === undefined ? null : checkedBundle(bundle, 'the result of [Symbol.for("Jupyter.display")]()');
}

/** A proxy or a getter that throws when it is looked at has no such method. */
function displayOf(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  try {
    return (value as { [DISPLAY]?: unknown })[DISPLAY];
  } catch {
    return undefined;
  }
}
