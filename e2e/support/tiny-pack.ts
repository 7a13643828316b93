import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Damage, writeTinyPack } from '../../scripts/tiny-pack/generate.mjs';

/** A folder to lay over the built app: a model of a few kilobytes in the place of the built-in one. */
export function tinyPackOverlay(damage: Damage = 'none'): string {
  const folder = mkdtempSync(join(tmpdir(), 'picsift-pack-'));
  writeTinyPack(join(folder, 'models/starter'), damage);
  return folder;
}
