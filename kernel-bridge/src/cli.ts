#!/usr/bin/env node
/**
 * `stemma-kernel install`, `uninstall`. Jupyter itself calls `stemma-kernel kernel <connection file>`, and `stemma
 * reproduce` calls `stemma-kernel replay <file of cells>`.
 */
import './refuse-old-node';
import { parseArgs } from 'node:util';
import { install, uninstall } from './install/install';
import type { Place } from './install/data-folder';

const USAGE = `usage: stemma-kernel install   [--user | --sys-prefix | --prefix <folder>]
       stemma-kernel uninstall [--user | --sys-prefix | --prefix <folder>]

  --user        for your user (the default)
  --sys-prefix  into the Python environment that is active
  --prefix      below a folder, as <folder>/share/jupyter/kernels/stemma
  --launcher    the command that starts the kernel, as a JSON array with "{connection_file}" (default: this Node)
`;

/** Reads the options. Throws where they contradict each other. */
function optionsOf(args: string[]): { place: Place; launcher: string[] | undefined } {
  const {
    values: { launcher, ...places },
  } = parseArgs({
    args,
    options: {
      user: { type: 'boolean' },
      'sys-prefix': { type: 'boolean' },
      prefix: { type: 'string' },
      launcher: { type: 'string' },
    },
  });
  if (Object.keys(places).length > 1) throw new Error('choose one of --user, --sys-prefix and --prefix');
  return { place: placeOf(places), launcher: launcher === undefined ? undefined : launcherOf(launcher) };
}

function placeOf({ prefix, 'sys-prefix': sysPrefix }: { prefix?: string; 'sys-prefix'?: boolean }): Place {
  if (prefix !== undefined) return { kind: 'prefix', folder: prefix };
  return { kind: sysPrefix === true ? 'sys-prefix' : 'user' };
}

function launcherOf(text: string): string[] {
  const given = parsed(text);
  if (Array.isArray(given) && given.every((part) => typeof part === 'string') && given.includes('{connection_file}'))
    return given;
  throw new Error(`invalid --launcher: expected a JSON array of texts with "{connection_file}", got ${text}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
    case 'replay': {
      const [file] = args;
      if (file === undefined) throw new Error('the file of cells is missing: stemma reproduce calls this command');
      const exit = process.exit.bind(process);
      const { replay } = require('./main/replay') as typeof import('./main/replay');
      // What the cells left open must not keep the process from ending.
      return void replay(file).then(
        (failure) => {
          if (failure !== null) process.stderr.write(`${failure}\n`);
          exit(failure === null ? 0 : 1);
        },
        (error: unknown) => {
          process.stderr.write(`stemma-kernel: ${(error as Error).message}\n`);
          exit(1);
        },
      );
    }
    case 'install': {
      const { place, launcher } = optionsOf(args);
      return console.log(`installed the kernel "TypeScript (Stemma)" in ${install(place, launcher)}`);
    }
    case 'uninstall':
      return console.log(`removed the kernel "TypeScript (Stemma)" from ${uninstall(optionsOf(args).place)}`);
    case undefined:
    case 'help':
    case '--help':
      return console.log(USAGE);
    default:
      throw new Error(`unknown command "${command}"\n\n${USAGE}`);
  }
}

// What cannot be printed was not done, as far as anybody can tell; who closes a pipe has read enough.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  console.error(`stemma-kernel: cannot write the output: ${message}`);
  process.exitCode = 1;
});
try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`stemma-kernel: ${(error as Error).message}`);
  process.exitCode = 1;
}
