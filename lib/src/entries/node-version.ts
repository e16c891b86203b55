/** `stemma/node-version`: lets a command refuse an old Node in one sentence before it loads anything else. */
export { nodeProblem } from '../util/node-version';
