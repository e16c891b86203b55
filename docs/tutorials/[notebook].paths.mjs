/** The tutorials: each notebook of this folder is a page. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pageOf } from '../.vitepress/notebook.mjs';

const folder = import.meta.dirname;

export default {
  paths: () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ipynb'))
      .map((name) => ({
        params: { notebook: name.replace('.ipynb', '') },
        content: pageOf(readFileSync(join(folder, name), 'utf8')),
      })),
};
