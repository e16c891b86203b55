/** The static checks, one after the other: two cores are soon busy. */
import { spawn } from 'node:child_process';
import { inRoot, root } from './paths.mjs';
import { step } from './say.mjs';

/** @param {string[]} parts of a path below node_modules */
const tool = (...parts) => inRoot('node_modules', ...parts);

const CHECKS = [
  { name: 'types of the packages', script: [tool('typescript', 'bin', 'tsc'), '-b'] },
  {
    name: 'types of scripts, tests and examples',
    script: [tool('typescript', 'bin', 'tsc'), '-p', 'tsconfig.tools.json'],
  },
  { name: 'lint', script: [tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'] },
  { name: 'format', script: [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'generated schemas', script: [tool('tsx', 'dist', 'cli.mjs'), 'scripts/schema.ts', '--check'] },
];

/** @returns {Promise<{ passed: number, failed: number, skipped: number }>} */
export async function runChecks() {
  let failed = 0;
  for (const { name, script } of CHECKS) {
    const ok = (await exitCode(script)) === 0;
    step(`check ${ok ? 'passed' : 'FAILED'}: ${name}`);
    if (!ok) failed++;
  }
  return { passed: CHECKS.length - failed, failed, skipped: 0 };
}

/**
 * @param {string[]} script
 * @returns {Promise<number | null>}
 */
function exitCode(script) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
}
