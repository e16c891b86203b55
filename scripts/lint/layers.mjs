/**
 * The direction of dependencies, as lint rules. Between packages: all may know the document, which knows nobody; the
 * panel knows lib's types, the kernel knows lib's contracts, lib knows neither. Inside a package the folders are
 * layers.
 */
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const UPWARD = 'dependencies point one way: cli → dataset → operators → graph → engine → documents → live → recorder';

const RECORDER_UPWARD =
  'in the recorder imports point one way: session, records → captures → observing, environment → privacy → settings, images, digests';

/** The folders of document/src from the bottom to the top: none knows one that comes later. */
const DOCUMENT_LAYERS = [
  ['model', 'json', 'kinds', 'wording', 'sketches', 'code'],
  ['schema', 'privacy', 'diagnosis', 'runs'],
  ['reading', 'live', 'grouping'],
  ['graph'],
  ['merging', 'comparing', 'exports'],
  ['reproducing'],
];

/** The folders of lib/src likewise. */
const LIB_LAYERS = [
  ['util', 'tensor'],
  ['recorder', 'statistics', 'workers'],
  ['live'],
  ['documents'],
  ['engine'],
  ['graph', 'widget'],
  ['operators', 'sources', 'sinks', 'images'],
  ['dataset'],
  ['adapters', 'preprocessing', 'steps'],
  ['cli'],
];

/**
 * Operators of more than one file each have a folder: what is in it, such as their stages, no other operator imports.
 */
export const OPERATOR_FOLDERS = ['batching', 'cache', 'interleave', 'prefetch', 'split', 'through', 'zip'];

/** The folders of lib/src/recorder likewise; the files beside them, session and records, come last. */
const RECORDER_LAYERS = [
  ['settings', 'images', 'digests'],
  ['privacy'],
  ['dvc'],
  ['observing', 'environment', 'inputs'],
  ['captures'],
];

/**
 * The folders of kernel-bridge/src likewise; `front` runs in a thread of its own, `main` in the one that runs the
 * cells.
 */
const KERNEL_LAYERS = [
  ['wire'],
  ['threads', 'compiler', 'install'],
  ['live', 'modules'],
  ['cells'],
  ['comm', 'recorder'],
  ['widgets'],
  ['front'],
  ['main'],
];

/** The folders of monitor/src likewise. */
const MONITOR_LAYERS = [['api', 'threads'], ['record'], ['http'], ['worker', 'main']];

/** The folders of views/src, likewise. */
const VIEWS_LAYERS = [
  ['format'],
  ['model'],
  ['graph', 'client'],
  ['elements'],
  ['canvas', 'charts'],
  ['details'],
  ['comparing'],
  ['tabs'],
  ['panel'],
  ['host'],
];

/** The folders of extension/src likewise. */
const EXTENSION_LAYERS = [
  ['lab'],
  ['kernel'],
  ['notebook'],
  ['host'],
  ['commands', 'output', 'comparing'],
  ['panel'],
  ['plugins'],
];

/**
 * Each folder of `source` may import only folders of its own layer or below.
 * @param {string} source
 * @param {string[][]} folders
 * @param {string} message
 */
const layered = (source, folders, message) =>
  folders
    .flatMap((layer, index) =>
      layer.map((name) => ({
        target: `${source}/${name}`,
        from: folders.slice(index + 1).flatMap((above) => above.map((other) => `${source}/${other}`)),
        message,
      })),
    )
    .filter(({ from }) => from.length > 0);

/** The folders in which imports point one way, with how: a folder that is missing here fails a test. */
export const LAYERED = [
  {
    source: 'document/src',
    folders: DOCUMENT_LAYERS,
    message:
      'imports point one way: reproducing → merging, comparing → graph → reading → schema → model, json, wording',
  },
  { source: 'lib/src', folders: LIB_LAYERS, message: UPWARD },
  { source: 'lib/src/recorder', folders: RECORDER_LAYERS, message: RECORDER_UPWARD },
  {
    source: 'views/src',
    folders: VIEWS_LAYERS,
    message:
      'imports point one way: host → panel → tabs → comparing → details → charts, canvas → elements → graph → model → format',
  },
  {
    source: 'kernel-bridge/src',
    folders: KERNEL_LAYERS,
    message:
      'imports point one way: main → front → widgets → comm, recorder → cells → live, modules → threads, compiler → wire',
  },
  {
    source: 'extension/src',
    folders: EXTENSION_LAYERS,
    message: 'imports point one way: plugins → panel → commands, output → host → notebook → kernel → lab',
  },
  {
    source: 'monitor/src',
    folders: MONITOR_LAYERS,
    message: 'imports point one way: worker, main → http → record → api, threads',
  },
];

const zones = [
  ...LAYERED.flatMap(({ source, folders, message }) => layered(`./${source}`, folders, message)),
  {
    target: RECORDER_LAYERS.flat().map((name) => `./lib/src/recorder/${name}`),
    from: './lib/src/recorder/*.ts',
    message: RECORDER_UPWARD,
  },
  ...OPERATOR_FOLDERS.map((name) => ({
    target: [
      './lib/src/operators/*.ts',
      ...OPERATOR_FOLDERS.filter((o) => o !== name).map((o) => `./lib/src/operators/${o}`),
    ],
    from: `./lib/src/operators/${name}`,
    message: 'what several operators share lies beside their folders, or in the engine',
  })),
  {
    target: LIB_LAYERS.flatMap((layer) => layer.filter((name) => name !== 'cli').map((name) => `./lib/src/${name}`)),
    from: [
      './lib/src/index.ts',
      './lib/src/show.ts',
      './lib/src/recorder-api.ts',
      './lib/src/plan.ts',
      './lib/src/entries',
    ],
    message: 'the public names are put together from the layers',
  },
  {
    target: './document',
    from: ['./lib', './kernel-bridge', './views', './extension', './monitor'],
    message: 'the document knows nothing of what records and shows it',
  },
  {
    target: './lib',
    from: ['./kernel-bridge', './views', './extension', './monitor'],
    message: 'lib imports none of its hosts and views',
  },
  {
    target: './kernel-bridge',
    from: ['./views', './extension', './monitor'],
    message: 'the kernel imports neither views nor panel nor monitor',
  },
  {
    target: './views',
    from: ['./kernel-bridge', './extension', './monitor'],
    message: 'views import none of their hosts',
  },
  {
    target: './extension',
    from: ['./kernel-bridge', './monitor'],
    message: 'the panel knows neither the kernel nor the monitor',
  },
  {
    target: './monitor/src',
    from: ['./kernel-bridge', './views', './extension'],
    message: 'the server imports only lib',
  },
  {
    target: './monitor/page',
    from: ['./kernel-bridge', './extension'],
    message: 'the page shows the views without JupyterLab',
  },
  {
    target: './style',
    from: ['./views', './extension', './kernel-bridge', './lib'],
    message: 'style is CSS for any page',
  },
];

/**
 * @param {string[]} files
 * @param {{ group?: string[], regex?: string, message: string, allowTypeImports?: boolean }[]} patterns
 */
const forbidPackages = (files, patterns) => ({
  files,
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const stemmaTypesOnly = {
  group: ['stemma', 'stemma/*', 'stemma/**'],
  message: 'the panel imports only types of lib: its runtime belongs into the kernel',
  allowTypeImports: true,
};
const noPathIntoLib = { regex: '^\\.\\./.*/lib/(src|dist)/', message: "import types from 'stemma'" };
const noPathIntoViews = { regex: '^\\.\\./.*/views/(src|dist)/', message: "import from 'stemma-views'" };
const noKernel = {
  group: ['stemma-kernel', 'stemma-kernel/**', 'tslab', 'zeromq'],
  message: 'only the kernel bridge knows these',
};
const noPanel = {
  group: ['jupyterlab-stemma', '@jupyterlab/**', '@lumino/**'],
  message: 'only the panel knows JupyterLab',
};

/** @type {import('eslint').Linter.Config[]} */
export const layers = /** @type {any} */ ([
  {
    files: [
      'document/**/*.ts',
      'lib/**/*.ts',
      'kernel-bridge/**/*.ts',
      'views/**/*.ts',
      'extension/**/*.ts',
      'monitor/**/*.ts',
      'style/**/*.{js,ts}',
    ],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.d.ts', '.js', '.json'] })] },
    rules: { 'import-x/no-restricted-paths': ['error', { zones }] },
  },
  forbidPackages(
    ['document/src/**/*.ts'],
    [
      noKernel,
      noPanel,
      { group: ['stemma', 'stemma/**', 'node:*'], message: 'the document is data: it runs in browsers, too' },
    ],
  ),
  forbidPackages(['lib/src/**/*.ts'], [noKernel, noPanel]),
  forbidPackages(['kernel-bridge/src/**/*.ts'], [noPanel]),
  forbidPackages(['monitor/src/**/*.ts'], [noKernel, noPanel]),
  forbidPackages(['monitor/page/**/*.ts'], [stemmaTypesOnly, noPathIntoViews, noKernel, noPanel]),
  forbidPackages(['extension/src/**/*.ts'], [stemmaTypesOnly, noPathIntoLib, noPathIntoViews, noKernel]),
  forbidPackages(
    ['views/src/**/*.ts', 'style/**/*.{js,ts}'],
    [
      stemmaTypesOnly,
      noPathIntoLib,
      noKernel,
      { ...noPanel, message: 'this also lives outside JupyterLab: it gets a plain model, and a view an element' },
    ],
  ),
]);
