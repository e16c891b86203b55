/** What stands where in the sidebar. A page that is not listed here is a mistake, which a test finds. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '..');

/** @param {string} path of a page or notebook below docs/, without its extension */
const page = (path) => ({ text: titleOf(path), link: `/${path}` });

/** @param {string} path */
function titleOf(path) {
  const text = readFileSync(join(docs, `${path}.md`), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`docs/${path}.md has no heading`);
  return title.replaceAll('`', '');
}

/** @param {string} text @param {string} link */
const named = (text, link) => ({ text, link });

const decisions = readdirSync(join(docs, 'decisions'))
  .sort()
  .map((name) => page(`decisions/${name.replace('.md', '')}`));

export const sidebar = [
  { text: 'Start', items: ['install', 'quick-start', 'gallery'].map(page) },
  {
    text: 'Tutorials',
    items: [
      named('Images', '/tutorials/images'),
      named('Tables', '/tutorials/tables'),
      named('Text', '/tutorials/text'),
      named('Time series', '/tutorials/time-series'),
    ],
  },
  {
    text: 'How-to guides',
    items: [
      'panel',
      'failing-items',
      'write-files',
      'dvc',
      'compare',
      'reproduce',
      'resume',
      'tensorflow',
      'private-data',
      'export',
      'monitor',
      'steps',
      'ship-a-pipeline',
    ]
      .concat(['shards', 'widgets', 'own-page'])
      .map((name) => page(`how-to/${name}`)),
  },
  { text: 'Coming from …', items: [page('coming-from')] },
  {
    text: 'Reference',
    items: [
      ...[
        'operations',
        'sources',
        'text-files',
        'columnar-files',
        'folders-and-images',
        'image-transforms',
        'column-transforms',
      ]
        .concat(['sinks', 'warnings', 'command-line', 'kernel', 'panel', 'monitor', 'document', 'protocol', 'glossary'])
        .map((name) => page(`reference/${name}`)),
      named('All names of the packages', '/reference/api/'),
    ],
  },
  {
    text: 'Explanation',
    items: ['recording', 'randomness', 'overhead', 'architecture'].map((name) => page(`explanation/${name}`)),
  },
  {
    text: 'Development',
    collapsed: true,
    items: [
      ...['views', 'kernel', 'monitor'].map((name) => page(`development/${name}`)),
      ...['dependencies', 'benchmarks'].map(page),
      { text: 'Decisions', collapsed: true, items: decisions },
    ],
  },
];
