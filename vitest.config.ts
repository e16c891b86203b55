import { defineConfig } from 'vitest/config';

/** Whoever waits for a kernel or a browser on a busy machine waits longer than for a function. */
const minutes = (count: number) => count * 60_000;

/** Also on two cores, of which vitest would leave one idle. */
const TWO_AT_ONCE = { minForks: 2, maxForks: 2 };

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 20_000,
          poolOptions: { forks: TWO_AT_ONCE },
        },
      },
      {
        extends: true,
        test: {
          name: 'demo',
          include: ['tests/demo/**/*.test.ts'],
          testTimeout: minutes(4),
          hookTimeout: minutes(2),
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'tests/monitor/**/*.test.ts'],
          testTimeout: minutes(4),
          hookTimeout: minutes(3),
          // Each file has a JupyterLab and a browser of its own, and waits for them half of the time.
          poolOptions: { forks: TWO_AT_ONCE },
        },
      },
    ],
  },
});
