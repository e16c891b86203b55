import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, diff, type Diff, type ProcessPair, type ProvenanceDocument, unite } from 'stemma-document';
import { arbitraryDocument } from './arbitrary-document';

const MIRRORED: { [match in ProcessPair['match']]: ProcessPair['match'] } = {
  same: 'same',
  upstream: 'upstream',
  changed: 'changed',
  added: 'removed',
  removed: 'added',
};

const mirroredChange = ({ a, b, ...rest }: Change): Change => ({ ...rest, a: b, b: a });

/** What differs, whatever order it is listed in. */
const told = ({ pairs, environment, ...rest }: Diff): unknown => ({
  ...rest,
  pairs: pairs
    .map(({ match, a, b, changes }) => [match, a?.id ?? null, b?.id ?? null, inOrder(changes)])
    .map((pair) => JSON.stringify(pair))
    .sort(),
  environment: inOrder(environment),
});

const inOrder = (changes: readonly Change[]): string[] => changes.map((change) => JSON.stringify(change)).sort();

const mirrored = ({ pairs, environment, ...rest }: Diff): Diff => ({
  ...rest,
  environment: environment.map(mirroredChange),
  pairs: pairs.map((pair) => ({
    ...pair,
    match: MIRRORED[pair.match],
    a: pair.b,
    b: pair.a,
    changes: pair.changes.map(mirroredChange),
  })),
});

describe('the laws of diff', () => {
  it('a document and itself have no difference', () => {
    fc.assert(
      fc.property(arbitraryDocument, (document) => {
        const { pairs, environment, ...same } = diff(document, structuredClone(document));
        expect(pairs.filter(({ match, changes }) => match !== 'same' || changes.length > 0)).toEqual([]);
        expect(environment).toEqual([]);
        expect(same).toMatchObject({ sameDefinition: true, sameInputs: true });
      }),
    );
  });

  it('the other way round it finds the same, mirrored', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        expect(told(diff(b, a))).toEqual(told(mirrored(diff(a, b))));
      }),
      { numRuns: 300 },
    );
  });

  it('nothing is the same behind a difference', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        const { pairs } = diff(a, b);
        for (const { match, b: process } of pairs)
          if (match === 'same')
            for (const input of process!.inputs) {
              const maker = pairs.find((pair) => pair.b?.outputs.includes(input));
              expect([undefined, 'same']).toContain(maker?.match);
            }
      }),
    );
  });

  it('both are in one graph, each process once, without a circle', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        const found = diff(a, b);
        const { document, pairs } = unite(a, b, found);
        expect(document.processes).toHaveLength(found.pairs.length);
        expect(document.processes.map(({ id }) => pairs.get(id)!.match).sort()).toEqual(
          found.pairs.map(({ match }) => match).sort(),
        );
        const ids = [...document.processes, ...document.artifacts].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { producer, consumers } of document.artifacts)
          for (const id of [producer, ...consumers]) expect(ids).toContain(id);
        expect(hasCircle(document)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

/** Whether what is left after taking off all ends, again and again, is not nothing. */
function hasCircle({ processes }: ProvenanceDocument): boolean {
  let left = [...processes];
  for (;;) {
    const made = new Set(left.flatMap(({ outputs }) => outputs));
    const rest = left.filter(({ inputs }) => inputs.some((id) => made.has(id)));
    if (rest.length === left.length) return rest.length > 0;
    left = rest;
  }
}
