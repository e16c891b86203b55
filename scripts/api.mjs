/**
 * `npm run api`: writes what each package offers, as its published types say, to `docs/api/`.
 * With `--check` it writes nothing and fails where a committed report is not what the types say.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { Problem, main, step } from './support/say.mjs';
import { inRoot } from './support/paths.mjs';

const FOLDER = inRoot('docs', 'api');

/** @param {string} path */
const jsonOf = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The folders of packages that others import: those that publish types of what they build to `dist`. */
const PACKAGES = /** @type {string[]} */ (jsonOf(inRoot('package.json')).workspaces).filter((folder) =>
  jsonOf(inRoot(folder, 'package.json')).types?.startsWith('dist/'),
);

/**
 * Writes the report of one package.
 * @param {string} folder the package's
 * @param {string} into
 * @returns {string} the report's path
 */
function reportOf(folder, into) {
  const projectFolder = inRoot(folder);
  const packageJsonFullPath = join(projectFolder, 'package.json');
  const { name, types } = jsonOf(packageJsonFullPath);
  /** @type {import('@microsoft/api-extractor').IConfigMessageReportingTable} */
  const silent = { default: { logLevel: /** @type {any} */ ('none') } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(projectFolder, types),
      compiler: { tsconfigFilePath: join(projectFolder, 'tsconfig.json') },
      apiReport: { enabled: true, reportFileName: name, reportFolder: into, reportTempFolder: join(into, 'temporary') },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: /** @type {any} */ ('lf'),
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath,
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === 'error') console.error(message.formatMessageWithLocation(inRoot()));
      message.handled = true;
    },
  });
  if (!succeeded) throw new Problem(`the published types of ${name} do not compile.`);
  return `${name}.api.md`;
}

await main(async () => {
  const check = process.argv.includes('--check');
  const temporary = mkdtempSync(join(tmpdir(), 'stemma-api-'));
  mkdirSync(FOLDER, { recursive: true });
  try {
    /** @type {string[]} */
    const stale = [];
    for (const folder of PACKAGES) {
      const report = reportOf(folder, temporary);
      const [fresh, committed] = [join(temporary, report), join(FOLDER, report)];
      if (!check) copyFileSync(fresh, committed);
      else if (!existsSync(committed) || readFileSync(committed, 'utf8') !== readFileSync(fresh, 'utf8'))
        stale.push(`docs/api/${report}`);
    }
    if (stale.length > 0)
      throw new Problem(
        `${stale.join(', ')}: what the package offers has changed. Run \`npm run api\`, and read the difference.`,
      );
    if (!check) step(`wrote ${PACKAGES.length} reports to docs/api`);
  } finally {
    rmSync(temporary, { recursive: true });
  }
});
