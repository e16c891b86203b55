import { Chunk, END, type MaybePromise, type Pulled } from '../../engine/chunk';
import { pipelineError } from '../../engine/errors';
import { closeAll, type Inlet } from '../../engine/inlet';
import type { Origin } from '../../engine/origin';
import type { Probe } from '../../engine/probe';
import type { Run } from '../../engine/run';
import type { Stage } from '../../engine/stage';
import { plural } from '../../util/plural';

/** What happens where the streams do not end together: an error, the end, or `undefined` in place of what has ended. */
export type ZipEnds = 'together' | 'shortest' | 'longest';

/** One of the streams. */
export interface ZipInput {
  inlet: Inlet;
  /** For people. */
  name: string;
  /** It is known not to end, so that nobody waits for its end. */
  endless: boolean;
}

/** What a `ZipStage` has to know of its operation. */
export interface ZipPlace {
  label: string;
  ends: ZipEnds;
  join: (values: unknown[]) => unknown;
  /** Called with a description of what `shortest` cuts off. */
  onCut: (what: string) => void;
}

/** One item of each stream at a time. */
export class ZipStage implements Stage {
  #ended = false;
  /** Items that were emitted. */
  #count = 0;

  constructor(
    private readonly inputs: readonly ZipInput[],
    private readonly place: ZipPlace,
    private readonly run: Run,
    private readonly probe: Probe | null,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#ended) return END;
    const waiting: Promise<void>[] = [];
    for (const { inlet } of this.inputs) {
      const filled = inlet.fill(want, limit);
      if (filled !== undefined) waiting.push(filled);
      else if (isOver(inlet) && this.place.ends === 'shortest') break;
    }
    return waiting.length === 0 ? this.#zip(want) : Promise.all(waiting).then(() => this.#zip(want));
  }

  #zip(want: number): MaybePromise<Pulled> {
    const over = this.inputs.filter(({ inlet }) => isOver(inlet));
    if (over.length > 0 && this.#endsWith(over)) return this.#end();
    const open = this.inputs.filter(({ inlet }) => !isOver(inlet));
    // While it is to be seen whether the others end, too, nothing comes.
    const isDeciding = over.length > 0 && this.place.ends !== 'longest';
    const count = isDeciding ? 0 : Math.min(want, ...open.map(({ inlet }) => inlet.available));
    const output = Chunk.empty();
    const start = this.probe?.beginSource(count) ?? 0;
    if (open.length === this.inputs.length) for (let i = 0; i < count; i++) this.#take(output);
    else for (let i = 0; i < count; i++) this.#takeSome(output);
    this.#count += count;
    this.probe?.end(start, count);
    this.probe?.emit(output);
    return output;
  }

  #take(output: Chunk): void {
    const { inputs } = this;
    const values = new Array<unknown>(inputs.length);
    const origins = new Array<Origin>(inputs.length);
    for (let i = 0; i < inputs.length; i++) {
      const { value, origin } = inputs[i]!.inlet.take();
      values[i] = value;
      origins[i] = origin;
    }
    output.values.push(this.place.join(values));
    output.origins.push(origins);
  }

  /** With `undefined` in place of what has ended. */
  #takeSome(output: Chunk): void {
    const values: unknown[] = [];
    const origins: Origin[] = [];
    for (const { inlet } of this.inputs) {
      if (isOver(inlet)) {
        values.push(undefined);
        continue;
      }
      const { value, origin } = inlet.take();
      values.push(value);
      origins.push(origin);
    }
    output.values.push(this.place.join(values));
    output.origins.push(origins);
  }

  /** Whether the whole ends where `over` have. */
  #endsWith(over: readonly ZipInput[]): boolean {
    if (this.place.ends === 'longest') return over.length === this.inputs.length;
    const longer = this.inputs.find(({ inlet, endless }) => inlet.available > 0 && !endless);
    if (longer === undefined)
      return this.place.ends === 'shortest' || this.inputs.every(({ inlet, endless }) => endless || isOver(inlet));
    const origin = this.run.describeOrigin(longer.inlet.nextOrigin);
    const items = plural(this.#count, 'item');
    const what = `${over[0]!.name} ended after ${items}, ${longer.name} goes on with ${origin ?? 'more'}`;
    if (this.place.ends === 'together') throw this.#unequal(what, origin);
    this.place.onCut(what);
    return true;
  }

  #unequal(what: string, origin: string | null): Error {
    const cause = new RangeError(
      `the datasets do not end together: ${what} (where a filter or onError: 'skip' left items out of one of them, all pairs behind these are ` +
        "wrong; pass ends: 'shortest' to end with the first, 'longest' to fill up with undefined)",
    );
    const error = pipelineError(cause, { kind: 'zip', label: this.place.label, index: this.#count, origin });
    this.probe?.fail(error);
    return error;
  }

  #end(): MaybePromise<Pulled> {
    this.#ended = true;
    this.probe?.finish();
    const closed = this.#closeAll();
    return closed instanceof Promise ? closed.then(() => END) : END;
  }

  close(): MaybePromise<void> {
    this.#ended = true;
    return this.#closeAll();
  }

  #closeAll(): MaybePromise<void> {
    return closeAll(this.inputs.map(({ inlet }) => inlet));
  }
}

const isOver = (inlet: Inlet): boolean => inlet.ended && inlet.available === 0;
