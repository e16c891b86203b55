import { hashJson } from '../json/canonical-json';
import { append } from '../grouping/append';
import type { NamedProcess } from '../graph/name-graph';

/** Counterparts in `before`, by the process of `after`. */
type Matches = Map<NamedProcess, { node: NamedProcess; match: 'same' | 'upstream' | 'changed' }>;

/**
 * In order of confidence: name, own definition, kind and label, kind and where it gets its items. The other way round
 * it finds the same pairs.
 */
export function matchUp(earlier: readonly NamedProcess[], later: readonly NamedProcess[]): Matches {
  // Each comes after what it gets its items from, whose counterpart is known then.
  const [before, after] = [inDepth(earlier), inDepth(later)];
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
      if (sign !== null) append(waiting, sign, node);
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

const inDepth = (nodes: readonly NamedProcess[]): NamedProcess[] => [...nodes].sort((a, b) => a.depth - b.depth);

function placeSign(kind: string, maker: NamedProcess | undefined): string | null {
  return maker === undefined ? null : JSON.stringify([kind, maker.name]);
}
