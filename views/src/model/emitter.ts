/**
 * Calls its listeners in the order in which they were added; who is removed meanwhile is not called any more. The
 * models use it, so that they need neither Lumino nor a DOM.
 */
export class Emitter<T> {
  /** Add a listener. Returns a function that removes it and may be called twice. */
  on(listener: (value: T) => void): () => void {
    this._listeners.add(listener);
    return () => {
      this._listeners.delete(listener);
    };
  }

  emit(value: T): void {
    for (const listener of [...this._listeners]) {
      if (this._listeners.has(listener)) {
        listener(value);
      }
    }
  }

  clear(): void {
    this._listeners.clear();
  }

  get size(): number {
    return this._listeners.size;
  }

  private readonly _listeners = new Set<(value: T) => void>();
}
