type AnyIterator<T> = Iterator<T> | AsyncIterator<T>;

/**
 * An iterator that is still being opened. Closed before that, it closes what was opened as soon as it is there; nobody
 * has to wait for that, and an opening that fails by then fails unheard.
 */
export function laterIterator<T>(opening: PromiseLike<AnyIterator<T>>): AsyncIterator<T> {
  const opened = Promise.resolve(opening);
  opened.catch(() => undefined);
  return {
    next: async () => (await opened).next(),
    return: async () => {
      await (await opened).return?.();
      return { done: true, value: undefined };
    },
  };
}
