import { reorderedRows } from '../graph/row-rules';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import { Chunk } from '../engine/chunk';
import type { Origin } from '../engine/origin';
import { seedOf } from '../graph/seed';
import type { Length } from 'stemma-document';
import type { Run } from '../engine/run';
import { type Transform, TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';
import { Random } from '../util/random';

const DEFAULT_BUFFER = 10_000;

/** The options of `shuffle`. */
export interface ShuffleOptions extends OperationOptions {
  /** The seed. Default: a random one, which is recorded. */
  seed?: number;
  /**
   * The number of items held in memory, from which the next one is drawn. Default: the number of items if known, else
   * 10,000.
   */
  bufferSize?: number;
  /** Whether each run has another order. Default true. */
  reshuffleEachIteration?: boolean;
}

const OPTIONS: OptionTypes<ShuffleOptions> = {
  ...OPERATION_OPTIONS,
  seed: 'any',
  bufferSize: 'any',
  reshuffleEachIteration: 'boolean',
};

export function shuffle(parent: Node, options?: Options<ShuffleOptions>): Node {
  const given = optionsOf(options, 'shuffle', OPTIONS);
  const seed = seedOf({ kind: 'shuffle', parents: [parent], given });
  const bufferSize = bufferSizeFor(parent.length(), given.bufferSize);
  const reshuffleEachIteration = given.reshuffleEachIteration ?? true;
  return defineNode({
    kind: 'shuffle',
    parents: [parent],
    options: given,
    recorded: { seed, bufferSize: bufferSize === Infinity ? null : bufferSize, reshuffleEachIteration },
    draws: reshuffleEachIteration,
    rows: reorderedRows,
    length: () => parent.length(),
    open: ({ run, epoch, node, probe, parent: upstream }) => {
      const random = new Random(seed, node.identity, reshuffleEachIteration ? epoch : 0);
      const expected = expectedSize(parent.length(), bufferSize);
      return new TransformStage(upstream(), new ShuffleTransform(bufferSize, random, run, expected), probe);
    },
  });
}

/** A stream of unknown length might never end. */
function bufferSizeFor({ kind }: Length, given: number | undefined): number {
  if (given !== undefined) return checkCount(given, 'bufferSize', 1);
  return kind === 'exact' || kind === 'atMost' ? Infinity : DEFAULT_BUFFER;
}

/** Upper bound for preallocation; the stream may turn out shorter. */
const MAX_EXPECTED = 2 ** 24;

/** How many items the buffer will surely hold. */
function expectedSize(length: Length, bufferSize: number): number {
  return length.kind === 'exact' ? Math.min(length.items, bufferSize, MAX_EXPECTED) : 0;
}

/** As tf.data's: a buffer is filled; each item that comes in takes the place of one drawn from it. */
class ShuffleTransform implements Transform {
  readonly #values: unknown[];
  #origins: Origin[] = [];
  #size = 0;

  /** `expected`: how much to allocate at once; growing a large array copies it, which takes milliseconds. */
  constructor(
    private readonly bufferSize: number,
    private readonly random: Random,
    private readonly run: Run,
    private readonly expected: number,
  ) {
    this.#values = new Array<unknown>(expected);
  }

  get buffered(): number {
    return this.#size;
  }

  demand(want: number): number {
    const missing = this.bufferSize - this.#size;
    return missing > 0 ? Math.min(this.run.chunk, missing + want) : want;
  }

  limit(limit: number): number {
    return this.bufferSize - this.#size + limit;
  }

  push(input: Chunk): Chunk {
    const { values, origins } = input;
    // Not allocated together with the values: the event loop gets its turn between the two.
    if (this.#origins.length < this.expected) this.#origins = new Array<Origin>(this.expected);
    let filled = 0;
    while (filled < values.length && this.#size < this.bufferSize) {
      this.#values[this.#size] = values[filled];
      this.#origins[this.#size++] = origins[filled++]!;
    }
    for (let i = filled; i < values.length; i++) {
      const at = this.random.int(this.bufferSize);
      const value = this.#values[at];
      const origin = this.#origins[at]!;
      this.#values[at] = values[i];
      this.#origins[at] = origins[i]!;
      values[i - filled] = value;
      origins[i - filled] = origin;
    }
    input.truncate(values.length - filled);
    return input;
  }

  /** The rest, in a random order (Fisher and Yates, from the end). */
  flush(want: number): Chunk {
    const output = Chunk.empty();
    const [values, origins] = [this.#values, this.#origins];
    for (let i = Math.min(want, this.#size); i > 0; i--) {
      const at = this.random.int(this.#size--);
      output.values.push(values[at]);
      output.origins.push(origins[at]!);
      values[at] = values[this.#size];
      origins[at] = origins[this.#size]!;
    }
    values.length = origins.length = this.#size;
    return output;
  }
}
