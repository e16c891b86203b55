/**
 * `npm run build`: builds everything and puts kernel and panel into `.venv`, or with `--prefix P` into another
 * environment.
 */
import './support/node-version.mjs';
import { parseArgs } from 'node:util';
import { build, install } from './support/build-steps.mjs';
import { venv } from './support/paths.mjs';
import { main } from './support/say.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { prefix: { type: 'string', default: venv } } });
  await build(values.prefix);
  await install(values.prefix);
});
