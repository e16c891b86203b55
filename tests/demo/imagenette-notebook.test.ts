import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { ProvenanceDocument } from 'stemma-document';
import { executeNotebook } from '../support/execute-notebook';
import { readDocument } from '../support/schemas';
import { temporaryFolder } from '../support/temporary-folder';

const CLASSES = ['n01440764', 'n02102040', 'n02979186', 'n03000684', 'n03028079'];
const PER_CLASS = 8;

/** A folder with the layout of imagenette2-320: JPEG files of various sizes in train/<WordNet id>. */
async function makePhotographs(folder: string): Promise<void> {
  for (const [label, id] of CLASSES.entries()) {
    mkdirSync(join(folder, 'train', id), { recursive: true });
    for (let index = 0; index < PER_CLASS; index++) {
      const noise = { type: 'gaussian' as const, mean: 60 + 20 * label, sigma: 30 };
      const size = { width: 320 + 10 * index, height: 320, channels: 3 as const };
      const file = join(folder, 'train', id, `${id}_${index}.JPEG`);
      await sharp({ create: { ...size, background: 'black', noise } })
        .jpeg()
        .toFile(file);
    }
  }
}

describe('examples/imagenette.ipynb', () => {
  const folder = temporaryFolder();
  let document: ProvenanceDocument;

  beforeAll(async () => {
    const photographs = join(folder, 'photographs');
    await makePhotographs(photographs);
    copyFileSync(inRoot('examples', 'imagenette.ipynb'), join(folder, 'imagenette.ipynb'));
    await executeNotebook(folder, 'imagenette.ipynb', { IMAGENETTE: photographs });
    document = readDocument(join(folder, 'imagenette.provenance.json'));
  });

  it('runs on a folder of the same layout, without a download', () => {
    expect(document.processes.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Load tench', 'Load church', 'Decode and resize', 'Normalize', 'Augment']),
    );
    const decode = document.processes.find(({ label }) => label === 'Decode and resize')!;
    expect(decode.execution).toMatchObject({ itemsIn: 80, itemsOut: 80, skipped: 0 });
  });

  it("has the schema of the talk's images", () => {
    const schemas = document.artifacts.map(({ execution }) => execution.schemaText);
    expect(schemas).toContain("{image: [[3,224,224],'float32'], label: 'int'}");
  });
});
