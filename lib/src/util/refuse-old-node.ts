/** Imported first, before anything that an old Node cannot load. */
import { nodeProblem } from './node-version';

const problem = nodeProblem();
if (problem !== null) throw new Error(problem);
