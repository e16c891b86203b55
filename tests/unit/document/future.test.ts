import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash, checkDocument, diff, merge, parseDocument, type ProvenanceDocument } from 'stemma';
import schema from '../../../schema/provenance.schema.json';
import { fromTheFuture } from '../../support/from-the-future';
import { soak } from '../../support/soak';
import { arbitraryDocument } from './arbitrary-document';

const NAMES = ['verdict', 'later', 'metrics 2'];
const WORDS = ['training', 'model', 'paused'];

/**
 * A document, and as a later version might write it; `words`: with words that this version does not know. The values of
 * new members are unlike any other.
 */
const future = (words: boolean): fc.Arbitrary<{ now: ProvenanceDocument; later: ProvenanceDocument }> =>
  fc
    .tuple(arbitraryDocument, fc.integer(), fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 4 }))
    .map(([now, seed, values]) => {
      let state = seed >>> 0;
      const next = (below: number): number => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      let marks = 0;
      const later = fromTheFuture(now, {
        member: (path) => {
          if (next(3) > 0) return null;
          // Members of a process and of its execution never share a name: a session's contribution holds both.
          const name = `${NAMES[next(3)]}${path.endsWith('.execution') ? ' of it' : ''}`;
          return { name, value: { mark: `<${++marks}>`, value: values[next(values.length)] } };
        },
        word: () => (words && next(4) === 0 ? WORDS[next(3)]! : null),
      });
      const version = `1.${next(20)}` as const;
      return { now, later: JSON.parse(JSON.stringify({ ...later, version })) as ProvenanceDocument };
    });

const bytes = (document: ProvenanceDocument): string => JSON.stringify(document);

/** What new members say, apart from samples, of which only some are kept in any case. */
function marksOf(document: ProvenanceDocument): string[] {
  const artifacts = document.artifacts.map((one) => ({ ...one, execution: { ...one.execution, samples: [] } }));
  return bytes({ ...document, artifacts }).match(/<\d+>/g) ?? [];
}

describe('documents of later versions', () => {
  it('are read as they are, whatever they say beside what is known', () => {
    let marks = 0;
    fc.assert(
      fc.property(future(true), ({ later }) => {
        marks += marksOf(later).length;
        expect(checkDocument(later)).toEqual(later);
        expect(parseDocument(bytes(later))).toEqual(later);
      }),
      { numRuns: soak(2000, 100) },
    );
    expect(marks).toBeGreaterThan(500);
  });

  it('are refused where something known is malformed', () => {
    fc.assert(
      fc.property(future(true), ({ later }) => {
        const copy = structuredClone(later);
        for (const process of copy.processes) process.execution.itemsIn = 'many' as never;
        if (copy.processes.length > 0)
          expect(() => checkDocument(copy)).toThrow('processes[0].execution.itemsIn: expected');
      }),
      { numRuns: soak(500, 50) },
    );
  });

  it('merge in any order and grouping, and however often each comes', () => {
    fc.assert(
      fc.property(future(true), future(true), future(true), ({ later: a }, { later: b }, { later: c }) => {
        const all = bytes(merge(a, b, c));
        expect(bytes(checkDocument(JSON.parse(all)))).toBe(all);
        expect(bytes(merge(c, a, b))).toBe(all);
        expect(bytes(merge(merge(a, b), c))).toBe(all);
        expect(bytes(merge(a, merge(c, b)))).toBe(all);
        expect(bytes(merge(merge(a, b, c), b, b))).toBe(all);
      }),
      { numRuns: soak(1200, 80) },
    );
  });

  it('keep all that they say in a merged document', () => {
    fc.assert(
      fc.property(future(true), ({ later }) => {
        const merged = bytes(merge(later));
        for (const mark of marksOf(later)) expect(merged).toContain(mark);
      }),
      { numRuns: soak(1200, 80) },
    );
  });

  it('could keep them as members of a contribution: no process and its execution share a name', () => {
    const { Process, ProcessExecution, Artifact, ArtifactExecution } = schema.$defs;
    const shared = (a: object, b: object) => Object.keys(a).filter((name) => name in b);
    expect(shared(Process.properties, ProcessExecution.properties)).toEqual([]);
    expect(shared(Artifact.properties, ArtifactExecution.properties)).toEqual([]);
  });

  it('have the hash that they had without new members, and no difference from themselves', () => {
    fc.assert(
      fc.property(future(false), ({ now, later }) => {
        expect(canonicalHash(later)).toBe(canonicalHash(now));
        expect(diff(now, later)).toMatchObject({ sameDefinition: true });
      }),
      { numRuns: soak(800, 60) },
    );
  });
});
