import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // Only what hangs may run out of time: `npm test` runs these beside the browser tests, which go first, on any machine.
    // So no test has a limit of its own; what is waited for in a test ends before the test does, with its own message.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
