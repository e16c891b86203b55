import { builtinModules, createRequire } from 'node:module';
import { isOwnFile } from '../../util/own-frames';

/** What packages export, by the value: what a package does is known by its version. */
let exported = new WeakMap<object, string>();
let modules = 0;
const load = createRequire(__filename);
/** Node's own modules: to load others would cost time, and print warnings. */
const LOADED = new Set((process as unknown as { moduleLoadList?: string[] }).moduleLoadList);

/** Name of the package that exports a function or object; undefined where none does that is loaded by `require`. */
export function packageOf(value: object): string | undefined {
  const files = Object.keys(require.cache);
  if (files.length !== modules) {
    modules = files.length;
    exported = new WeakMap();
    for (const file of files) if (!isOwnFile(file)) note(file);
    for (const name of builtinModules) if (LOADED.has(`NativeModule ${name}`)) noteExports(load(name), 'node');
  }
  return exported.get(value);
}

function note(file: string): void {
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]?.replace(/\\/g, '/') ?? 'stemma';
  noteExports((require.cache[file] as { exports: unknown }).exports, name);
}

function noteExports(exports: unknown, name: string): void {
  add(exports, name);
  if (typeof exports !== 'object' || exports === null) return;
  // Getters may load what nobody asked for.
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(exports))) add(value, name);
}

function add(value: unknown, name: string): void {
  const isKnowable = typeof value === 'function' || (typeof value === 'object' && value !== null);
  if (isKnowable && !exported.has(value)) exported.set(value, name);
}
