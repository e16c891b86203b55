/** Lays out what `stemma demo` copies: the notebooks, and digits for them that need no package of npm. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { PACKED_DIGITS, packDigits } from '../../../examples/support/digits.mjs';
import { inRoot } from '../paths.mjs';
import { Problem } from '../say.mjs';

/** The wheel includes three of ten thousand. */
const PER_CLASS = 300;

/** The tutorial on images has the digits of the examples, which lie elsewhere in a clone. */
const MOVED = ['../../examples/data/digits', '../data/digits'];

/** @param {string} folder */
export function stageDemo(folder) {
  const programs = join(folder, 'programs');
  mkdirSync(join(programs, 'support'), { recursive: true });
  copyFileSync(inRoot('examples', 'make-digits.mjs'), join(programs, 'make-digits.mjs'));
  cpSync(inRoot('examples', 'support'), join(programs, 'support'), { recursive: true });
  writeFileSync(join(programs, 'support', PACKED_DIGITS), brotliCompressSync(packDigits(PER_CLASS)));

  const files = join(folder, 'files');
  const tutorials = join(files, 'tutorials');
  mkdirSync(tutorials, { recursive: true });
  for (const name of ['digits.ipynb', 'pipeline.ts']) copyFileSync(inRoot('examples', name), join(files, name));
  cpSync(inRoot('docs', 'tutorials', 'data'), join(tutorials, 'data'), { recursive: true });
  for (const name of readdirSync(inRoot('docs', 'tutorials')).filter((file) => file.endsWith('.ipynb'))) {
    const text = readFileSync(inRoot('docs', 'tutorials', name), 'utf8');
    writeFileSync(join(tutorials, name), text.replaceAll(MOVED[0], MOVED[1]));
    if (/\.\.\/\.\./.test(text.replaceAll(MOVED[0], '')))
      throw new Problem(`${name} names a file outside of the demo.`);
  }
}
