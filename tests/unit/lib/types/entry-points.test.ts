/** The types of each entry point, found by every compiler and way of resolving modules that we promise. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { COMPILERS, RESOLUTIONS, typeErrors } from '../../../support/type-check';

/** The entry points with types of a package, as an import names them. */
const entriesOf = (folder: string): string[] => {
  const { name, exports } = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'));
  const entries = Object.entries(exports as { [entry: string]: { types?: string } });
  return entries.flatMap(([entry, { types }]) => (types === undefined ? [] : [name + entry.slice(1)]));
};

const entries = ['document', 'lib', 'kernel-bridge', 'monitor'].flatMap(entriesOf);

describe.each(COMPILERS)('by %s', (compiler) => {
  it.each(RESOLUTIONS)('entry points have types, and what is inside of a package has none, under %s', async (way) => {
    const imports = entries.map((entry, at) => `import * as entry${at} from '${entry}';`);
    const uses = `export const names: string[] = [${entries.map((_, at) => `...Object.keys(entry${at})`).join(', ')}];`;
    const inside = "import { defineNode } from 'stemma/dist/graph/define-node';\nexport const f: number = defineNode;";
    const errors = await typeErrors(
      compiler,
      { 'tests/entries.ts': [...imports, uses].join('\n'), 'tests/inside.ts': inside },
      { resolution: way, published: false },
    );
    const inTests = errors.filter((error) => error.startsWith('tests/'));
    // As of old, a compiler reads no `exports`; Node itself refuses such an import at run time.
    if (way === 'Node10') expect(inTests).toEqual([expect.stringContaining('is not assignable to type')]);
    else expect(inTests).toEqual([expect.stringContaining("Cannot find module 'stemma/dist/graph/define-node'")]);
    expect(entries).toContain('stemma/host');
  });
});

it('what is inside of a package cannot be loaded', () => {
  expect(() => require.resolve('stemma/dist/recorder/session')).toThrow(/not defined by "exports"/);
});
