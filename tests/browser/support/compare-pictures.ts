import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { inRoot } from '../../../scripts/support/paths.mjs';

const REFERENCES = inRoot('tests', 'browser', 'references');
const ARTEFACTS = inRoot('tests', 'artefacts', 'references');

/**
 * How different the colours of a pixel must be, from 0 to 1, to count. The edges of letters and lines, which vary,
 * never do.
 */
const THRESHOLD = 0.2;

/**
 * How many pixels of a picture differ from the committed one; all of them, where the sizes do. Then old, new and
 * difference lie side by side in `tests/artefacts/references/`. With `STEMMA_UPDATE_IMAGES=1` the new picture becomes
 * the committed one.
 */
export function differingPixels(name: string, taken: Buffer): number {
  const reference = join(REFERENCES, `${name}.png`);
  if (process.env['STEMMA_UPDATE_IMAGES'] === '1') {
    mkdirSync(REFERENCES, { recursive: true });
    writeFileSync(reference, taken);
  }
  const now = PNG.sync.read(taken);
  const before = existsSync(reference) ? PNG.sync.read(readFileSync(reference)) : new PNG({ width: 1, height: 1 });
  const { width, height } = now;
  const isSameSize = before.width === width && before.height === height;
  const difference = new PNG({ width, height });
  const count = isSameSize
    ? pixelmatch(before.data, now.data, difference.data, width, height, { threshold: THRESHOLD })
    : width * height;
  if (count > 0) {
    mkdirSync(ARTEFACTS, { recursive: true });
    writeFileSync(join(ARTEFACTS, `${name}.png`), PNG.sync.write(sideBySide([before, now, difference])));
  }
  return count;
}

function sideBySide(pictures: readonly PNG[]): PNG {
  const width = pictures.reduce((sum, picture) => sum + picture.width, 0);
  const all = new PNG({ width, height: Math.max(...pictures.map(({ height }) => height)) });
  let x = 0;
  for (const picture of pictures) {
    PNG.bitblt(picture, all, 0, 0, picture.width, picture.height, x, 0);
    x += picture.width;
  }
  return all;
}
