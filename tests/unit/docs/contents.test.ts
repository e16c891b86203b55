import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sidebar } from '../../../docs/.vitepress/contents.mjs';
import { inRoot } from '../../../scripts/support/paths.mjs';

interface Item {
  text: string;
  link?: string;
  items?: Item[];
}

const links = (items: Item[]): string[] => items.flatMap(({ link, items }) => (link ? [link] : links(items ?? [])));
const inSidebar = links(sidebar as Item[]).filter((link) => !link.includes('/api/'));

it('the sidebar leads to every page', () => {
  const folders = ['', 'how-to', 'reference', 'explanation', 'development', 'decisions', 'tutorials'];
  const pages = folders.flatMap((folder) =>
    readdirSync(inRoot('docs', folder))
      .filter((name) => /\.(md|ipynb)$/.test(name) && !/^(README|index|\[)/.test(name))
      .map((name) => `${folder && `/${folder}`}/${name.replace(/\.\w+$/, '')}`),
  );
  expect(pages.sort()).toEqual([...inSidebar].sort());
});
