import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Damage, writeTinyPack } from '../../scripts/tiny-pack/generate.mjs';
import { temporaryFolder } from './temporary.ts';

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
