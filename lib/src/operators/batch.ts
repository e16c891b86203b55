import { mapLength } from '../graph/length';
import { defineNode, type Node, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { collate } from './collate';
import { Chunk } from '../engine/chunk';
import { pipelineError } from '../engine/errors';
import type { Origin } from '../engine/origin';
import type { Run } from '../engine/run';
import { type Transform, TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';

export interface BatchOptions extends OperationOptions {
  /** Leave out a last batch that is smaller than the others. Default false. */
  dropRemainder?: boolean;
}

export function batch(parent: Node, size: number, options?: Options<BatchOptions>): Node {
  checkCount(size, 'batch size', 1);
  const given = optionsOf(options);
  const dropRemainder = given.dropRemainder ?? false;
  const batches = dropRemainder ? Math.floor : Math.ceil;
  return defineNode({
    kind: 'batch',
    parents: [parent],
    options: given,
    recorded: { size, dropRemainder },
    length: () => mapLength(parent.length(), (items) => batches(items / size)),
    open: ({ run, node, probe, parent: upstream }) =>
      new TransformStage(upstream(), new BatchTransform(size, dropRemainder, run, node.label), probe),
  });
}

class BatchTransform implements Transform {
  #values: unknown[] = [];
  #origins: Origin[] = [];
  #count = 0;

  constructor(
    private readonly size: number,
    private readonly dropRemainder: boolean,
    private readonly run: Run,
    private readonly label: string,
  ) {}

  get buffered(): number {
    return this.#values.length;
  }

  demand(want: number): number {
    return Math.min(this.run.chunk, want * this.size - this.#values.length);
  }

  limit(limit: number): number {
    return limit * this.size - this.#values.length;
  }

  push(input: Chunk): Chunk {
    const output = Chunk.empty();
    const { values, origins } = input;
    for (let at = 0; at < values.length;) {
      const end = Math.min(at + this.size - this.#values.length, values.length);
      if (this.#values.length === 0) {
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
      this.#values.push(values[i]);
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
    try {
      output.values.push(collate(values));
    } catch (error) {
      throw pipelineError(error, {
        kind: 'batch',
        label: this.label,
        index: this.#count * this.size,
        origin: this.run.describeOrigin(origins),
      });
    }
    this.#count++;
    output.origins.push(origins);
  }
}
