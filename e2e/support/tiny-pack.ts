import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Damage, tinyPack, writeTinyPack } from '../../scripts/tiny-pack/generate.mjs';
import { temporaryFolder } from './temporary.ts';
import { expect, type Page } from './test.ts';

/** A folder to lay over the built app: a model of a few kilobytes in the place of the built-in one. */
export function tinyPackOverlay(damage: Damage = 'none'): string {
  const folder = temporaryFolder();
  const pack = join(folder, 'models/starter');
  writeTinyPack(pack, damage);
  if (damage === 'missing') {
    // What lies beneath has a file of that name, too.
    const manifest = join(pack, 'pack.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"model.onnx"', '"gone.onnx"'));
  }
  return folder;
}

/** Waits until every file of the tiny model is kept in the browser: the last ones come once all workers run that will. */
export async function waitUntilKept(page: Page): Promise<void> {
  const kept = () =>
    page.evaluate(async () => (await (await caches.open('picsift-models')).keys()).map(({ url }) => url));
  const missing = async () => {
    const urls = await kept();
    return [...tinyPack().keys()].filter((file) => !urls.some((url) => url.includes(`/${file}`)));
  };
  await expect.poll(missing, 'files of the model that are not kept').toEqual([]);
}
