import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { english } from '../../../views/src/elements/context';
import { TABS } from '../../../views/src/tabs/registry';

interface Settings {
  'jupyter.lab.shortcuts': { command: string; args?: { tab: string }; keys: string[] }[];
}

describe('the tabs of the panel', () => {
  it('have each an id and a title of their own', () => {
    const titles = TABS.map((tab) => tab.title(english));
    expect(new Set(titles).size).toBe(TABS.length);
    expect(new Set(TABS.map(({ id }) => id)).size).toBe(TABS.length);
  });

  it('have the number of their place as a key', () => {
    const settings = JSON.parse(readFileSync(inRoot('schema', 'plugin', 'plugin.json'), 'utf8')) as Settings;
    const keys = settings['jupyter.lab.shortcuts'].flatMap(({ args, keys: [key] }) => (args ? [[args.tab, key]] : []));
    expect(keys).toEqual(TABS.map(({ id }, index) => [id, String(index + 1)]));
  });
});
