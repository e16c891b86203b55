/**
 * Unit tests run the sources of the packages rather than what was built of them last: a test in watch mode tests the
 * edit.
 */
import { dirname } from 'node:path';
import type { UserConfig } from 'vite';
import { inRoot } from '../../scripts/support/paths.mjs';

const ENTRIES = {
  'stemma-document': 'document/src/index.ts',
  'stemma/arguments': 'lib/src/entries/arguments.ts',
  'stemma/host': 'lib/src/entries/host.ts',
  'stemma/live': 'lib/src/entries/live.ts',
  'stemma/node-version': 'lib/src/entries/node-version.ts',
  'stemma/recorder': 'lib/src/entries/recorder.ts',
  stemma: 'lib/src/index.ts',
  'stemma-kernel': 'kernel-bridge/src/index.ts',
  'stemma-monitor': 'monitor/src/index.ts',
};

/**
 * What these start or serve lies beside them as built: Node loads the files of a worker thread itself, and knows no
 * TypeScript.
 */
const BESIDE_BUILT = [
  'lib/src/images/decoder-pool.ts',
  'lib/src/recorder/inputs/hash-files.ts',
  'lib/src/workers/worker-pool.ts',
  'monitor/src/monitor.ts',
  'monitor/src/http/page.ts',
].map((file) => inRoot(file));

export const sources: Pick<UserConfig, 'plugins' | 'resolve'> = {
  resolve: {
    alias: Object.entries(ENTRIES).map(([name, file]) => ({
      find: new RegExp(`^${name}$`),
      replacement: inRoot(file),
    })),
  },
  plugins: [
    {
      name: 'stemma-workers-as-built',
      enforce: 'pre',
      transform: (code, file) =>
        BESIDE_BUILT.includes(file)
          ? { code: code.replaceAll('__dirname', JSON.stringify(dirname(file).replace('/src', '/dist'))), map: null }
          : null,
    },
  ],
};
