/** The part of a watch host that plans work for later. */
interface Timers {
  setTimeout?(callback: () => void, ms: number): unknown;
  clearTimeout?(timer: unknown): void;
}

/** The name of TypeScript's callback. */
const INVALIDATION = 'invalidateResolutionsOfFailedLookup';

/**
 * Makes a watch program fit tslab's `setTimeout`, which holds one callback, that of the next rebuild, and throws on a second.
 *
 * TypeScript plans another one when a file appears or goes where an import was looked for in vain. It may be dropped: a
 * rebuild looks at what was invalidated by itself. And a rebuild that throws must leave tslab's place free, or no cell
 * could be compiled any more.
 */
export function fitTimers(host: Timers): void {
  const setTimeout = host.setTimeout!.bind(host);
  const clearTimeout = host.clearTimeout!.bind(host);
  const dropped = {};
  host.setTimeout = (callback, ms) => {
    if (callback.name === INVALIDATION) return dropped;
    const rebuild = (): void => {
      try {
        callback();
      } catch (error) {
        clearTimeout(timer);
        throw error;
      }
    };
    const timer = setTimeout(rebuild, ms);
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (timer !== dropped) clearTimeout(timer);
  };
}
