import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDigits } from '../../examples/make-digits.mjs';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { ProvenanceDocument } from 'stemma-document';
import { executeNotebook, textOf } from '../support/execute-notebook';
import { readDocument } from '../support/schemas';
import { temporaryFolder } from '../support/temporary-folder';

describe('examples/digits.ipynb', () => {
  const folder = temporaryFolder();
  let outputs: Awaited<ReturnType<typeof executeNotebook>>;
  let document: ProvenanceDocument;

  beforeAll(async () => {
    makeDigits(join(folder, 'data', 'digits'), { perClass: 50 });
    copyFileSync(inRoot('examples', 'digits.ipynb'), join(folder, 'digits.ipynb'));
    outputs = await executeNotebook(folder, 'digits.ipynb');
    document = readDocument(join(folder, 'digits.provenance.json'));
  });

  const labelled = (label: string) => document.processes.filter((process) => process.label === label);

  it('makes fifteen batches of five hundred digits', () => {
    expect(textOf(outputs.get('train'))).toContain('15');
    expect(labelled('Batch for training')[0]?.execution.itemsOut).toBe(15);
  });

  it('has the steps of the talk, ten of them for ten classes', () => {
    const labels = [...new Set(document.processes.map(({ label }) => label))];
    expect(labels).toEqual(
      expect.arrayContaining([
        ...Array.from({ length: 10 }, (_, label) => `Load class ${label}`),
        'Add label',
        'Shuffle together',
        'Decode',
        'Drop nearly empty',
        'Scale to float32',
        'Normalization factors',
        'Normalize',
        'Augment',
        'Batch for training',
      ]),
    );
    expect(labelled('Add label')).toHaveLength(10);
  });

  it('leaves out the files that are broken on purpose, and says why', () => {
    const decode = labelled('Decode')[0]!.execution;
    expect(decode).toMatchObject({ itemsIn: 1018, itemsOut: 1006, skipped: 12, failed: 0 });
    expect(decode.skippedItems.map(({ origin }) => origin).join()).toContain('interrupted-upload.png');
    expect(labelled('Drop nearly empty')[0]!.execution).toMatchObject({ itemsIn: 1006, itemsOut: 1000 });
  });

  it('records seeds, cells and schemas', () => {
    expect(labelled('Shuffle together')[0]!.options).toMatchObject({ seed: 123, bufferSize: null });
    expect(labelled('Augment')[0]!.options).toMatchObject({ seed: 7 });
    expect(document.processes.every(({ cell }) => cell !== null)).toBe(true);
    const batches = document.artifacts.find(({ id }) => id === labelled('Batch for training')[0]!.outputs[0])!;
    expect(batches.execution.schemaText).toBe("{image: [[32,1,28,28],'float32'], label: [[32],'int']}");
    expect(labelled('Normalize')[0]!.uses).toEqual(labelled('Normalization factors')[0]!.outputs);
  });
});
