import { chromium } from '@playwright/test';
import { KillMatrix } from '../scripts/trust/kill-matrix.mjs';
import { fixture } from './support/fixtures.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() } });

// `npm run bench:trust` does the same at a hundred moments.
test('page, workers and browser are killed while photos come in and are decided about: nothing is lost', async ({
  site,
}, info) => {
  const profile = temporaryFolder();
  const { executablePath, args = [] } = info.project.use.launchOptions ?? {};
  const matrix = new KillMatrix({
    launch: () =>
      chromium.launchPersistentContext(profile, {
        ...(executablePath === undefined ? {} : { executablePath }),
        args,
        locale: 'en-GB',
      }),
    url: site.url,
    photos: ['smaller.jpg', 'cropped.jpg', 'mirrored.jpg'].map((name) => fixture(`near/${name}`)),
    seed: 5,
  });
  await matrix.run(8);
  const failed = matrix.moments.filter(({ wrong }) => wrong.length > 0);
  expect(failed).toEqual([]);
  // Else the moments would say nothing.
  expect(matrix.expected.added).toBeGreaterThan(20);
  expect(matrix.expected.committed).toBeGreaterThan(10);
});
