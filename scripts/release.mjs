/**
 * `npm run release -- 0.2.0`: all of a release but the upload. It sets the version of every package, dates the list of
 * changes, builds, checks, and puts archives, wheel, bills of materials and checksums into `.stemma/release/<version>`.
 * Then it commits and tags, and prints the commands that publish.
 */
import './support/node-version.mjs';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { execFileSync } from 'node:child_process';
import { inRoot, root, stateFolder } from './support/paths.mjs';
import { npm } from './support/node-packages.mjs';
import { released } from './support/release/changelog.mjs';
import { atVersion, isNewer } from './support/release/versions.mjs';
import { run } from './support/run.mjs';
import { Problem, main, step } from './support/say.mjs';
import { buildWheel } from './support/wheel/build.mjs';

/** @param {string} path */
const jsonOf = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @param {string} path @param {object} value */
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

/** @param {string[]} args */
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** @param {string} script @param {string[]} args */
const script = (script, ...args) => run(`npm run ${script}`, [...npm(), 'run', script, ...args]);

const workspaces = /** @type {string[]} */ (jsonOf(inRoot('package.json')).workspaces);

/** @param {string | undefined} version */
function checkAsked(version) {
  const current = jsonOf(inRoot('package.json')).version;
  if (version === undefined) throw new Problem(`expected a version after ${current}: npm run release -- <version>`);
  const newer = isNewer(version, current);
  if (newer === null) throw new Problem(`expected a version such as 0.2.0 or 0.2.0-rc.1, got "${version}"`);
  if (!newer) throw new Problem(`expected a version after ${current}, got ${version}`);
  if (git('status', '--porcelain') !== '')
    throw new Problem('there are changes that are not committed: commit them first');
  if (git('tag', '--list', `v${version}`) !== '') throw new Problem(`the tag v${version} exists already`);
  return version;
}

/** @param {string} version */
function setVersions(version) {
  const own = new Set(workspaces.map((folder) => jsonOf(inRoot(folder, 'package.json')).name));
  for (const folder of ['', ...workspaces]) {
    const path = inRoot(folder, 'package.json');
    writeJson(path, atVersion(jsonOf(path), version, own));
  }
  const lock = jsonOf(inRoot('package-lock.json'));
  for (const key of ['', ...workspaces]) lock.packages[key] = atVersion(lock.packages[key], version, own);
  writeJson(inRoot('package-lock.json'), { ...lock, version });
}

/** @param {string} version */
function dateChanges(version) {
  const path = inRoot('CHANGELOG.md');
  const text = released(readFileSync(path, 'utf8'), version, new Date().toISOString().slice(0, 10));
  if (text === null) throw new Problem('CHANGELOG.md has nothing under "## Unreleased"');
  writeFileSync(path, text);
}

/**
 * Archives of npm with a bill of materials each, the Python package, and the checksums of all.
 * @param {string} into
 */
async function makeFiles(into) {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  await run('npm pack', [...npm(), 'pack', '--workspaces', '--ignore-scripts', '--pack-destination', into]);
  for (const folder of workspaces) {
    const { name, version } = jsonOf(inRoot(folder, 'package.json'));
    const options = ['--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only', `--workspace=${name}`];
    const [program, ...first] = npm();
    const bill = execFileSync(program, [...first, 'sbom', ...options], { cwd: root, maxBuffer: 1 << 26 });
    writeFileSync(join(into, `${name}-${version}.cdx.json`), bill);
  }
  for (const file of await buildWheel()) copyFileSync(file, join(into, basename(file)));
  const lines = readdirSync(into)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(into, name)))
          .digest('hex')}  ${name}\n`,
    );
  writeFileSync(join(into, 'SHA256SUMS'), lines.join(''));
}

await main(async () => {
  const version = checkAsked(process.argv[2]);
  step(`setting the version of ${workspaces.length} packages to ${version}`);
  setVersions(version);
  dateChanges(version);
  step('building and checking');
  await script('build');
  await script('schema');
  await script('check');
  const into = join(stateFolder, 'release', version);
  await makeFiles(into);
  git('add', '--all');
  git('commit', '--quiet', '-m', `release: ${version}`);
  git('tag', '--annotate', `v${version}`, '-m', version);
  step(`${readdirSync(into).length} files in ${relative(root, into)}; committed and tagged as v${version}`);
  console.log(`\nTo publish, with continuous integration's identity for the provenance of the packages:

  git push --follow-tags
  for archive in ${relative(root, into)}/*.tgz; do npm publish --provenance --access public "$archive"; done
  twine upload --attestations ${relative(root, into)}/*.whl ${relative(root, into)}/jupyterlab_stemma-*.tar.gz`);
});
