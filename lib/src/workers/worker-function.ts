/** Which function the threads of a pool call. */
export interface WorkerFunction {
  /** Absolute path of a module of JavaScript. */
  file: string;
  exportName: string;
  /** From `moduleHash`: an edited module is loaded again. Null where there was none to be read. */
  sha256: string | null;
}

/** What a thread is started with. */
export interface WorkerData extends WorkerFunction {
  /** Its first element becomes 1 when the module is loaded. */
  loaded: Int32Array;
}

const LOAD_FAILURE = 'stemma: a module that cannot be loaded';

/**
 * A module that cannot be loaded, in its thread. Of an error only message, stack and cause survive the way to another
 * one.
 */
export const loadFailure = (message: string): Error => new Error(message, { cause: LOAD_FAILURE });

export const isLoadFailure = (error: unknown): error is Error => error instanceof Error && error.cause === LOAD_FAILURE;
