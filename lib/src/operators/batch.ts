import { mapLength } from '../graph/length';
import {
  defineNode,
  type Node,
  OPERATION_OPTIONS,
  type OperationOptions,
  type Options,
  optionsOf,
} from '../graph/node';
import type { OptionTypes } from '../util/options';
import { collate, type Fit } from './collate';
import { Gatherer } from './gather';
import { checkPadding, type PaddedShape, type PerField } from './padding';
import { Chunk } from '../engine/chunk';
import { pipelineError } from '../engine/errors';
import type { Origin } from '../engine/origin';
import type { Run } from '../engine/run';
import type { JsonValue } from '../provenance/document';
import { type Transform, TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';

/** The options of `batch`. */
export interface BatchOptions extends OperationOptions {
  /** Leave out a last batch that is smaller than the others. Default false. */
  dropRemainder?: boolean;
  /**
   * Items that differ may be in one batch: tensors and lists of different sizes then are a list of them, and undefined stands where a record lacks a field
   * that others have. Default false: they are an error.
   */
  ragged?: boolean;
}

/** The options of `paddedBatch`. */
export interface PaddedBatchOptions extends OperationOptions {
  /** What is put in the missing places, or a record of that by field. Default 0, which also is that of fields left out. */
  value?: PerField<number>;
  /**
   * The shape to fill up to, or a record of shapes by field; null, for a shape or one of its sizes: the greatest in the batch. Default null, which also is
   * that of fields left out.
   */
  shape?: PerField<PaddedShape | null>;
  /** Leave out a last batch that is smaller than the others. Default false. */
  dropRemainder?: boolean;
}

const BATCH_OPTIONS: OptionTypes<BatchOptions> = { ...OPERATION_OPTIONS, dropRemainder: 'boolean', ragged: 'boolean' };

const PADDED_BATCH_OPTIONS: OptionTypes<PaddedBatchOptions> = {
  ...OPERATION_OPTIONS,
  value: 'any',
  shape: 'any',
  dropRemainder: 'boolean',
};

export function batch(parent: Node, size: number, options?: Options<BatchOptions>): Node {
  const given = optionsOf(options, 'batch', BATCH_OPTIONS);
  const ragged = given.ragged ?? false;
  return batchNode('batch', parent, size, given, { ragged }, ragged ? 'ragged' : 'equal');
}

export function paddedBatch(parent: Node, size: number, options?: Options<PaddedBatchOptions>): Node {
  const given = optionsOf(options, 'paddedBatch', PADDED_BATCH_OPTIONS);
  const padding = structuredClone({ value: given.value ?? 0, shape: given.shape ?? null });
  checkPadding(padding);
  const recorded = padding as { [name: string]: JsonValue };
  return batchNode('paddedBatch', parent, size, given, recorded, padding);
}

function batchNode(
  kind: string,
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

  get buffered(): number {
    return this.#values.length;
  }

  /** While tensors are gathered never beyond the batch: it may be free again before the next one is given its memory. */
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
      const { kind, label } = this.node;
      const index = this.#count * this.size;
      this.failure = pipelineError(error, { kind, label, index, origin: this.run.describeOrigin(origins) });
      // The batches before it are handed on first.
      if (output.length === 0) throw this.failure;
      return;
    }
    this.#count++;
    output.origins.push(origins);
  }
}
