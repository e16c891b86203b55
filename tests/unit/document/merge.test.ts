import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, merge, type ProvenanceDocument } from 'stemma';
import { validDocument } from '../../support/schemas';
import { arbitraryDocument } from './arbitrary-document';
import { inSession } from './in-session';
import { soak } from '../../support/soak';

const bytes = (document: ProvenanceDocument): string => JSON.stringify(document);

/** As Stemma wrote it when runs were numbered in each session: `r3` in all places that name a run. */
function withOldIds(document: ProvenanceDocument): ProvenanceDocument {
  const ids = document.runs.map(({ id }) => id);
  return JSON.parse(
    ids.reduce((text, id, at) => text.replaceAll(id, `r${at + 1}`), bytes(document)),
  ) as typeof document;
}

describe('ids of runs in merged documents', () => {
  const recorded = () =>
    inSession(async () => {
      const rows = Dataset.fromArray([1, 2, 'three'], 'Rows').map((row) => row, 'Same');
      await rows.count();
      await rows.toArray();
    });

  /** Every place that names a run. */
  const named = ({ runs, processes, artifacts, contributions = [] }: ProvenanceDocument): string[] => [
    ...runs.map(({ id }) => id),
    ...processes.flatMap(({ execution }) => execution.latestRun?.run ?? []),
    ...artifacts.flatMap(({ execution: { anomaly, samples } }) =>
      [anomaly, ...samples].flatMap((one) => one?.run ?? []),
    ),
    ...contributions.flatMap(({ processes }) => Object.values(processes).flatMap((one) => one.latestRun?.run ?? [])),
    ...contributions.flatMap(({ artifacts }) => Object.values(artifacts).flatMap((one) => one.anomaly?.run ?? [])),
  ];

  it('are those of their sessions, which are UUIDs and unique', async () => {
    const [a, b] = [await recorded(), await recorded()];
    const merged = merge(b, a);
    const ids = [...a.runs, ...b.runs].map(({ id }) => id);
    expect(merged.runs.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(4);
    for (const run of named(merged)) expect(ids).toContain(run);
    expect(merged.runs.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(b.runs.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('have the session before them where old documents number their runs, also beside new ones', async () => {
    const [old, now] = [withOldIds(await recorded()), await recorded()];
    const ids = [`${old.session.id}/r1`, `${old.session.id}/r2`, ...now.runs.map(({ id }) => id)];
    const merged = merge(old, now);
    expect(merged.runs.map(({ id }) => id)).toEqual(ids);
    for (const run of named(merged)) expect(ids).toContain(run);
    expect(bytes(merge(merged, old))).toBe(bytes(merged));
  });

  it('are numbered on from the runs that were dropped', async () => {
    const document = await recorded();
    document.dropped.runs = 7;
    expect(merge(document).runs.map(({ number }) => number)).toEqual([8, 9]);
  });
});

describe('merge of any documents', () => {
  it('is valid and depends on neither order nor grouping', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, arbitraryDocument, (a, b, c) => {
        const all = bytes(validDocument(merge(a, b, c)));
        expect(bytes(merge(c, a, b))).toBe(all);
        expect(bytes(merge(merge(a, b), c))).toBe(all);
        expect(bytes(merge(a, merge(c, b)))).toBe(all);
      }),
      { numRuns: soak(2400, 120) },
    );
  });

  it('adds nothing where a document comes twice', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        const once = merge(a, b);
        expect(bytes(merge(once, a))).toBe(bytes(once));
        expect(bytes(merge(once, once, b))).toBe(bytes(once));
        expect(bytes(merge(a))).toBe(bytes(merge(a, a)));
      }),
      { numRuns: soak(2400, 120) },
    );
  });

  it('leaves what it is given as it was', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        const before = bytes(a);
        merge(a, b);
        expect(bytes(a)).toBe(before);
      }),
      { numRuns: soak(1000, 50) },
    );
  });
});
