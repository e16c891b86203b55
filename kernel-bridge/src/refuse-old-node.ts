/** Imported first, before anything that an old Node cannot load. */
import { nodeProblem } from 'stemma/node-version';

const problem = nodeProblem();
if (problem !== null) {
  console.error(problem);
  process.exit(1);
}
