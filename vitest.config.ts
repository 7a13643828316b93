import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // Files share what they import: loading it anew for each took longer than the tests. What a test puts in the place of
    // something ends with it.
    pool: 'threads',
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    // Only what hangs may run out of time: `npm test` runs these beside the browser tests, which go first, on any machine.
    // So no test has a limit of its own; what is waited for in a test ends before the test does, with its own message.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
