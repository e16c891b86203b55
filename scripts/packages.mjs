/**
 * `npm run packages`: packs each package as `npm publish` would, and has publint and Are the Types Wrong read the
 * archives: what `exports` names is there, in the module format that it claims, and TypeScript finds its types under
 * each way of resolving modules.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { inRoot } from './support/paths.mjs';
import { Problem, main, step } from './support/say.mjs';

/**
 * What is wrong on purpose: the kinds of problems by package, and why they stay.
 * @type {Record<string, { kinds: string[], because: string }>}
 */
const EXCEPTIONS = {
  'stemma-views': {
    kinds: ['USE_TYPE', 'FILE_INVALID_FORMAT', 'UnexpectedModuleSyntax'],
    because: 'made for bundlers alone: ES modules that import each other without a file ending',
  },
  'jupyterlab-stemma': {
    kinds: ['USE_TYPE', 'FILE_INVALID_FORMAT', 'HAS_ESM_MAIN_BUT_NO_EXPORTS', 'UnexpectedModuleSyntax'],
    because: "JupyterLab's builder takes files of an extension by their paths, its style and its MIME renderer too",
  },
};

/** @param {string} path */
const jsonOf = (path) => JSON.parse(readFileSync(path, 'utf8'));

const workspaces = /** @type {string[]} */ (jsonOf(inRoot('package.json')).workspaces);

/**
 * @param {string} into a folder
 * @returns {Promise<{ name: string, archive: string }[]>}
 */
async function pack(into) {
  const args = ['pack', '--workspaces', '--json', '--ignore-scripts', '--pack-destination', into];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: inRoot(), maxBuffer: 1 << 26 });
  const packed = /** @type {{ name: string, filename: string }[]} */ (Object.values(JSON.parse(stdout)));
  return packed.map(({ name, filename }) => ({ name, archive: join(into, filename) }));
}

/**
 * @param {string} folder of the package
 * @param {Uint8Array<ArrayBuffer>} archive
 * @returns {Promise<{ kind: string, text: string }[]>}
 */
async function problemsOf(folder, archive) {
  const json = jsonOf(inRoot(folder, 'package.json'));
  const { messages } = await publint({ pack: { tarball: archive.slice().buffer }, strict: true });
  /** @type {{ kind: string, text: string }[]} */
  const problems = messages.map((message) => ({ kind: message.code, text: `${formatMessage(message, json)}` }));
  // A package of CSS has no types.
  if (json.types === undefined) return problems;
  const checked = await checkPackage(createPackageFromTarballData(archive));
  if (!checked.types) return [...problems, { kind: 'Untyped', text: 'has no types' }];
  for (const problem of checked.problems) {
    const { kind, ...rest } = problem;
    problems.push({ kind, text: JSON.stringify(rest, (key, value) => (key === 'trace' ? undefined : value)) });
  }
  return problems;
}

await main(async () => {
  const into = mkdtempSync(join(tmpdir(), 'stemma-packages-'));
  try {
    const folders = new Map(workspaces.map((folder) => [jsonOf(inRoot(folder, 'package.json')).name, folder]));
    let failed = 0;
    for (const { name, archive } of await pack(into)) {
      const found = await problemsOf(/** @type {string} */ (folders.get(name)), new Uint8Array(readFileSync(archive)));
      const kinds = EXCEPTIONS[name]?.kinds ?? [];
      for (const { kind, text } of found) {
        if (kinds.includes(kind)) continue;
        failed++;
        console.error(`${name}: ${kind}: ${text}`);
      }
      for (const kind of kinds) {
        if (found.some((problem) => problem.kind === kind)) continue;
        failed++;
        console.error(`${name}: ${kind} is listed as an exception, and there is no such problem any more`);
      }
    }
    if (failed > 0) throw new Problem(`${failed} problems of the packages as they would be published.`);
    step(`packed and read ${folders.size} packages`);
  } finally {
    rmSync(into, { recursive: true });
  }
});
