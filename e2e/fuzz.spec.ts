import { fuzzSummary, runFuzz, survived } from '../scripts/fuzz/run-fuzz.mjs';
import { fixturesOf } from './support/fixtures.ts';
import { openApp } from './support/person.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() }, keptOffline: false });

// `npm run fuzz` does the same with many more.
test('forty damaged files harm neither the page nor the photos among them', async ({ page }) => {
  await openApp(page);
  const result = await runFuzz({
    page,
    originals: ['format', 'odd', 'edge'].flatMap((kind) => fixturesOf(kind).map(({ file }) => file)),
    neighbours: fixturesOf('photo').map(({ file }) => file),
    folder: temporaryFolder(),
    count: 40,
    seed: 7,
  });
  expect(survived(result), fuzzSummary(result, 7)).toBe(true);
  // Some of the damage is deadly, some is not: else the test would say nothing.
  expect(result.ready).toBeGreaterThan(5);
  expect(result.failed.broken).toBeGreaterThan(5);
});
