import { defineConfig } from 'vitest/config';

/** Whoever waits for a kernel or a browser on a busy machine waits longer than for a function. */
const minutes = (count: number) => count * 60_000;

export default defineConfig({
  test: {
    // Two files at once, also on two cores, of which vitest would leave one idle.
    minWorkers: 2,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 20_000 },
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
          poolOptions: { forks: { singleFork: true } },
        },
      },
    ],
  },
});
