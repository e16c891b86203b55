/** `npm run check`: everything about the code that can be said without running it. Shows all problems, not only the first. */
import './support/node-version.mjs';
import { runChecks } from './support/checks.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { Problem, main } from './support/say.mjs';

await main(async () => {
  await ensureNodePackages();
  const { failed } = await runChecks();
  if (failed > 0) throw new Problem(`${failed} ${failed === 1 ? 'check' : 'checks'} failed.`);
});
