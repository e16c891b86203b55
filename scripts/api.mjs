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

/**
 * What others import: each entry point with types of each package.
 * @type {{ folder: string, name: string, types: string }[]}
 */
const ENTRIES = /** @type {string[]} */ (jsonOf(inRoot('package.json')).workspaces).flatMap((folder) => {
  const { name, exports = {} } = jsonOf(inRoot(folder, 'package.json'));
  return Object.entries(exports).flatMap(([entry, { types }]) =>
    types === undefined ? [] : [{ folder, name: name + entry.slice(1).replaceAll('/', '-'), types }],
  );
});

/**
 * Writes the report of one entry point.
 * @param {(typeof ENTRIES)[number]} entry
 * @param {string} into
 * @returns {string} the report's path
 */
function reportOf({ folder, name, types }, into) {
  const projectFolder = inRoot(folder);
  const packageJsonFullPath = join(projectFolder, 'package.json');
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
    for (const entry of ENTRIES) {
      const report = reportOf(entry, temporary);
      const [fresh, committed] = [join(temporary, report), join(FOLDER, report)];
      if (!check) copyFileSync(fresh, committed);
      else if (!existsSync(committed) || readFileSync(committed, 'utf8') !== readFileSync(fresh, 'utf8'))
        stale.push(`docs/api/${report}`);
    }
    if (stale.length > 0)
      throw new Problem(
        `${stale.join(', ')}: what the package offers has changed. Run \`npm run api\`, and read the difference.`,
      );
    if (!check) step(`wrote ${ENTRIES.length} reports to docs/api`);
  } finally {
    rmSync(temporary, { recursive: true });
  }
});
