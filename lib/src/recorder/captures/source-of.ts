import { createHash } from 'node:crypto';
import { type Code, comparableCode } from 'stemma-document';
import { currentHost } from '../../host';

/**
 * A function's source, at most `limit` characters of it; what a `toString` of its own returns, where a factory gave it
 * one. Never throws: a proxy of a function may.
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
