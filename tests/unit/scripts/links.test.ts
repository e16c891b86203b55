import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../scripts/support/paths.mjs';

const pages = [
  ...readdirSync(inRoot()).map((name) => inRoot(name)),
  ...readdirSync(inRoot('docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => !/node_modules|\.vitepress|reference.api/.test(path))
    .map((path) => inRoot('docs', path)),
  inRoot('extension', 'README.md'),
].filter((path) => path.endsWith('.md'));

/** Targets of links and pictures that are files of ours. */
function localTargets(page: string): string[] {
  const links = readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map(([, target]) => target).filter((target) => !/^(https?:|#)/.test(target));
}

describe.each(pages.map((page) => [page.slice(inRoot().length + 1), page]))('%s', (_, page) => {
  it('links to files that are there', () => {
    const missing = localTargets(page).filter((target) => !existsSync(join(dirname(page), target.replace(/#.*/, ''))));
    expect(missing).toEqual([]);
  });
});
