/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { aptInstall, canAptInstall } from './debian.mjs';
import { inRoot } from './paths.mjs';
import { Problem, step } from './say.mjs';

const INSTALLED = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const DOWNLOAD_LIMIT_MS = 180_000;

/**
 * An installed Chrome or Chromium, else Playwright's own, else Debian's.
 * @returns {Promise<string>} its path or command
 */
export async function ensureChromium() {
  const wish = process.env.STEMMA_CHROMIUM;
  if (wish) {
    if (works(wish)) return wish;
    throw new Problem(`STEMMA_CHROMIUM names ${wish}, which does not run.`);
  }
  const found = INSTALLED.map(located).find((path) => path && works(path)) ?? (await playwrightChromium());
  if (found) return found;
  if (canAptInstall()) {
    await aptInstall(['chromium', 'fonts-dejavu']);
    const debian = located('chromium');
    if (debian && works(debian)) return debian;
  }
  throw new Problem('no Chrome or Chromium found: install one, or name it in STEMMA_CHROMIUM.');
}

/** @param {string} path */
function works(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

/**
 * The path of a command, as Playwright wants it.
 * @param {string} command
 * @returns {string | undefined}
 */
function located(command) {
  if (command.includes('/') || command.includes('\\')) return existsSync(command) ? command : undefined;
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

/** Playwright's own build, downloaded on the first call; undefined where it is not available or lacks libraries. */
async function playwrightChromium() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  if (!existsSync(path)) {
    step("downloading Playwright's Chromium");
    const cli = join(dirname(createRequire(inRoot('package.json')).resolve('playwright-core/package.json')), 'cli.js');
    spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
      stdio: 'ignore',
      timeout: DOWNLOAD_LIMIT_MS,
    });
  }
  return existsSync(path) && works(path) ? path : undefined;
}
