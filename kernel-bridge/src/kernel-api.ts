/**
 * What user code and other libraries may ask of the kernel that runs them. The kernel puts it at
 * `globalThis[Symbol.for('stemma.kernel')]`, so a second copy of this package, or a library that does not depend on it,
 * finds the same one.
 */
import type { CommApi } from './comm/types';

export const KERNEL_KEY = Symbol.for('stemma.kernel');

export interface KernelApi {
  readonly comm: CommApi;
  /** Shows a MIME bundle below the cell; with an `id`, `update` replaces what was shown under it. */
  display(data: Record<string, unknown>, options?: DisplayOptions): void;
  /** Clears the cell's output; `wait` until the next output comes. */
  clearOutput(wait?: boolean): void;
  /** Asks the user for a line. Rejects where the front end cannot ask. */
  input(prompt?: string, options?: { password?: boolean }): Promise<string>;
  /** Shows text in the front end's pager, once the cell has ended. */
  page(text: string): void;
}

export interface DisplayOptions {
  metadata?: Record<string, unknown>;
  id?: string;
  /** Replace what was shown under `id` instead of adding to it. */
  update?: boolean;
}

/** The kernel that runs this code. Throws elsewhere, e.g. in a plain script. */
export function currentKernel(): KernelApi {
  const kernel = (globalThis as { [KERNEL_KEY]?: KernelApi })[KERNEL_KEY];
  if (kernel === undefined) {
    throw new Error('this code does not run in the kernel "TypeScript (Stemma)": choose it for the notebook');
  }
  return kernel;
}
