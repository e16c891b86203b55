import type { CallScope } from '../recorder/call-scope';
import type { Origin } from './origin';
import { messageOf, pipelineError, type PipelineError } from './errors';
import type { Probe } from './probe';
import type { Run } from './run';
import { SetupError } from '../util/setup-error';

/** What a user's function gets as its second argument. */
export interface FunctionContext {
  /** Aborted when the run ends early. */
  readonly signal: AbortSignal;
}

/**
 * What to do with an item that a function fails on. `throw` (the default) ends the run; `skip` leaves the item out and counts it; a handler
 * decides for each: `'skip'`, or anything else to throw.
 */
export type OnError = 'throw' | 'skip' | ((error: Error, item: unknown) => 'skip' | 'throw' | void);

/** What is called for each item; with its origin where the operation depends on it. */
export type Call = (value: unknown, context: FunctionContext, origin?: Origin) => unknown;

/** A user's function at work in an operation: calls, and what to do where one fails. */
export class UserFunction {
  readonly context: FunctionContext;
  /** Datasets that are made in a call belong to it. */
  readonly scope: CallScope | null;
  /** Items that have come in before the current chunk. */
  seen = 0;

  constructor(
    readonly kind: string,
    readonly label: string,
    readonly call: Call,
    readonly usesOrigin: boolean,
    private readonly onError: OnError,
    readonly run: Run,
    readonly probe: Probe | null,
  ) {
    this.context = { signal: run.signal };
    this.scope = probe?.scope(run.signal) ?? null;
  }

  /** The first item that it fails on ends the run, whichever it is. */
  get endsWithFailure(): boolean {
    return this.onError === 'throw';
  }

  /** Returns null if the item is to be skipped, else the error to throw. */
  failed(cause: unknown, index: number, origin: Origin, input: unknown): Error | null {
    // What a function throws once the run was aborted is no failure of its own.
    if (this.run.aborted) return this.run.signal.reason as Error;
    const { kind, label } = this;
    const place = { kind, label, index, origin: this.run.describeOrigin(origin), input };
    if (cause instanceof SetupError) {
      const error = pipelineError(cause, { kind, label, index: null, origin: null });
      this.probe?.fail(error);
      return error;
    }
    let error = pipelineError(cause, { ...place, advice: `to leave out what fails, pass onError: 'skip'` });
    try {
      if (this.#skips(error, input)) {
        this.probe?.skip(error);
        return null;
      }
    } catch (thrown) {
      error = pipelineError(thrown, { ...place, advice: `onError threw this when told of: ${messageOf(cause)}` });
    }
    this.probe?.fail(error);
    return error;
  }

  #skips(error: PipelineError, input: unknown): boolean {
    const { onError } = this;
    return (typeof onError === 'function' ? onError(error, input) : onError) === 'skip';
  }
}
