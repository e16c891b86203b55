#!/usr/bin/env node
import { nodeProblem } from '../dist/entries/node-version.js';

const problem = nodeProblem();
if (problem === null) await import('../dist/cli/main.js');
else {
  console.error(problem);
  process.exitCode = 1;
}
