#!/usr/bin/env node
/** `stemma-kernel install`, `uninstall`; Jupyter itself calls `stemma-kernel kernel <connection file>`. */
import { parseArgs } from 'node:util';
import { install, uninstall } from './install/install';
import type { Place } from './install/data-folder';

const USAGE = `usage: stemma-kernel install   [--user | --sys-prefix | --prefix <folder>]
       stemma-kernel uninstall [--user | --sys-prefix | --prefix <folder>]

  --user        for your user (the default)
  --sys-prefix  into the Python environment that is active
  --prefix      below a folder, as <folder>/share/jupyter/kernels/stemma
`;

/** Reads the options. Throws where they contradict each other. */
function placeOf(args: string[]): Place {
  const { values } = parseArgs({
    args,
    options: { user: { type: 'boolean' }, 'sys-prefix': { type: 'boolean' }, prefix: { type: 'string' } },
  });
  if (Object.keys(values).length > 1) throw new Error('choose one of --user, --sys-prefix and --prefix');
  if (values.prefix !== undefined) return { kind: 'prefix', folder: values.prefix };
  return { kind: values['sys-prefix'] === true ? 'sys-prefix' : 'user' };
}

function main([command, ...args]: string[]): void {
  switch (command) {
    case 'kernel': {
      const [file] = args;
      if (file === undefined) throw new Error('the connection file is missing: Jupyter calls this command');
      // Loaded only here: installing needs neither compiler nor sockets.
      const { Kernel } = require('./main/kernel') as typeof import('./main/kernel');
      return new Kernel(file).start();
    }
    case 'install':
      return console.log(`installed the kernel "TypeScript (Stemma)" in ${install(placeOf(args))}`);
    case 'uninstall':
      return console.log(`removed the kernel "TypeScript (Stemma)" from ${uninstall(placeOf(args))}`);
    case undefined:
    case 'help':
    case '--help':
      return console.log(USAGE);
    default:
      throw new Error(`unknown command "${command}"\n\n${USAGE}`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`stemma-kernel: ${(error as Error).message}`);
  process.exitCode = 1;
}
