import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sidebar } from '../../../docs/.vitepress/contents.mjs';
import { inRoot } from '../../../scripts/support/paths.mjs';

interface Item {
  text: string;
  link?: string;
  items?: Item[];
}

const links = (items: Item[]): string[] => items.flatMap(({ link, items }) => (link ? [link] : links(items ?? [])));
const inSidebar = links(sidebar as Item[]).filter((link) => !link.includes('/api/'));

describe('docs/README.md', () => {
  const listed = [...readFileSync(inRoot('docs', 'README.md'), 'utf8').matchAll(/\]\(([^)]+)\)/g)];

  it('lists the pages of the sidebar, in its order', () => {
    expect(listed.map(([, target]) => `/${target!.replace(/\.(md|ipynb)$/, '')}`)).toEqual(inSidebar);
  });
});

it('the sidebar leads to every page', () => {
  const folders = ['', 'how-to', 'reference', 'explanation', 'development', 'decisions', 'tutorials'];
  const pages = folders.flatMap((folder) =>
    readdirSync(inRoot('docs', folder))
      .filter((name) => /\.(md|ipynb)$/.test(name) && !/^(README|index|\[)/.test(name))
      .map((name) => `${folder && `/${folder}`}/${name.replace(/\.\w+$/, '')}`),
  );
  expect(pages.sort()).toEqual([...inSidebar].sort());
});
