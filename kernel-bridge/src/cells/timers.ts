import { promisify } from 'node:util';
import type { Context } from './context';

type Callback = (...args: unknown[]) => void;
type Scheduler = ((callback: Callback, ...rest: unknown[]) => unknown) & { [promisify.custom]?: unknown };

/**
 * Makes the timers of user code remember which execution set them, so that what they print goes to its cell; the timers
 * of an interrupted execution do nothing any more.
 */
export function trackTimers(context: Context): void {
  const globals = globalThis as unknown as Record<string, Scheduler>;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate']) {
    const original = globals[name]!;
    const tracked: Scheduler = (callback, ...rest) => {
      context.throwIfOver();
      const owner = context.current;
      if (owner === null || typeof callback !== 'function') return original(callback, ...rest);
      const timer = original(
        (...args: unknown[]) => {
          if (owner.stopped === null) context.run(owner, () => callback(...args));
          // A promise may settle: the code that awaits it is stopped there, and its `finally` blocks run.
          else if (name !== 'setInterval' && settlesPromise(callback)) context.run(owner, () => callback(...args));
          else clearInterval(timer as NodeJS.Timeout);
        },
        ...rest,
      );
      return timer;
    };
    Object.defineProperty(tracked, 'name', { value: name });
    Object.defineProperty(tracked, promisify.custom, { value: original[promisify.custom] });
    globals[name] = tracked;
  }
}

/**
 * True for the functions that a promise hands to its executor; unlike these, bound functions and those of Node have
 * names.
 */
const settlesPromise = (callback: Callback): boolean =>
  callback.name === '' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(callback));
