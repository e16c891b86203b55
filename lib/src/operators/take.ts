import { someRows, stretchOfRows } from '../graph/row-rules';
import { isExactly, takeLength } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { warnIfReshuffled } from '../graph/reshuffled';
import type { Chunk } from '../engine/chunk';
import type { Place } from '../engine/place';
import { type Transform, TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';

export function take(parent: Node, count: number, options?: Options<OperationOptions>): Node {
  checkCount(count, 'count of take');
  return warnIfReshuffled(
    defineNode({
      kind: 'take',
      parents: [parent],
      options: optionsOf(options, 'take', OPERATION_OPTIONS),
      recorded: { count },
      isLook: count <= 1 && !isExactly(parent.length(), count),
      rows: stretchOfRows(() => ({ first: 0, step: 1, end: count }), someRows),
      length: () => takeLength(parent.length(), count),
      open: ({ probe, parent: upstream }) => new TransformStage(upstream(), new TakeTransform(count), probe),
    }),
  );
}

class TakeTransform implements Transform {
  constructor(private rest: number) {}

  get done(): boolean {
    return this.rest <= 0;
  }

  seek(place: Place): ReturnType<NonNullable<Transform['seek']>> {
    const { count, again } = place;
    if (count === null) return null;
    return { upstream: place, begin: () => (this.rest = Math.max(0, this.rest - count) + again.length) };
  }

  demand(want: number): number {
    return Math.min(want, this.rest);
  }

  limit(limit: number): number {
    return Math.min(limit, this.rest);
  }

  push(input: Chunk): Chunk {
    if (input.length > this.rest) input.truncate(this.rest);
    this.rest -= input.length;
    return input;
  }
}
