import { mapLength } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import type { OptionTypes } from '../../util/options';
import { Chunk } from '../../engine/chunk';
import type { Origin } from '../../engine/origin';
import type { Run } from '../../engine/run';
import { type Transform, TransformStage } from '../../engine/transform-stage';
import { checkCount } from '../../util/check';
import { collate } from './collate';
import { collateError } from './collate-error';

/** The options of `window`. */
export interface WindowOptions<Collate extends boolean = boolean> extends OperationOptions {
  /** The distance between the starts of two windows, in items. Default: `size`, so windows do not overlap. */
  shift?: number;
  /** The distance between two items of a window. Default 1. */
  stride?: number;
  /** Combine the items of a window as `batch` does. Default false: keep lists. */
  collate?: Collate;
  /** Drop the windows at the end that are smaller than `size`. Default false. */
  dropRemainder?: boolean;
}

const OPTIONS: OptionTypes<WindowOptions> = {
  ...OPERATION_OPTIONS,
  shift: 'any',
  stride: 'any',
  collate: 'boolean',
  dropRemainder: 'boolean',
};

export function window(parent: Node, size: number, options?: Options<WindowOptions>): Node {
  checkCount(size, 'window size', 1);
  const given = optionsOf(options, 'window', OPTIONS);
  const { shift = size, stride = 1 } = given;
  checkCount(shift, 'shift', 1);
  checkCount(stride, 'stride', 1);
  const dropRemainder = given.dropRemainder ?? false;
  const collated = given.collate ?? false;
  const span = (size - 1) * stride + 1;
  return defineNode({
    kind: 'window',
    parents: [parent],
    options: given,
    recorded: { size, shift, stride, dropRemainder, ...(collated ? { collate: true } : {}) },
    length: () =>
      mapLength(parent.length(), (items) =>
        dropRemainder ? (items < span ? 0 : Math.floor((items - span) / shift) + 1) : Math.ceil(items / shift),
      ),
    open: ({ run, node, probe, parent: upstream }) =>
      new TransformStage(
        upstream(),
        new WindowTransform(run, node, span, shift, stride, dropRemainder, collated),
        probe,
      ),
  });
}

/** Overlapping windows hold an item many times; this many are copied at a time. */
const MAX_COPIED = 2 ** 16;

class WindowTransform implements Transform {
  /** The items from the start of the next window on. */
  #values: unknown[] = [];
  #origins: Origin[] = [];
  #count = 0;
  failure: Error | null = null;
  /** Items before the next window that have yet to go by, where `shift` leaves gaps. */
  #gap = 0;

  constructor(
    private readonly run: Run,
    private readonly node: Node,
    private readonly span: number,
    private readonly shift: number,
    private readonly stride: number,
    private readonly dropRemainder: boolean,
    private readonly collated: boolean,
  ) {}

  get buffered(): number {
    return this.#values.length;
  }

  demand(want: number): number {
    return Math.min(Math.max(want, this.run.chunk), this.limit(this.#atOnce(want)));
  }

  #atOnce(want: number): number {
    return Math.min(want, Math.ceil(MAX_COPIED / this.span));
  }

  limit(limit: number): number {
    return this.#gap + Math.max(1, this.span - this.#values.length) + (limit - 1) * this.shift;
  }

  push(input: Chunk): Chunk {
    const output = Chunk.empty();
    for (let i = 0; i < input.length && this.failure === null; i++) {
      if (this.#gap > 0) {
        this.#gap--;
        continue;
      }
      this.#values.push(input.values[i]);
      this.#origins.push(input.origins[i]!);
      if (this.#values.length === this.span) this.#close(output);
    }
    return output;
  }

  flush(want: number): Chunk {
    const output = Chunk.empty();
    if (this.dropRemainder) return output;
    for (let i = this.#atOnce(want); i > 0 && this.#values.length > 0 && this.failure === null; i--)
      this.#close(output);
    return output;
  }

  #close(output: Chunk): void {
    const values = every(this.#values, this.stride, this.span);
    const origins = every(this.#origins, this.stride, this.span);
    if (this.collated) {
      try {
        output.values.push(collate(values));
      } catch (error) {
        const first = this.#count * this.shift;
        this.failure = collateError(error, this.node, this.run, origins, (i) => first + i * this.stride);
        // The windows before it are passed on first.
        if (output.length === 0) throw this.failure;
        return;
      }
    } else output.values.push(values);
    output.origins.push(origins);
    this.#count++;
    this.#gap = Math.max(0, this.shift - this.#values.length);
    this.#values = this.#values.slice(this.shift);
    this.#origins = this.#origins.slice(this.shift);
  }
}

function every<T>(items: readonly T[], stride: number, end: number): T[] {
  if (stride === 1) return items.slice(0, end);
  return items.slice(0, end).filter((_, i) => i % stride === 0);
}
