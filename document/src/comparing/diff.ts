import type { ProvenanceDocument } from '../model/document';
import type { Change } from './change';
import { changedEnvironment } from './changed-environment';
import { changesOf, comparedOf, type Side } from './changes';
import { markUpstream } from './mark-upstream';
import type { ProcessPair } from './process-pair';
import { checkGiven } from '../reading/check-given';
import { isTransparent } from '../graph/name-graph';
import { inputsOfNamed, nameCurrent } from '../graph/inputs-hash';
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
  /** What differs around the graph: parameters, seed, own files, commit, versions, machine. */
  environment: Change[];
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
  const [inA, inB] = [comparedOf(a), comparedOf(b)];
  const matches = matchUp(before, after);
  const taken = new Set([...matches.values()].map(({ node }) => node));
  const pairs = after.map((node): ProcessPair => {
    const found = matches.get(node);
    return pairOf(found?.match ?? 'added', found && { node: found.node, ...inA }, { node, ...inB });
  });
  for (const node of before) if (!taken.has(node)) pairs.push(pairOf('removed', { node, ...inA }, undefined));
  const inOrder = knowOrder(a, b);
  const [output, other] = [outputDigest(a, { inOrder }), outputDigest(b, { inOrder })];
  // The values of parts do not add up to that of the whole.
  const areAlike = knowOrder(a) === knowOrder(b);
  const sameDefinition = pairs.every(isSame);
  markUpstream(pairs);
  return {
    pairs,
    sameDefinition,
    sameInputs: areAlike
      ? inputsOfNamed(before, inA.artifacts).hash === inputsOfNamed(after, inB.artifacts).hash
      : null,
    sameOutput: !areAlike || output === null || other === null ? null : output === other,
    environment: changedEnvironment(a, b),
  };
}

const isSame = ({ match, a, b }: ProcessPair): boolean => match === 'same' || isTransparent((a ?? b)!);

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
