import type { CallScope } from '../recorder/call-scope';
import type { Origin } from './origin';
import { pipelineError } from './errors';
import { decide, type OnError } from './on-error';
import type { Probe } from './probe';
import type { Run } from './run';
import { SetupError } from '../util/setup-error';

/** What a user's function gets as its second argument. */
export interface FunctionContext {
  /** Aborted when the run ends early. */
  readonly signal: AbortSignal;
}

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
    // What a function throws after the run was aborted does not count as its failure.
    if (this.run.aborted) return this.run.signal.reason as Error;
    const { kind, label } = this;
    const place = { kind, label, index, origin: this.run.describeOrigin(origin), input };
    if (cause instanceof SetupError) {
      const error = pipelineError(cause, { kind, label, index: null, origin: null });
      this.probe?.fail(error);
      return error;
    }
    return decide(this.onError, cause, place, this.probe);
  }
}
