/** `npm run docs`: builds the documentation site into docs/.vitepress/dist. */
import './support/node-version.mjs';
import { buildDocs } from './support/docs-site.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { main, step } from './support/say.mjs';

await main(async () => {
  await ensureNodePackages();
  step(`the site is in ${await buildDocs()}`);
});
