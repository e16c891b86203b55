import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['*.sample.ts'], reporters: ['../../../../../scripts/support/running/vitest-events.mjs'] },
});
