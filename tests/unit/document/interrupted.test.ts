import { expect, it } from 'vitest';
import { Dataset, provenance, type ProvenanceDocument } from 'stemma';
import { interrupted } from 'stemma-document';
import { inSession } from './in-session';

/** The document in the middle of a run. */
async function underWay(): Promise<ProvenanceDocument> {
  let document: ProvenanceDocument | null = null;
  await inSession(() =>
    Dataset.range(9)
      .map((n) => n, 'Same')
      .forEach((n) => {
        if (n === 4) document = provenance.document();
      }),
  );
  if (document === null) throw new Error('the run did not reach the item');
  return document;
}

it('ends at the time of the document what ran', async () => {
  const before = await underWay();
  expect(before.runs.map(({ state }) => state)).toEqual(['running']);
  const after = interrupted(before);
  expect(JSON.stringify(after)).not.toContain('"state":"running"');
  const [run] = after.runs;
  expect(run?.state).toBe('aborted');
  expect(run?.endedAt).toBe(before.generatedAt);
  expect(run?.durationMs).toBe(Date.parse(before.generatedAt) - Date.parse(run?.startedAt ?? ''));
  // The figures stay as they were heard.
  expect(after.artifacts).toEqual(before.artifacts);
  expect(after.processes.map(({ execution }) => execution.itemsOut)).toEqual(
    before.processes.map(({ execution }) => execution.itemsOut),
  );
});

it('leaves a document alone in which nothing runs, also its own', async () => {
  const document = await inSession(() => Dataset.range(3).count());
  expect(interrupted(document)).toBe(document);
  const ended = interrupted(await underWay());
  expect(interrupted(ended)).toBe(ended);
});
