import { bundleNow, showLive, type Shown } from './show';

/**
 * A value with a method under this symbol decides how a notebook shows it: Deno's convention, which our kernel follows.
 */
export const DISPLAY = Symbol.for('Jupyter.display');

/** Shows it, or returns the bundle for a kernel that shows it itself; undefined means that it has been shown. */
export function displayed(shown: Shown): Record<string, unknown> | undefined {
  return showLive(shown) ? undefined : bundleNow(shown);
}
