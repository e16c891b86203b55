import { allRows } from '../graph/row-rules';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import type { Chunk } from '../engine/chunk';
import type { Place } from '../engine/place';
import { type Transform, TransformStage } from '../engine/transform-stage';
import { checkWhole } from '../util/check';

/** The options of `enumerate`. */
export interface EnumerateOptions extends OperationOptions {
  /** The index of the first item. Default 0. */
  start?: number;
}

const OPTIONS: OptionTypes<EnumerateOptions> = { ...OPERATION_OPTIONS, start: 'any' };

export function enumerate(parent: Node, options?: Options<EnumerateOptions>): Node {
  const given = optionsOf(options, 'enumerate', OPTIONS);
  const { start = 0 } = given;
  checkWhole(start, 'start of enumerate');
  return defineNode({
    kind: 'enumerate',
    parents: [parent],
    options: given,
    recorded: { start },
    rows: allRows,
    length: () => parent.length(),
    open: ({ probe, parent: upstream }) => new TransformStage(upstream(), new EnumerateTransform(start), probe),
  });
}

class EnumerateTransform implements Transform {
  constructor(private next: number) {}

  seek(place: Place): ReturnType<NonNullable<Transform['seek']>> {
    const { count, again } = place;
    return count === null || again.length > 0 ? null : { upstream: place, begin: () => void (this.next += count) };
  }

  push(input: Chunk): Chunk {
    const { values } = input;
    for (let i = 0; i < values.length; i++) values[i] = [this.next++, values[i]];
    return input;
  }
}
