import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // `npm test` runs them beside the browser tests, which go first.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
