/** The static checks. */
import { inRoot } from '../paths.mjs';

/** @param {string[]} parts of a path below node_modules */
const tool = (...parts) => inRoot('node_modules', ...parts);

/** @param {string[]} script */
const node = (...script) => [process.execPath, ...script];

/** @type {import('./suites.mjs').Program[]} */
export const CHECKS = [
  { name: 'types of the packages', command: node(tool('typescript', 'bin', 'tsc'), '-b') },
  {
    name: 'types of scripts, tests and examples',
    command: node(tool('typescript', 'bin', 'tsc'), '-p', 'tsconfig.tools.json'),
  },
  { name: 'lint', command: node(tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0') },
  { name: 'prose', command: node('scripts/prose.mjs') },
  { name: 'format', command: node(tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.') },
  { name: 'reports of what the packages offer', command: node('scripts/api.mjs', '--check') },
  { name: 'packages as they would be published', command: node('scripts/packages.mjs') },
  { name: 'generated schemas', command: node(tool('tsx', 'dist', 'cli.mjs'), 'scripts/schema.ts', '--check') },
];
