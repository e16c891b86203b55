import type { Capture } from 'stemma-document';
import { currentHost } from '../../host';
import { digestOf } from '../digests/value-digest';
import { codeOf } from './source-of';
import { isSecret } from '../privacy/secret-names';
import { holdsSecret, withoutUsers } from '../privacy/without-secrets';
import type { RecorderSettings } from '../settings/settings';
import { freeWords } from './free-words';
import { packageOf } from './package-of';
import { capturedBy } from './scopes';

/** The mark of datasets, which the engine knows. */
const DATASET = Symbol.for('stemma.dataset');

/** Functions within functions, and all of them for one step. */
const MAX_DEPTH = 3;
const MAX_FUNCTIONS = 24;
const MAX_NAMES = 64;
/** Longer texts are known by their digest. */
const MAX_TEXT = 200;
/** Values within one captured object, and 256 bytes of arrays each count as one: some milliseconds at most. */
const MAX_VALUES = 20_000;

/** What of captured values may be kept. */
export interface CapturePolicy {
  /** False: names, types and sizes, and the code of functions. */
  values: boolean;
  redact: RecorderSettings['redact'];
}

/**
 * What a function captures of the variables around it, with what captured functions capture. Null where Node has no
 * inspector.
 */
export function capturesOf(fn: object, policy: CapturePolicy): Capture[] | null {
  return packageOf(fn) === undefined ? new Looking(policy).look(fn, MAX_DEPTH) : [];
}

class Looking {
  #functions = 0;
  readonly #seen = new Set<object>();

  constructor(private readonly policy: CapturePolicy) {}

  look(fn: object, depth: number): Capture[] | null {
    this.#seen.add(fn);
    const source = Function.prototype.toString.call(fn);
    const words = freeWords(source);
    if (words.length === 0) return [];
    const found = capturedBy(fn, words);
    if (found === null) return null;
    return [...found]
      .slice(0, MAX_NAMES)
      .flatMap(([name, value]) => this.#named(name, value, depth, source))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * A variable of the code that runs stands for one of the code as it was written: in a notebook for what the name's
   * box holds, of compiled imports for the members that are used.
   */
  #named(name: string, value: unknown, depth: number, source: string): Capture[] {
    const original = currentHost()?.captured?.(name, value);
    if (original !== undefined) return original === null ? [] : [this.#describe(original.name, original.value, depth)];
    if (!isCompiledImport(value)) return [this.#describe(name, value, depth)];
    const members = new Set(
      [...source.matchAll(new RegExp(`(?<![\\w$.])${escaped(name)}\\.([\\w$]+)`, 'g'))].map(([, member]) => member!),
    );
    return [...members].map((member) => this.#describe(member, read(value, member), depth));
  }

  #describe(name: string, value: unknown, depth: number): Capture {
    if (typeof value === 'function') return this.#function(name, value, depth);
    const fact = { name, ...typeAndSize(value) };
    if (typeof value === 'object' && value !== null) {
      const owner = packageOf(value);
      if (owner !== undefined) return { ...fact, package: owner };
      // Recorded by itself, as are its steps.
      if (DATASET in value) return fact;
    }
    return { ...fact, ...this.#valueOf(name, value) };
  }

  #function(name: string, fn: object, depth: number): Capture {
    const owner = packageOf(fn);
    if (owner !== undefined) return { name, type: 'function', package: owner };
    const capture: Capture = { name, type: 'function', code: codeOf(fn) };
    if (this.#seen.has(fn) || isNative(fn)) return capture;
    if (depth === 0 || ++this.#functions > MAX_FUNCTIONS) return { ...capture, unknown: 'bounds' };
    const captures = this.look(fn, depth - 1);
    return captures === null ? capture : { ...capture, captures };
  }

  #valueOf(name: string, value: unknown): Pick<Capture, 'value' | 'digest' | 'unknown'> {
    const { values, redact } = this.policy;
    if (value === undefined || value === null) return {};
    if (!values || isSecret(name)) return { unknown: 'private' };
    if (
      redact !== null &&
      !Object.is(
        kept(() => redact(value, name)),
        value,
      )
    )
      return { unknown: 'private' };
    if (typeof value === 'number')
      return { value: Number.isFinite(value) && !Object.is(value, -0) ? value : String(value) };
    if (typeof value === 'boolean') return { value };
    if (typeof value === 'bigint') return { value: String(value) };
    if (typeof value === 'string' && value.length <= MAX_TEXT) return { value: withoutUsers(value) };
    // A digest of a whole whose other parts are known could be guessed.
    if (kept(() => holdsSecret(value)) === true) return { unknown: 'private' };
    const digest = kept(() => digestOf(value, MAX_VALUES));
    if (digest === undefined) return { unknown: 'opaque' };
    if (digest === null) return { unknown: 'bounds' };
    return { digest: digest.digest, ...(digest.opaque === 0 ? {} : { unknown: 'opaque' }) };
  }
}

/** A value of the user's may do anything when it is looked at. */
function kept<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

const read = (value: object, member: string): unknown => kept(() => (value as { [name: string]: unknown })[member]);

const isNative = (fn: object): boolean => Function.prototype.toString.call(fn).endsWith('{ [native code] }');

/** The namespace of a module, which compilers put in place of what was imported. */
function isCompiledImport(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return (
    kept(() => Object.hasOwn(value, '__esModule') || Object.prototype.toString.call(value) === '[object Module]') ===
    true
  );
}

const escaped = (text: string): string => text.replace(/\$/g, '\\$');

function typeAndSize(value: unknown): Pick<Capture, 'type' | 'size'> {
  switch (typeof value) {
    case 'string':
      return { type: 'text', size: value.length };
    case 'boolean':
      return { type: 'bool' };
    case 'object':
      if (value === null) return { type: 'null' };
      return { type: kept(() => String(value.constructor?.name ?? 'Object')) ?? 'Object', ...sizeOf(value) };
    default:
      return { type: typeof value };
  }
}

function sizeOf(value: object): Pick<Capture, 'size'> {
  if (Array.isArray(value)) return { size: value.length };
  if (ArrayBuffer.isView(value)) return { size: value.byteLength };
  if (value instanceof Map || value instanceof Set) return { size: value.size };
  return { size: kept(() => Object.keys(value).length) ?? 0 };
}
