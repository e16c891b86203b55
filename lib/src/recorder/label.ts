import { withoutComments } from 'stemma-document';
import { sourceOf } from './captures/source-of';

/**
 * What a person calls an operation: the identifier; else the function's name; else a short piece of its source; else
 * the kind.
 */
export function labelOf(identifier: string | undefined, kind: string, fn?: unknown): string {
  if (identifier !== undefined && identifier !== '') return identifier;
  if (typeof fn !== 'function') return kind;
  if (fn.name !== '') return fn.name;
  const source = withoutComments(sourceOf(fn, 2_000).source).slice(0, 200).replace(/\s+/g, ' ').trim();
  if (source === '') return kind;
  return source.length <= MAX_LABEL ? source : `${source.slice(0, MAX_LABEL - 1)}…`;
}

/**
 * As `labelOf`, but never a function's source, which each compiler writes differently: what random operations derive
 * their numbers from.
 */
export function nameOf(identifier: string | undefined, kind: string, fn?: unknown): string {
  if (identifier !== undefined && identifier !== '') return identifier;
  return typeof fn === 'function' && fn.name !== '' ? fn.name : kind;
}

const MAX_LABEL = 40;
