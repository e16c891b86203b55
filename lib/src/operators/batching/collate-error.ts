import { pipelineError } from '../../engine/errors';
import type { Origin } from '../../engine/origin';
import type { Run } from '../../engine/run';
import type { Node } from '../../graph/node';
import { explainDepth } from '../../util/stack-overflow';
import { ItemsDiffer } from './collate';

/**
 * The error of items that make no batch: where one of them differs it names that one, else the first. `indexOf`: the
 * index in the stream of item `i`.
 */
export function collateError(
  error: unknown,
  { kind, label }: Node,
  run: Run,
  origins: readonly Origin[],
  indexOf: (i: number) => number,
): Error {
  const odd = error instanceof ItemsDiffer ? error.index : null;
  const origin = run.describeOrigin(odd === null ? [...origins] : origins[odd]!);
  const advice = 'map the items to what a batch can hold first';
  const cause = explainDepth(error, 'one of the items', advice);
  return pipelineError(cause, { kind, label, index: indexOf(odd ?? 0), origin });
}
