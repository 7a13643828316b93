// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/**
 * Parts of the core as a module that Node runs, made by the same bundler as the app.
 *
 * @param {URL} entry the module that names the parts
 * @returns {Promise<any>} what `entry` exports
 */
export async function loadCore(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'picsift-core-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      build: {
        lib: {
          entry: fileURLToPath(entry),
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
