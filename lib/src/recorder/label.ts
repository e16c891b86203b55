import { createHash } from 'node:crypto';
import { type Code, comparableCode, withoutComments } from 'stemma-document';
import { currentHost } from '../host';

/** What a person calls an operation: the identifier; else the function's name; else a short piece of its source; else the kind. */
export function labelOf(identifier: string | undefined, kind: string, fn?: unknown): string {
  if (identifier !== undefined && identifier !== '') return identifier;
  if (typeof fn !== 'function') return kind;
  if (fn.name !== '') return fn.name;
  const source = withoutComments(sourceOf(fn, 2_000).source).slice(0, 200).replace(/\s+/g, ' ').trim();
  if (source === '') return kind;
  return source.length <= MAX_LABEL ? source : `${source.slice(0, MAX_LABEL - 1)}…`;
}

/** As `labelOf`, but never a function's source, which each compiler writes differently: what random operations derive their numbers from. */
export function nameOf(identifier: string | undefined, kind: string, fn?: unknown): string {
  if (identifier !== undefined && identifier !== '') return identifier;
  return typeof fn === 'function' && fn.name !== '' ? fn.name : kind;
}

const MAX_LABEL = 40;

/**
 * A function's source, at most `limit` characters of it; what a `toString` of its own returns, where a factory gave it one. Never throws: a
 * proxy of a function may.
 */
export function sourceOf(fn: unknown, limit = 4000): { source: string; truncated: boolean } {
  let source = '';
  try {
    source = ownText(fn) ?? currentHost()?.functionSource?.(fn as object) ?? Function.prototype.toString.call(fn);
  } catch {
    // Not a function after all; there is no source to show.
  }
  return { source: source.slice(0, limit), truncated: source.length > limit };
}

/** A function's source for the record, which keeps the beginning of a long one and the hash of all of it. */
export function codeOf(fn: unknown): Code {
  const code = sourceOf(fn);
  if (!code.truncated) return code;
  const whole = comparableCode(sourceOf(fn, Infinity).source);
  return { ...code, sha256: createHash('sha256').update(whole).digest('hex') };
}

function ownText(fn: unknown): string | undefined {
  if (!Object.hasOwn(fn as object, 'toString')) return undefined;
  const text: unknown = (fn as object).toString();
  return typeof text === 'string' ? text : undefined;
}
