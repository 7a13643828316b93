import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { launchOptions as findLaunchOptions } from './scripts/chromium.mjs';

const launchOptions = await findLaunchOptions();

// Each test starts its own server (e2e/support/test.ts): some need another pack, a sub-path, or to stop it.
export default defineConfig({
  testDir: 'e2e',
  // One more than processors: tests wait a lot, for what they have asked for to be seen.
  workers: Math.min(4, availableParallelism() + 1),
  // Only what hangs may run out of time, on any machine: the longest test takes 40 s where two cores run all of `npm test`.
  timeout: 400_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  // Test by test, so that no worker is left alone with the last file; files whose tests share something say so.
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Real workers, storage and crashes on a busy machine: a second try is reported as flaky, never hidden.
  retries: 1,
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    // No traces: their snapshots count as actions of a person, and some behaviour depends on there being none yet.
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    // First, as it is long: nothing shall be left for one worker at the end.
    {
      name: 'webgpu',
      testMatch: '**/*.webgpu.spec.ts',
      // A software adapter: it shows that results are right, never how fast they are.
      use: { launchOptions: { ...launchOptions, args: [...launchOptions.args, '--enable-unsafe-webgpu'] } },
    },
    { name: 'chromium', testIgnore: '**/*.webgpu.spec.ts' },
  ],
});
