import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { workerData } from 'node:worker_threads';
import { lostInCopy } from '../util/lost-class';
import { moduleHash } from './module-hash';
import { packageLoaded, reportPackages } from './report-packages';
import { loadFailure, type WorkerData } from './worker-function';

type Fn = (value: unknown) => unknown;

let loading: Promise<Fn> | null = null;

/**
 * What a thread does for each item. The user's module is loaded with the first one, not with the thread: so its errors
 * are those of a call, and somebody hears them.
 */
export default async function callInWorker(value: unknown): Promise<unknown> {
  const fn = await (loading ??= load(workerData as WorkerData));
  let result: unknown;
  try {
    result = await fn(value);
  } catch (thrown) {
    throw copyable(thrown);
  }
  const lost = lostInCopy(result);
  if (lost !== null)
    throw new TypeError(
      `the function returned ${lost}, which cannot be copied to another thread (structured clone); return plain data`,
    );
  return result;
}

async function load({ file, exportName, loaded, sha256 }: WorkerData): Promise<Fn> {
  const found = moduleHash(file);
  if (found !== null && found !== sha256)
    throw loadFailure(
      `cannot load "${file}": it was edited while a run uses it, and the items of one run would come of two versions; run it again`,
    );
  let exports: { [name: string]: unknown };
  try {
    // Compiled to CommonJS, `import()` would be `require`, which knows no top-level await.
    const importModule = new Function('url', 'return import(url)') as (url: string) => Promise<typeof exports>;
    exports = await importModule(pathToFileURL(file).href);
  } catch (thrown) {
    throw loadFailure(`cannot load "${file}": ${describeThrown(thrown, file)}`);
  }
  // What a CommonJS module, or one compiled to it, exports lies in `default`.
  const inner = exports.default as typeof exports | undefined;
  const candidates = [exports[exportName], typeof inner === 'object' ? inner?.[exportName] : undefined];
  const fn = candidates.find((candidate) => typeof candidate === 'function');
  if (fn === undefined) throw loadFailure(`"${file}" exports no function "${exportName}"; ${listOf(exports)}`);
  Atomics.store(loaded, 0, 1);
  packageLoaded();
  reportPackages();
  return fn as Fn;
}

function listOf(exports: object): string {
  const names = Object.keys(exports).filter((name) => name !== 'module.exports');
  return names.length === 0 ? 'it exports nothing' : `it exports: ${names.join(', ')}`;
}

function describeThrown(thrown: unknown, file: string): string {
  if (!(thrown instanceof Error)) return `it threw ${short(thrown)}`;
  const what = `${thrown.name}: ${thrown.message}`;
  if (!(thrown instanceof SyntaxError)) return what;
  // V8 keeps the place to itself, except for names that another module lacks.
  const place = /^(file:\S*:\d+)\n/.exec(thrown.stack ?? '')?.[1];
  return place === undefined ? `${what}; to see the line, run: node "${file}"` : `${what} (${place})`;
}

/** An error that arrives: null would count as none, and what cannot be copied would end the thread. */
function copyable(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(`the function threw ${short(thrown)}`);
  if (lostInCopy(thrown.cause) === null) return thrown;
  const error = new Error(thrown.message);
  return Object.assign(error, { name: thrown.name, stack: thrown.stack });
}

const short = (value: unknown): string => inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 200);
