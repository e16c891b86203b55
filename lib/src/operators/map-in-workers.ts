import { allRows } from '../graph/row-rules';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { warn } from '../graph/warnings';
import type { Run } from '../engine/run';
import { checkCount, inWords } from '../util/check';
import type { OptionTypes } from '../util/options';
import { moduleHash } from '../workers/module-hash';
import type { WorkerFunction } from '../workers/worker-function';
import { callInPool } from '../workers/worker-pool';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode, lengthWith } from './function-operator';

/** The options of `mapInWorkers`. */
export interface WorkerOptions extends FunctionOptions {
  /** The name of the exported function. Default `default`. */
  exportName?: string;
  /** The number of threads. Default: one per core. */
  threads?: number;
}

const OPTIONS: OptionTypes<WorkerOptions> = { ...FUNCTION_OPTIONS, exportName: 'text', threads: 'any' };

/** `module`: a file of JavaScript. The items go to its threads and come back as copies (structured clone). */
export function mapInWorkers(parent: Node, module: string | URL, options?: Options<WorkerOptions>): Node {
  if (typeof module !== 'string' && !(module instanceof URL))
    throw new TypeError(`invalid module of mapInWorkers: expected the path or URL of a module, got ${inWords(module)}`);
  const file = path.resolve(module instanceof URL || module.startsWith('file:') ? fileURLToPath(module) : module);
  const given = optionsOf(options, 'mapInWorkers', OPTIONS);
  const { exportName = 'default', threads = availableParallelism() } = given;
  checkCount(threads, 'threads of mapInWorkers', 1);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Error(`mapInWorkers cannot load "${file}": there is no such file (a module of JavaScript is needed)`);
  if (/\.[cm]?ts$/.test(file))
    throw new Error(`mapInWorkers cannot load "${file}": threads run JavaScript; compile it, or write it as .mjs`);
  const sha256 = moduleHash(file);
  /** What each run calls: the module as it is when the run begins. */
  const functions = new WeakMap<Run, WorkerFunction>();
  const functionOf = (run: Run, node: Node): WorkerFunction => {
    let fn = functions.get(run);
    if (fn === undefined) {
      functions.set(run, (fn = { file, exportName, sha256: moduleHash(file) }));
      if (fn.sha256 !== null && fn.sha256 !== sha256)
        warn(node, edited(path.basename(file), { declared: sha256, runs: fn.sha256 }));
    }
    return fn;
  };
  const name = exportName === 'default' ? path.basename(file) : exportName;
  return functionNode({
    kind: 'mapInWorkers',
    mode: 'map',
    parent,
    fn: functionOf,
    showFunction: false,
    // Twice as many calls as threads: each finds its next item waiting.
    defaultConcurrency: threads * 2,
    options: { ...given, identifier: given.identifier ?? name },
    // The number of threads depends on the machine, and is not part of the definition.
    recorded: {
      module: path.basename(file),
      sha256,
      exportName,
      ...(given.threads === undefined ? {} : { threads }),
    },
    rows: allRows,
    length: lengthWith(given),
    bind: ({ run, node }) => {
      const fn = functionOf(run, node);
      return (value, { signal }) => callInPool(fn, threads, value, signal);
    },
  });
}

function edited(name: string, { declared, runs }: { declared: string | null; runs: string }): string {
  return (
    `the module "${name}" was edited after this was declared: the run calls the edited one, whose sha256 is ${runs}, not ${declared} ` +
    'as in the options (run the code that declares it again)'
  );
}
