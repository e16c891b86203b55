/**
 * What a cell or a library imports from `stemma-kernel`. All of it works only in a notebook on this kernel: see
 * docs/reference/kernel.md.
 */
import type { Comm, CommApi, CommMessage, SendOptions, TargetHandler } from './comm/types';
import { currentKernel, type DisplayOptions, KERNEL_KEY, type KernelApi } from './kernel-api';

export { KERNEL_KEY, currentKernel };
export { widget, Widget, type WidgetOptions } from './widgets/widget';
export type { Comm, CommApi, CommMessage, DisplayOptions, KernelApi, SendOptions, TargetHandler };

/**
 * Channels between the kernel and the page, as in ipykernel's `comm` package.
 *
 * @example
 * comm.registerTarget('echo', (channel) => {
 *   channel.onMsg(({ data, buffers }) => channel.send(data, { buffers }));
 * });
 */
export const comm: CommApi = {
  open: (target, data, options) => currentKernel().comm.open(target, data, options),
  registerTarget: (target, handler) => currentKernel().comm.registerTarget(target, handler),
  unregisterTarget: (target) => currentKernel().comm.unregisterTarget(target),
};

/**
 * Shows a MIME bundle below the cell.
 *
 * @example
 * display({ 'text/html': '<b>3</b> of 10' }, { id: 'progress' });
 * display({ 'text/html': '<b>4</b> of 10' }, { id: 'progress', update: true });
 */
export function display(data: Record<string, unknown>, options?: DisplayOptions): void {
  currentKernel().display(data, options);
}

/** Clears the output of the cell; with `wait`, only when the next output comes. */
export function clearOutput(wait?: boolean): void {
  currentKernel().clearOutput(wait);
}

/**
 * Asks the user for a line of text.
 *
 * @example
 * const name = await input('What is your name? ');
 */
export function input(prompt?: string, options?: { password?: boolean }): Promise<string> {
  return currentKernel().input(prompt, options);
}

/** Shows text in the front end's pager, once the cell has ended. */
export function page(text: string): void {
  currentKernel().page(text);
}
