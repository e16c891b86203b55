import { isOwnFrame } from '../util/own-frames';

/** The library's own calls are among them. */
const MAX_FRAMES = 20;

/**
 * The calls of the user's code that led into the library. Costs some microseconds; they become text only where
 * something fails.
 */
export class Calls {
  readonly #holder: { stack?: unknown } = {};

  /** From the caller of `above` on: what is called on the way holds on to its object. */
  constructor(above: (...args: never[]) => unknown = Calls as never) {
    const { stackTraceLimit } = Error;
    try {
      Error.stackTraceLimit = MAX_FRAMES;
      Error.captureStackTrace(this.#holder, above);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /** Lines of a stack trace, the innermost call first: those in the user's own files. */
  get frames(): string[] {
    try {
      const { stack } = this.#holder;
      return typeof stack === 'string' ? stack.split('\n').filter(isOwnFrame) : [];
    } catch {
      // A loader's own way to prepare stack traces failed.
      return [];
    }
  }
}
