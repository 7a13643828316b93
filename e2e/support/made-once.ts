import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Every site of the tests has the files in it, too. */
export const madeFolder = fileURLToPath(new URL('../.fixtures/made/', import.meta.url));
const built = process.env.PICSIFT_DIST ?? 'dist';

/** A process that ended in the middle of making leaves its lock behind. */
const longestMilliseconds = 170_000;

/** Changes with the built app, its model and the fixtures. */
function stamp(modules: readonly string[]): string {
  const hash = createHash('sha256');
  // It names every file of the app with its revision.
  const parts = [join(built, 'service-worker.js'), join(built, 'models/starter/pack.json')];
  for (const file of [
    ...parts,
    join(madeFolder, '../manifest.json'),
    ...modules.map((module) => fileURLToPath(new URL(module, import.meta.url))),
  ])
    hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * A file that is made by whichever process asks first; the others, and later runs of the same build, get the same one.
 *
 * @param name of the file
 * @param modules the files here that make it: when they change, it is made again
 * @param make its content
 * @returns its path
 */
export async function madeOnce(
  name: string,
  modules: readonly string[],
  make: () => Promise<Buffer>,
): Promise<string> {
  const file = join(madeFolder, `${name}-${stamp(modules)}.bin`);
  const lock = `${file}.lock`;
  mkdirSync(madeFolder, { recursive: true });
  while (!existsSync(file)) {
    if (!take(lock)) {
      await wait(100);
      continue;
    }
    try {
      if (existsSync(file)) break; // made while we took the lock
      const content = await make();
      for (const old of readdirSync(madeFolder)) {
        const isOld = old.startsWith(`${name}-`) && !lock.endsWith(old);
        if (isOld) rmSync(join(madeFolder, old), { force: true });
      }
      writeFileSync(`${file}.part`, content);
      renameSync(`${file}.part`, file);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return file;
}

/** False: another process is at it. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > longestMilliseconds || isLeft(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** Whether the process that took the lock has ended, as when a run was killed. */
function isLeft(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // Nothing yet: its owner is just about to write.
    if (owner > 0) process.kill(owner, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
