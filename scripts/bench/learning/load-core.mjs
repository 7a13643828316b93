// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/**
 * Teaching as a module that Node runs, made by the same bundler as the app.
 *
 * @returns {Promise<typeof import('./entry.ts')>}
 */
export async function loadCore() {
  const folder = mkdtempSync(join(tmpdir(), 'picsift-learning-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        lib: {
          entry: fileURLToPath(new URL('./entry.ts', import.meta.url)),
          formats: ['es'],
          fileName: 'core',
        },
        outDir: folder,
        minify: false,
        target: 'es2023',
      },
    });
    return await import(pathToFileURL(join(folder, 'core.js')).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
