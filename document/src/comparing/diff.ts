import type { Process, ProvenanceDocument } from '../model/document';
import { hashJson } from '../json/canonical-json';
import { type Change, changesOf, type Side } from './changes';
import { checkGiven } from '../reading/check-given';
import { currentProcesses } from '../graph/current-processes';
import { nameGraph, type NamedProcess } from '../graph/name-graph';

/** Two documents beside each other, e.g. of two runs. */
export interface Diff {
  /** In the order of `b`; what only `a` has comes last. */
  pairs: ProcessPair[];
  /** All code is the same, and all options. */
  sameDefinition: boolean;
}

/**
 * A process of either document and its counterpart. `same`: the same code in the same place; `upstream`: its own definition is the same, but not what
 * it gets; `changed`: its own definition differs; `added` and `removed`: only `b` or only `a` has it.
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
  return { pairs, sameDefinition: pairs.every(({ match }) => match === 'same') };
}

function nameCurrent({ processes, session }: ProvenanceDocument): NamedProcess[] {
  return nameGraph(currentProcesses(processes), session.shard);
}

type Matches = Map<NamedProcess, { node: NamedProcess; match: 'same' | 'upstream' | 'changed' }>;

/** From the surest sign to the least: name, own definition, kind and label, kind and where it gets its items. */
function matchUp(before: readonly NamedProcess[], after: readonly NamedProcess[]): Matches {
  const matches: Matches = new Map();
  const counterparts = new Map<NamedProcess, NamedProcess>();
  const round = (
    match: 'same' | 'upstream' | 'changed',
    signA: (node: NamedProcess) => string | null,
    signB = signA,
  ): void => {
    const waiting = new Map<string, NamedProcess[]>();
    for (const node of before) {
      const sign = counterparts.has(node) ? null : signA(node);
      if (sign !== null) waiting.set(sign, [...(waiting.get(sign) ?? []), node]);
    }
    for (const node of after) {
      const sign = matches.has(node) ? null : signB(node);
      const found = sign === null ? undefined : waiting.get(sign)?.shift();
      if (found === undefined) continue;
      matches.set(node, { node: found, match });
      counterparts.set(found, node);
    }
  };
  round('same', ({ name }) => name);
  round('upstream', ({ definition }) => hashJson(definition));
  round('changed', ({ definition: { kind, label } }) => JSON.stringify([kind, label]));
  const producerOf = (nodes: readonly NamedProcess[]): Map<string, NamedProcess> =>
    new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const makersBefore = producerOf(before);
  const makersAfter = producerOf(after);
  round(
    'changed',
    ({ definition, inputs }) => placeSign(definition.kind, makersBefore.get(inputs[0] ?? '')),
    ({ definition, inputs }) => {
      const maker = makersAfter.get(inputs[0] ?? '');
      return placeSign(definition.kind, maker && matches.get(maker)?.node);
    },
  );
  return matches;
}

function placeSign(kind: string, maker: NamedProcess | undefined): string | null {
  return maker === undefined ? null : JSON.stringify([kind, maker.name]);
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
