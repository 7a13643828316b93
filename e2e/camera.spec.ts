import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { traceTasks, watchLongTasks } from '../scripts/bench/import/page-tasks.mjs';
import { launchOptions } from '../scripts/chromium.mjs';
import { expectAccessible } from './support/accessible.ts';
import { fixture, photoFiles } from './support/fixtures.ts';
import { addPhotos, openApp, photoView, waitForImport } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import { temporaryFolder } from './support/temporary.ts';
import { test as bareTest } from './support/test.ts';

/** Searching with a camera: Chromium's fake one shows a fixture, as motion JPEG is nothing but JPEGs in a row. */

const scene = 'hills-1.jpg';
const film = join(temporaryFolder(), 'camera.mjpeg');
writeFileSync(
  film,
  Buffer.concat(Array.from({ length: 20 }, () => readFileSync(fixture(`photos/${scene}`)))),
);

const usual = await launchOptions();
const withCamera = {
  viewport: { width: 1280, height: 900 },
  launchOptions: {
    ...usual,
    args: [...usual.args, '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
  },
};
test.use({ modelRuns: true, ...withCamera });
bareTest.use(withCamera);

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search by camera' });
const hits = (page: Page) =>
  page.getByRole('list', { name: 'Similar photos' }).getByRole('button', { name: /similarity/ });

/** How many of the streams that the page was given still run. */
async function watchStreams(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const streams: MediaStream[] = [];
    Object.assign(window, { streams });
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      streams.push(stream);
      return stream;
    };
  });
  return () =>
    page.evaluate(
      () => (window as unknown as { streams: MediaStream[] }).streams.filter(({ active }) => active).length,
    );
}

interface Phone {
  /** What the app asked of the cameras, in order. */
  readonly asked: readonly unknown[];
}

/** Two cameras, which zoom and have a light, in place of the one; their pictures are those of the one. */
async function pretendPhone(page: Page): Promise<void> {
  await page.evaluate(() => {
    const asked: unknown[] = [];
    Object.assign(window, { asked });
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const { facingMode } = constraints!.video as MediaTrackConstraints;
      asked.push(facingMode);
      const stream = await open({ video: true });
      for (const track of stream.getVideoTracks())
        Object.assign(track, {
          getCapabilities: () => ({ zoom: { min: 1, max: 4, step: 0.5 }, torch: true }),
          getSettings: () => ({ facingMode, zoom: 1 }),
          applyConstraints: async ({ advanced }: MediaTrackConstraints) => {
            asked.push(advanced![0]);
          },
        });
      return stream;
    };
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () => {
      const devices = await list();
      const back = {
        kind: 'videoinput',
        deviceId: 'back',
        getCapabilities: () => ({ facingMode: ['environment'] }),
      };
      return [...devices, back as unknown as MediaDeviceInfo];
    };
  });
}

test('a shot is searched for and can be kept; live matches follow the camera', async ({
  page,
  context,
  library,
}) => {
  await context.grantPermissions(['camera']);
  const running = await watchStreams(page);
  // One worker with one thread: what the slowest devices have.
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 1 }),
  );
  await openApp(page);
  await expectCount(page, library.present.length);
  await page.getByRole('button', { name: 'Search by camera' }).click();
  await expect
    .poll(() =>
      dialog(page)
        .locator('video')
        .evaluate((video: HTMLVideoElement) => video.videoWidth),
    )
    .toBeGreaterThan(0);
  expect(await running()).toBe(1);
  await expectAccessible(page, 'the camera');

  await dialog(page).getByRole('switch', { name: 'Live matches' }).check({ force: true });
  const matches = dialog(page).getByRole('list', { name: 'Live matches' }).getByRole('button');
  await expect(matches.first()).toHaveAccessibleName(/hills.* similarity/);
  const rate = dialog(page).getByText(/searches a second/);
  await expect(rate).toBeVisible();
  // How many depends on what else the machine does: told, not asserted.
  await expect.poll(async () => Number.parseFloat((await rate.textContent())!)).toBeGreaterThan(0);
  console.log(`  live, one thread: ${await rate.textContent()}`);
  // Nobody sees a tab that is hidden: no frame is taken there, and they go on when it is seen again.
  await page.evaluate(() => {
    const counted = { frames: 0 };
    const Own = VideoFrame;
    Object.assign(window, {
      counted,
      VideoFrame: new Proxy(Own, {
        construct(target, parts: ConstructorParameters<typeof Own>) {
          counted.frames++;
          return Reflect.construct(target, parts) as VideoFrame;
        },
      }),
    });
  });
  const frames = () =>
    page.evaluate(() => (window as unknown as { counted: { frames: number } }).counted.frames);
  const hide = (hidden: boolean) =>
    page.evaluate(
      (isHidden) => Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden }),
      hidden,
    );
  await expect.poll(frames).toBeGreaterThan(0);
  await hide(true);
  // The one that was being taken may still be.
  await page.waitForTimeout(50);
  const before = await frames();
  await page.waitForTimeout(800);
  expect(await frames()).toBe(before);
  await hide(false);
  await expect.poll(frames).toBeGreaterThan(before);
  // Meanwhile the page is not held up: by what it works itself, as other programs may have the processor in between.
  const longTasks = await watchLongTasks(page);
  const traced = await traceTasks(page.context().browser()!);
  await page.waitForTimeout(2000);
  const { clock, processor } = await traced();
  const long = (await longTasks()).map(Math.round);
  console.log(
    `  longest task: ${clock.toFixed(0)} ms by the clock, ${processor.toFixed(0)} ms of work; over 50 ms: ${long}`,
  );
  expect(processor).toBeLessThan(50);
  await dialog(page).getByRole('switch', { name: 'Live matches' }).uncheck({ force: true });
  await expect(rate).toBeHidden();

  await page.getByRole('button', { name: 'Take photo' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(running, 'the camera is off').toBe(0);
  await expect(hits(page).first()).toHaveAccessibleName(/hills/);
  // A part of the shot, by keys.
  await page.getByRole('button', { name: 'Select region' }).click();
  const part = page.getByRole('group', { name: 'Part of the photo to search for' });
  await part.press('ArrowRight');
  await expect(part.getByRole('status')).toContainText('50% wide');
  await page.getByRole('button', { name: 'Whole photo' }).click();
  await page.getByRole('button', { name: 'Select region' }).click();
  await page.getByRole('button', { name: 'Keep in the library' }).click();
  await expect(page.getByText('The shot is in the library.')).toBeVisible();
  await expect(hits(page).filter({ hasText: /^Camera \d{4}/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Back to all photos' }).click();
  await expectCount(page, library.present.length + 1);

  // Closed by Escape: the camera goes off as well.
  await page.getByRole('button', { name: 'Search by camera' }).click();
  await expect.poll(running).toBe(1);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect.poll(running).toBe(0);
  await expect(photoView(page)).toBeHidden();
  // As it does by Back; in Chinese as in English.
  await page.getByRole('button', { name: '简体中文' }).click();
  await page.getByRole('button', { name: '用相机搜索' }).click();
  await expect.poll(running).toBe(1);
  const chinese = page.getByRole('dialog', { name: '用相机搜索' });
  await expect(chinese.getByRole('switch', { name: '实时匹配' })).toBeVisible();
  await expect(chinese.getByRole('button', { name: '拍照' })).toBeEnabled();
  await page.goBack();
  await expect(chinese).toBeHidden();
  await expect.poll(running).toBe(0);
});

test('no permission, no camera, a camera that goes: said in plain words, and a file does', async ({
  page,
  context,
  library,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'maxTouchPoints', { get: () => 1 }),
  );
  await openApp(page);
  await expectCount(page, library.present.length);
  const open = () => page.getByRole('button', { name: 'Search by camera' }).click();
  await open();
  await expect(page.getByRole('alert')).toContainText('The camera is not allowed');
  // Phones have a camera app, which needs no permission of ours.
  await expect(page.getByRole('button', { name: 'Take a photo with the camera app' })).toBeVisible();
  await expect(page.getByLabel('Take a photo with the camera app').last()).toHaveAttribute(
    'capture',
    'environment',
  );
  await expectAccessible(page, 'a camera that is not allowed');

  // Allowed after all: zoom and light where the camera has them, and the other camera.
  await context.grantPermissions(['camera']);
  await pretendPhone(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Take photo' })).toBeVisible();
  const asked = () => page.evaluate(() => (window as unknown as Phone).asked);
  await dialog(page).getByRole('slider', { name: 'Zoom' }).press('ArrowRight');
  await dialog(page).getByRole('button', { name: 'Light' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Light' })).toHaveAttribute('aria-pressed', 'true');
  expect(await asked()).toEqual(['environment', { zoom: 1.5 }, { torch: true }]);
  await expectAccessible(page, 'a camera with zoom and light');
  await dialog(page).getByRole('button', { name: 'Use the front camera' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Use the back camera' })).toBeVisible();
  expect((await asked()).at(-1)).toBe('user');
  await expect(dialog(page).locator('video')).toHaveClass(/mirrored/);
  await expect(dialog(page).getByRole('button', { name: 'Light' })).toHaveAttribute('aria-pressed', 'false');

  // A light that the camera refuses stays off; a camera that gives no picture says so.
  await dialog(page)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => {
      const [track] = (video.srcObject as MediaStream).getVideoTracks();
      Object.assign(track!, { applyConstraints: () => Promise.reject(new Error('no')) });
      Object.assign(window, {
        VideoFrame: undefined,
        createImageBitmap: () => Promise.reject(new Error('no')),
      });
    });
  await dialog(page).getByRole('button', { name: 'Light' }).click();
  await expect(page.getByText('The camera does not switch its light.')).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Light' })).toHaveAttribute('aria-pressed', 'false');
  await dialog(page).getByRole('button', { name: 'Take photo' }).click();
  await expect(page.getByText('The camera gave no picture. Try again.')).toBeVisible();

  // Taken away.
  await dialog(page)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => {
      const [track] = (video.srcObject as MediaStream).getVideoTracks();
      track?.dispatchEvent(new Event('ended'));
    });
  await expect(page.getByRole('alert')).toContainText('The camera stopped');
  // The same while it is being opened: nothing waits for a picture of a stream that is over.
  const listed = await page.evaluateHandle(() => {
    const { mediaDevices } = navigator;
    const { getUserMedia, enumerateDevices } = mediaDevices;
    let stream: MediaStream | null = null;
    mediaDevices.getUserMedia = async (constraints) => {
      stream = await getUserMedia.call(mediaDevices, constraints);
      return stream;
    };
    mediaDevices.enumerateDevices = async () => {
      stream?.getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
      return enumerateDevices.call(mediaDevices);
    };
    return { enumerateDevices };
  });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Take photo' })).toBeHidden();
  await expect(page.getByRole('alert')).toContainText('The camera stopped');
  await listed.evaluate(({ enumerateDevices }) => {
    navigator.mediaDevices.enumerateDevices = enumerateDevices;
  });

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
  });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toContainText('No camera found');
  await page.getByLabel('Choose a picture').last().setInputFiles(fixture('formats/lossless.webp'));
  await expect(dialog(page)).toBeHidden();
  await expect(hits(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep in the library' })).toBeHidden();
  // What the phone's own camera app took is a shot, which can be kept.
  await open();
  await page
    .getByLabel('Take a photo with the camera app')
    .last()
    .setInputFiles(fixture('formats/lossless.webp'));
  await expect(dialog(page)).toBeHidden();
  await page.getByRole('button', { name: 'Keep in the library' }).click();
  await expect(page.getByText('The shot is in the library.')).toBeVisible();
  await expect(hits(page).filter({ hasText: /^Camera \d{4}.*\.webp/ })).toHaveCount(1);
});

bareTest('without a network a shot is searched for as with one', async ({ page, context, site }) => {
  const files = photoFiles(3);
  await openApp(page);
  await expect(page.getByText('Ready offline').first()).toBeVisible();
  await context.grantPermissions(['camera']);
  await context.setOffline(true);
  await site.stop();
  await page.reload();
  await addPhotos(page, files);
  await waitForImport(page, files.length);
  await page.getByRole('button', { name: 'Search by camera' }).click();
  await page.getByRole('button', { name: 'Take photo' }).click();
  await expect(page.getByText(/Searched 3 photos/)).toBeVisible();
});
