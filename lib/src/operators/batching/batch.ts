import { stretchOfRows } from '../../graph/row-rules';
import { mapLength } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import type { OptionTypes } from '../../util/options';
import { collate, type Fit } from './collate';
import { collateError } from './collate-error';
import { Gatherer } from './gather';
import { Padding } from './padding';
import type { PaddedBatchOptions, PadValue, PerField } from './padding-options';
import { Chunk } from '../../engine/chunk';
import type { Origin } from '../../engine/origin';
import type { Place } from '../../engine/place';
import type { Run } from '../../engine/run';
import type { JsonValue } from 'stemma-document';
import { type Transform, TransformStage } from '../../engine/transform-stage';
import { checkCount } from '../../util/check';

/** The options of `batch`. */
export interface BatchOptions<Ragged extends boolean = boolean> extends OperationOptions {
  /** Drop the last batch if it is smaller than `size`. Default false. */
  dropRemainder?: boolean;
  /**
   * Accept items of different shapes in a batch: tensors and lists of different sizes become a list of them, and a
   * field that a record lacks is undefined. Default false: an error.
   */
  ragged?: Ragged;
}

const BATCH_OPTIONS: OptionTypes<BatchOptions> = { ...OPERATION_OPTIONS, dropRemainder: 'boolean', ragged: 'boolean' };

const PADDED_BATCH_OPTIONS: OptionTypes<PaddedBatchOptions> = {
  ...OPERATION_OPTIONS,
  value: 'any',
  shape: 'any',
  side: 'any',
  multipleOf: 'any',
  truncate: 'boolean',
  mask: 'any',
  lengths: 'any',
  dropRemainder: 'boolean',
};

export function batch(parent: Node, size: number, options?: Options<BatchOptions>): Node {
  const given = optionsOf(options, 'batch', BATCH_OPTIONS);
  const ragged = given.ragged ?? false;
  return batchNode('batch', parent, size, given, { ragged }, ragged ? 'ragged' : 'equal');
}

export function paddedBatch(parent: Node, size: number, options?: Options<PaddedBatchOptions>): Node {
  const given = optionsOf(options, 'paddedBatch', PADDED_BATCH_OPTIONS);
  const padding = Padding.of(given);
  const {
    value,
    shape = null,
    side = 'right',
    multipleOf = 1,
    truncate = false,
    mask = false,
    lengths = false,
  } = given;
  const recorded = { value: recordedValue(value), shape, side, multipleOf, truncate, mask, lengths };
  return batchNode(
    'paddedBatch',
    parent,
    size,
    given,
    structuredClone(recorded) as { [name: string]: JsonValue },
    padding,
  );
}

/** What JSON cannot hold, 64-bit integers and infinities, as text. */
function recordedValue(value: PerField<PadValue> | undefined): JsonValue {
  if (value === undefined) return 'by type';
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, recordedValue(member)]));
}

function batchNode(
  kind: 'batch' | 'paddedBatch',
  parent: Node,
  size: number,
  options: BatchOptions | PaddedBatchOptions,
  recorded: { [name: string]: JsonValue },
  fit: Fit,
): Node {
  checkCount(size, 'batch size', 1);
  const dropRemainder = options.dropRemainder ?? false;
  const batches = dropRemainder ? Math.floor : Math.ceil;
  return defineNode({
    kind,
    parents: [parent],
    options,
    recorded: { size, dropRemainder, ...recorded },
    rows: stretchOfRows(() => {
      const length = parent.length();
      if (length.kind !== 'exact') return null;
      return { first: 0, step: size, end: dropRemainder ? Math.floor(length.items / size) * size : length.items };
    }),
    length: () => mapLength(parent.length(), (items) => batches(items / size)),
    open: ({ run, node, probe, parent: upstream }) =>
      new TransformStage(upstream(), new BatchTransform(size, dropRemainder, fit, run, node), probe),
  });
}

class BatchTransform implements Transform {
  #values: unknown[] = [];
  #origins: Origin[] = [];
  #count = 0;
  /** Of the batch that is being filled. */
  #gatherer: Gatherer | null = null;
  failure: Error | null = null;

  constructor(
    private readonly size: number,
    private readonly dropRemainder: boolean,
    private readonly fit: Fit,
    private readonly run: Run,
    private readonly node: Node,
  ) {}

  /** Behind a batch nothing is held back. Only the last one may be smaller. */
  seek(place: Place): ReturnType<NonNullable<Transform['seek']>> {
    if (place.again.length > 0) return null;
    const { count } = place;
    const length = this.node.parents[0]!.length();
    const most = length.kind === 'exact' ? length.items : Infinity;
    const items = count === null ? null : Math.min(count * this.size, most);
    return { upstream: { ...place, count: items }, begin: () => void (this.#count = count ?? 0) };
  }

  get buffered(): number {
    return this.#values.length;
  }

  /**
   * While tensors are gathered never beyond the batch: it may be free again before the next one is given its memory.
   */
  demand(want: number): number {
    const wanted = this.#gatherer === null ? want * this.size : this.size;
    return Math.min(this.run.chunk, wanted - this.#values.length);
  }

  limit(limit: number): number {
    return limit * this.size - this.#values.length;
  }

  push(input: Chunk): Chunk {
    const output = Chunk.empty();
    const { values, origins } = input;
    for (let at = 0; at < values.length && this.failure === null;) {
      const end = Math.min(at + this.size - this.#values.length, values.length);
      const isFirst = this.#values.length === 0;
      if (isFirst && this.fit === 'equal') this.#gatherer = Gatherer.of(values[at], this.size);
      if (isFirst && this.#gatherer === null) {
        this.#values = values.slice(at, end);
        this.#origins = origins.slice(at, end);
      } else this.#append(values, origins, at, end);
      at = end;
      if (this.#values.length === this.size) this.#close(output);
    }
    return output;
  }

  #append(values: readonly unknown[], origins: readonly Origin[], start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const value = values[i];
      this.#values.push(this.#gatherer === null ? value : this.#gatherer.move(value, this.#values.length));
      this.#origins.push(origins[i]!);
    }
  }

  flush(): Chunk {
    const output = Chunk.empty();
    if (this.#values.length > 0 && !this.dropRemainder) this.#close(output);
    return output;
  }

  #close(output: Chunk): void {
    const values = this.#values;
    const origins = this.#origins;
    this.#values = [];
    this.#origins = [];
    this.#gatherer = null;
    try {
      output.values.push(collate(values, this.fit));
    } catch (error) {
      const first = this.#count * this.size;
      this.failure = collateError(error, this.node, this.run, origins, (i) => first + i);
      // The batches before it are passed on first.
      if (output.length === 0) throw this.failure;
      return;
    }
    this.#count++;
    output.origins.push(origins);
  }
}
