import { someRows, stretchOfRows } from '../graph/row-rules';
import { mapLength } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { warnIfReshuffled } from '../graph/reshuffled';
import type { Chunk } from '../engine/chunk';
import type { Place } from '../engine/place';
import type { Run } from '../engine/run';
import { type Transform, TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';

export function skip(parent: Node, count: number, options?: Options<OperationOptions>): Node {
  checkCount(count, 'count of skip');
  return warnIfReshuffled(
    defineNode({
      kind: 'skip',
      parents: [parent],
      options: optionsOf(options, 'skip', OPERATION_OPTIONS),
      recorded: { count },
      rows: stretchOfRows(() => ({ first: count, step: 1, end: Infinity }), someRows),
      length: () => mapLength(parent.length(), (items) => Math.max(0, items - count)),
      open: ({ run, probe, parent: upstream }) => new TransformStage(upstream(), new SkipTransform(count, run), probe),
    }),
  );
}

class SkipTransform implements Transform {
  constructor(
    private rest: number,
    private readonly run: Run,
  ) {}

  seek(place: Place): ReturnType<NonNullable<Transform['seek']>> {
    const count = place.count === null ? null : place.count + this.rest;
    return { upstream: { ...place, count }, begin: () => void (this.rest = 0) };
  }

  demand(want: number): number {
    return this.rest > 0 ? Math.min(this.run.chunk, this.rest + want) : want;
  }

  limit(limit: number): number {
    return this.rest + limit;
  }

  push(input: Chunk): Chunk {
    const skipped = Math.min(this.rest, input.length);
    if (skipped === 0) return input;
    this.rest -= skipped;
    input.values.splice(0, skipped);
    input.origins.splice(0, skipped);
    return input;
  }
}
