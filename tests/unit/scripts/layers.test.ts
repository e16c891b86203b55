import { readdirSync, readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { LAYERED, layers, OPERATOR_FOLDERS } from '../../../scripts/lint/layers.mjs';
import { PACKAGE_SOURCES } from '../../../scripts/prose/scope.mjs';
import { inRoot, root } from '../../../scripts/support/paths.mjs';

/** The rules that a line of code breaks in a file. */
async function brokenRules(file: string, code: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...layers] as never,
  });
  const [result] = await eslint.lintText(code, { filePath: `${root}/${file}` });
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const PATHS = 'import-x/no-restricted-paths';
const PACKAGES = '@typescript-eslint/no-restricted-imports';

describe('the direction of dependencies', () => {
  it.each([
    ['the document knows no recorder', 'document/src/model/x.ts', `import '../../../lib/src/recorder/session';`, PATHS],
    ['the document needs no Node', 'document/src/json/x.ts', `import 'node:crypto';`, PACKAGES],
    ['reading knows no merging', 'document/src/reading/x.ts', `import { merge } from '../merging/merge';`, PATHS],
    ['the recorder knows no engine', 'lib/src/recorder/x.ts', `import type { Stage } from '../engine/stage';`, PATHS],
    ['lib knows no kernel', 'lib/src/dataset/x.ts', `import 'zeromq';`, PACKAGES],
    ['lib knows no JupyterLab', 'lib/src/dataset/x.ts', `import { URLExt } from '@jupyterlab/coreutils';`, PACKAGES],
    ['lib does not reach into the extension', 'lib/src/x.ts', `import '../../extension/package.json';`, PATHS],
    ['the panel does not run lib', 'extension/src/x.ts', `import { Dataset } from 'stemma';`, PACKAGES],
    [
      'the panel does not reach into lib',
      'extension/src/x.ts',
      `import type { Host } from '../../lib/src/host';`,
      PACKAGES,
    ],
    [
      'views know no JupyterLab',
      'views/src/panel/x.ts',
      `import type { ReactWidget } from '@jupyterlab/apputils';`,
      PACKAGES,
    ],
    ['lib knows no monitor', 'lib/src/x.ts', `import '../../monitor/src/monitor';`, PATHS],
    ['the monitor knows no kernel', 'monitor/src/x.ts', `import 'tslab';`, PACKAGES],
    ['the page knows no JupyterLab', 'monitor/page/x.ts', `import '../../extension/src/lab/names';`, PATHS],
    ['the page imports the package of views', 'monitor/page/x.ts', `import '../../views/src/panel/panel';`, PACKAGES],
    ['views know no plugin', 'views/src/panel/x.ts', `import '../../../extension/src/commands/export';`, PATHS],
    ['the model knows no JupyterLab', 'views/src/model/x.ts', `import '@jupyterlab/services';`, PACKAGES],
    ['looking at items needs no session', 'lib/src/recorder/observing/x.ts', `import '../session';`, PATHS],
    ['privacy needs no samples', 'lib/src/recorder/privacy/x.ts', `import '../observing/summary';`, PATHS],
    ['the engine knows no operator', 'lib/src/engine/x.ts', `import '../operators/zip/zip-stage';`, PATHS],
    ['an operator keeps its stage', 'lib/src/operators/x.ts', `import { ZipStage } from './zip/zip-stage';`, PATHS],
    ['also from those with a folder', 'lib/src/operators/split/x.ts', `import '../cache/cache-stage';`, PATHS],
    ['the engine knows no public face', 'lib/src/engine/x.ts', `import '../index';`, PATHS],
    ['the model of views imports no graph', 'views/src/model/x.ts', `import '../graph/search';`, PATHS],
    ['threads know no cells', 'kernel-bridge/src/threads/x.ts', `import '../cells/execution';`, PATHS],
    [
      'cells know no main thread',
      'kernel-bridge/src/cells/x.ts',
      `import type { Kernel } from '../main/kernel';`,
      PATHS,
    ],
    ['the record knows no HTTP', 'monitor/src/record/x.ts', `import { startServer } from '../http/server';`, PATHS],
    ['commands import no panel', 'extension/src/commands/x.ts', `import { Panels } from '../panel/panels';`, PATHS],
    [
      'the notebook imports no host',
      'extension/src/notebook/x.ts',
      `import type { IProvenance } from '../host/tokens';`,
      PATHS,
    ],
    ['views know no Lumino', 'views/src/canvas/x.ts', `import { Widget } from '@lumino/widgets';`, PACKAGES],
  ])('%s', async (_, file, code, rule) => {
    expect(await brokenRules(file, code)).toEqual([rule]);
  });

  it.each([
    ['an operator may know its own stage', 'lib/src/operators/zip/x.ts', `import { ZipStage } from './zip-stage';`],
    ['engine may know the recorder', 'lib/src/engine/x.ts', `import '../recorder/session';`],
    ["the panel may know lib's types", 'extension/src/x.ts', `import type { Process } from 'stemma';`],
    ['cells may know the other thread', 'kernel-bridge/src/cells/x.ts', `import '../threads/messages';`],
    ['the kernel may know lib', 'kernel-bridge/src/x.ts', `import { HOST_KEY } from 'stemma/host';`],
    ['the monitor may know the document', 'monitor/src/x.ts', `import { merge } from 'stemma-document';`],
    ['the page may know the views', 'monitor/page/x.ts', `import { mount } from 'stemma-views';`],
    ['plugins may know JupyterLab', 'extension/src/x.ts', `import { ICommandPalette } from '@jupyterlab/apputils';`],
  ])('%s', async (_, file, code) => {
    expect(await brokenRules(file, code)).toEqual([]);
  });
});

describe('the rule covers', () => {
  const foldersOf = (path: string): string[] =>
    readdirSync(inRoot(path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

  it('every package that has source folders', () => {
    const { workspaces } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { workspaces: string[] };
    const sources = workspaces.filter((name) => foldersOf(name).includes('src')).map((name) => `${name}/src`);
    expect(LAYERED.map(({ source }) => source)).toEqual(expect.arrayContaining(sources));
    expect(PACKAGE_SOURCES).toEqual(expect.arrayContaining(sources));
  });

  it.each(LAYERED)('every folder of $source', ({ source, folders }) => {
    // The entry points of lib are put together from its layers; they have a rule of their own.
    expect(foldersOf(source).filter((name) => name !== 'entries')).toEqual(folders.flat().sort());
  });

  it('every folder of one operator', () => {
    expect(foldersOf('lib/src/operators')).toEqual(OPERATOR_FOLDERS);
  });
});
