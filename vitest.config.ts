import { defineConfig } from 'vitest/config';
import { sources } from './tests/support/sources';

const minutes = (count: number) => count * 60_000;

/** For tests that wait for a kernel or a browser, also on a machine that is busy with something else. */
const PATIENT = { testTimeout: minutes(8), hookTimeout: minutes(5) };

export default defineConfig({
  test: {
    // Two files at once, also on two cores, of which vitest would leave one idle.
    minWorkers: 2,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        ...sources,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: minutes(2),
          hookTimeout: minutes(2),
        },
      },
      {
        extends: true,
        test: {
          name: 'demo',
          include: ['tests/demo/**/*.test.ts'],
          ...PATIENT,
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'tests/monitor/**/*.test.ts'],
          globalSetup: ['tests/browser/support/shared-labs.ts'],
          ...PATIENT,
          // What a page or a kernel has not said after this long it will not say.
          expect: { poll: { timeout: minutes(3) } },
        },
      },
      {
        extends: true,
        test: {
          name: 'smoke',
          // Beside the kernel what another Node might break in the library: streams, files, threads, decoding.
          include: [
            'tests/smoke/**/*.test.ts',
            'tests/demo/pipeline.test.ts',
            'tests/unit/lib/{laws,operators,sources,sinks,worker*}.test.ts',
            'tests/unit/lib/{images,operators}/**/*.test.ts',
          ],
          ...PATIENT,
        },
      },
    ],
  },
});
