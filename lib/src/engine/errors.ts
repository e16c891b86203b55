import type { Failure } from 'stemma-document';
import type { Calls } from '../recorder/calls';
import { preview } from '../recorder/observing/summary';

/**
 * An operation failed on an item. `cause` is what the user's function threw.
 *
 * @example
 * const check = (n: number) => { if (n === 2) throw new Error('two'); };
 * const error = await Dataset.range(3).tap(check, 'Check').count().catch((thrown) => thrown);
 * error instanceof PipelineError; // true
 * [error.label, error.index, error.origin]; // ['Check', 2, 'range item 2']
 */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';

  constructor(
    message: string,
    /** Kind of the operation, e.g. `map`. */
    readonly kind: string,
    /** The operation's label. */
    readonly label: string,
    /** Index of the item at the operation's input, from 0; null if no single item caused the error. */
    readonly index: number | null,
    /** Where the item came from, e.g. a file's path. */
    readonly origin: string | null,
    /** The input, as a short text. */
    readonly input: string | null,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

const locations = new WeakMap<PipelineError, string[]>();

/**
 * Adds calls of the user's code to the stack of a pipeline's error, in place of the engine's own frames: first those
 * that declared what failed, then those that ran it.
 */
export function locate(error: unknown, calls: Calls | null | undefined): void {
  if (!(error instanceof PipelineError) || !calls) return;
  const known = locations.get(error) ?? [];
  const frames = [...new Set([...known, ...calls.frames])];
  if (frames.length === known.length) return;
  locations.set(error, frames);
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
}

/** What is known of the place where something failed. */
export interface Place {
  kind: string;
  label: string;
  index: number | null;
  origin: string | null;
  input?: unknown;
  /** The message has origin and input in its own words. Default: whether it has the origin's. */
  isTold?: boolean;
  /** What the user can do about it. */
  advice?: string;
}

/** Wraps what was thrown with the place where it was; an error that has its place already keeps it. */
export function pipelineError(cause: unknown, place: Place): PipelineError {
  if (cause instanceof PipelineError) return cause;
  const { kind, label, index, origin, advice } = place;
  const input = 'input' in place ? preview(place.input) : null;
  const at = index === null ? '' : ` at item ${index}`;
  const message = messageOf(cause);
  // A file that names itself in the message need not be named three times.
  const told = place.isTold ?? (origin !== null && message.includes(origin));
  const from = origin === null || told ? '' : ` (${origin})`;
  const fed = input === null || told ? '' : ` (input: ${input})`;
  const what = `${kind} "${label}" failed${at}${from}: ${message}${fed}`;
  return new PipelineError(
    advice === undefined ? what : `${what}; ${advice}`,
    kind,
    label,
    index,
    origin,
    input,
    cause,
  );
}

export function failureOf(error: unknown): Failure {
  if (error instanceof PipelineError) {
    const { index, origin, input } = error;
    return { name: nameOf(error.cause), message: messageOf(error.cause), index, origin, input };
  }
  return { name: nameOf(error), message: messageOf(error), index: null, origin: null, input: null };
}

/** A thrown value's message, whatever was thrown. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return preview(thrown);
  // A class may make of its message what it likes.
  const message: unknown = thrown.message;
  return typeof message === 'string' ? message : preview(message);
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

/** Why a run was ended from outside, if its signal gave no reason of its own. */
export function abortError(reason: unknown): Error {
  if (reason instanceof Error) return reason;
  return new DOMException(reason === undefined ? 'the run was aborted' : String(reason), 'AbortError');
}
