import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, type Place } from './data-folder';

export const KERNEL_NAME = 'stemma';

/**
 * Node is named by its path: the kernel's process need not have it in its PATH. The option is for loops in the callback
 * of a timer: where an interrupt tears them down, Node would take its own list of callbacks for corrupted, and abort.
 */
function ownLauncher(): string[] {
  const cli = join(__dirname, '../cli.js');
  return [process.execPath, '--no-force-async-hooks-checks', cli, 'kernel', '{connection_file}'];
}

/** What Jupyter reads to start the kernel, by default with this Node. */
export function kernelspec(launcher: readonly string[] = ownLauncher()): Record<string, unknown> {
  return {
    argv: launcher,
    display_name: 'TypeScript (Stemma)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
}

/**
 * Installs the kernelspec; returns its folder. An earlier one is replaced. `launcher` starts the kernel in place of
 * this Node.
 */
export function install(place: Place, launcher?: readonly string[]): string {
  const folder = join(dataFolder(place), 'kernels', KERNEL_NAME);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(__dirname, '../../kernelspec'), folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(kernelspec(launcher), null, 2)}\n`);
  return folder;
}

/** Removes the kernelspec; returns the folder where it was. */
export function uninstall(place: Place): string {
  const folder = join(dataFolder(place), 'kernels', KERNEL_NAME);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
