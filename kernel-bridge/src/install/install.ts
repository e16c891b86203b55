import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, type Place } from './data-folder';

export const KERNEL_NAME = 'stemma';

/**
 * What Jupyter reads to start the kernel. Node is named by its path: the kernel's process need not have it in its PATH. The option is for loops in
 * the callback of a timer: where an interrupt tears them down, Node would take its own list of callbacks for corrupted, and abort.
 */
export function kernelspec(node: string, cli: string): Record<string, unknown> {
  return {
    argv: [node, '--no-force-async-hooks-checks', cli, 'kernel', '{connection_file}'],
    display_name: 'TypeScript (Stemma)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
}

/** Installs the kernelspec; returns its folder. An earlier one is replaced. */
export function install(place: Place): string {
  const folder = join(dataFolder(place), 'kernels', KERNEL_NAME);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(__dirname, '../../kernelspec'), folder, { recursive: true });
  const spec = kernelspec(process.execPath, join(__dirname, '../cli.js'));
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
  return folder;
}

/** Removes the kernelspec; returns the folder where it was. */
export function uninstall(place: Place): string {
  const folder = join(dataFolder(place), 'kernels', KERNEL_NAME);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
