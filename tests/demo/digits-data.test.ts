import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeDigits } from '../../examples/make-digits.mjs';
import { brokenFiles } from '../../examples/support/broken-files.mjs';
import { digitsFolder } from '../../scripts/support/paths.mjs';
import { temporaryFolder } from '../support/temporary-folder';

const isReadable = (file: string) =>
  sharp(file)
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );

describe('the demo data', () => {
  const folder = temporaryFolder();

  it('is ten thousand digits and nine broken files in ten class folders', () => {
    const labels = readdirSync(digitsFolder).sort();
    expect(labels).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const names = labels.flatMap((label) => readdirSync(join(digitsFolder, label)));
    expect(names).toHaveLength(10_009);
    expect(names.filter((name) => name.startsWith('digit-'))).toHaveLength(10_000);
  });

  it('shows a digit of 28 × 28 gray pixels', async () => {
    const { width, height, format, depth } = await sharp(join(digitsFolder, '7', 'digit-0000.png')).metadata();
    expect({ width, height, format, depth }).toEqual({ width: 28, height: 28, format: 'png', depth: 'uchar' });
  });

  it('has six files that no decoder reads and three that it does', async () => {
    const readable = await Promise.all(Object.keys(brokenFiles).map((path) => isReadable(join(digitsFolder, path))));
    expect(readable).toEqual([false, false, false, false, false, false, true, true, true]);
  });

  it('is the same bytes every time, on every machine', () => {
    expect(makeDigits(folder, { perClass: 5 })).toBe(59);
    const hash = createHash('sha256');
    for (const path of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
      if (path.endsWith('.png')) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
    }
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"98897e79b6f85b50d20daf96bfcd09a73d8774e45dfcbdead927eb4b704b5d6f"`,
    );
  });
});
