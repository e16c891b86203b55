/** What the check of prose reads. Widen it: a page or folder that is added here has to pass. */

/** Pages of markdown, as patterns of `path.matchesGlob`: phrases, long lines and sentences. */
export const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...['document', 'lib', 'views', 'kernel-bridge', 'extension', 'monitor'].map((name) => `${name}/README.md`),
  ...['', 'how-to/', 'reference/', 'explanation/', 'development/', 'decisions/'].map((folder) => `docs/${folder}*.md`),
];

/** The source folders of all packages. */
export const PACKAGE_SOURCES = [
  'document/src',
  'lib/src',
  'kernel-bridge/src',
  'views/src',
  'extension/src',
  'monitor/src',
  'monitor/page',
];

/** Source files: their comments, and the texts that people see. Phrases only. */
export const SOURCES = [...PACKAGE_SOURCES, 'bench', 'scripts', 'tests'];

/** Where phrases to avoid are quoted. */
export const QUOTES = ['scripts/prose/phrases.mjs', 'tests/unit/scripts/prose.test.ts'];
