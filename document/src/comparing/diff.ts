import type { Process, ProvenanceDocument } from '../model/document';
import type { Change } from './change';
import { changesOf, type Side } from './changes';
import { checkGiven } from '../reading/check-given';
import { currentProcesses } from '../graph/current-processes';
import { isTransparent, nameGraph, type NamedProcess } from '../graph/name-graph';
import { inputsOf } from '../graph/inputs-hash';
import { knowOrder, outputDigest } from '../graph/output-digest';
import { matchUp } from './match';

/** Two documents beside each other, e.g. of two runs. */
export interface Diff {
  /** In the order of `b`; what only `a` has comes last. */
  pairs: ProcessPair[];
  /** All code is the same, and all options that decide what comes out; exactly then `canonicalHash` is. */
  sameDefinition: boolean;
  /**
   * What the functions capture and the sources read is the same, as far as both documents know: `inputsOf`. Null where
   * only one is merged.
   */
  sameInputs: boolean | null;
  /** The same came out at the ends: `outputDigest`. Null where one of the documents does not know. */
  sameOutput: boolean | null;
}

/**
 * A process of either document and its counterpart. `same`: the same code in the same place; `upstream`: its own
 * definition is the same, but not what it gets; `changed`: its own definition differs; `added` and `removed`: only `b`
 * or only `a` has it.
 */
export interface ProcessPair {
  match: 'same' | 'upstream' | 'changed' | 'added' | 'removed';
  a: Process | null;
  b: Process | null;
  changes: Change[];
  /** Mean time per item in `b` over that in `a`; null where either was not timed. */
  timeRatio: number | null;
}

/**
 * Lines up the processes of two documents and says what changed. Superseded ones are left out.
 *
 * @example
 * const { pairs } = diff(readDocument('monday.json'), readDocument('tuesday.json'));
 * pairs.filter((pair) => pair.match !== 'same').map((pair) => pair.changes);
 */
export function diff(a: ProvenanceDocument, b: ProvenanceDocument): Diff {
  for (const document of [a, b]) checkGiven(document, 'diff');
  const before = nameCurrent(a);
  const after = nameCurrent(b);
  const matches = matchUp(before, after);
  const taken = new Set([...matches.values()].map(({ node }) => node));
  const pairs = after.map((node): ProcessPair => {
    const found = matches.get(node);
    return pairOf(found?.match ?? 'added', found && { node: found.node, document: a }, { node, document: b });
  });
  for (const node of before) if (!taken.has(node)) pairs.push(pairOf('removed', { node, document: a }, undefined));
  const inOrder = knowOrder(a, b);
  const [output, other] = [outputDigest(a, { inOrder }), outputDigest(b, { inOrder })];
  // The values of parts do not add up to that of the whole.
  const areAlike = knowOrder(a) === knowOrder(b);
  return {
    pairs,
    sameDefinition: pairs.every(isSame),
    sameInputs: areAlike ? inputsOf(a).hash === inputsOf(b).hash : null,
    sameOutput: !areAlike || output === null || other === null ? null : output === other,
  };
}

const isSame = ({ match, a, b }: ProcessPair): boolean => match === 'same' || isTransparent((a ?? b)!);

function nameCurrent({ processes, session }: ProvenanceDocument): NamedProcess[] {
  return nameGraph(currentProcesses(processes), session.shard, { seesThrough: true });
}

function pairOf(match: ProcessPair['match'], a: Side | undefined, b: Side | undefined): ProcessPair {
  const before = a?.node.process ?? null;
  const after = b?.node.process ?? null;
  const meanA = before?.execution.selfTime?.meanMs ?? 0;
  const meanB = after?.execution.selfTime?.meanMs ?? 0;
  return {
    match,
    a: before,
    b: after,
    changes: a === undefined || b === undefined ? [] : changesOf(a, b),
    timeRatio: meanA > 0 && meanB > 0 ? meanB / meanA : null,
  };
}
