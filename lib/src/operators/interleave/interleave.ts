import { joinedRows } from '../../graph/row-rules';
import { addLengths } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import type { OptionTypes } from '../../util/options';
import { Inlet } from '../../engine/inlet';
import { type Picker, PickStage } from '../../engine/pick-stage';
import { checkCount } from '../../util/check';

/** The options of `Dataset.interleave`. */
export interface InterleaveOptions extends OperationOptions {
  /** The number of items taken from a dataset before the next one. Default 1. */
  blockLength?: number;
}

const OPTIONS: OptionTypes<InterleaveOptions> = { ...OPERATION_OPTIONS, blockLength: 'any' };

export function interleave(parents: readonly Node[], options?: Options<InterleaveOptions>): Node {
  const given = optionsOf(options, 'interleave', OPTIONS);
  const { blockLength = 1 } = given;
  checkCount(blockLength, 'blockLength', 1);
  return defineNode({
    kind: 'interleave',
    parents,
    options: given,
    recorded: { blockLength },
    rows: joinedRows(false),
    length: () => addLengths(parents.map((parent) => parent.length())),
    open: ({ probe, parent }) =>
      new PickStage(
        parents.map((_, i) => new Inlet(parent(i), probe)),
        new InTurn(blockLength),
        probe,
      ),
  });
}

/** Round and round, leaving out what has ended. */
class InTurn implements Picker {
  #at = 0;
  #left: number;

  constructor(private readonly blockLength: number) {
    this.#left = blockLength;
  }

  pick(ended: readonly boolean[]): number {
    if (ended.every(Boolean)) return -1;
    while (this.#left === 0 || ended[this.#at]) {
      this.#at = (this.#at + 1) % ended.length;
      this.#left = this.blockLength;
    }
    this.#left--;
    return this.#at;
  }
}
