// @ts-check
/**
 * What each dependency weighs in the built app: the gzip size of every chunk, shared out among the packages in it by the
 * length of their code before minification. Figures for the README.
 *
 *   node scripts/bundle-sizes.mjs
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** @type {Map<string, number>} gzip bytes by package */
const sizes = new Map();

/** @param {string} id */
const packageOf = (id) => {
  const inside = id.split('node_modules/').at(-1);
  if (inside === undefined || inside === id) return 'Picsift';
  const parts = inside.split('/');
  return parts[0]?.startsWith('@') ? `${parts[0]}/${parts[1]}` : (parts[0] ?? id);
};

/** @returns {import('vite').Plugin} */
const measure = () => ({
  name: 'picsift:measure',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const modules = Object.entries(chunk.modules);
        const length = modules.reduce((sum, [, module]) => sum + module.renderedLength, 0);
        const compressed = gzipSync(chunk.code).length;
        for (const [id, module] of modules) {
          const name = packageOf(id);
          const share = length === 0 ? 0 : (compressed * module.renderedLength) / length;
          sizes.set(name, (sizes.get(name) ?? 0) + share);
        }
      }
    },
  },
});

const outDir = mkdtempSync(join(tmpdir(), 'picsift-sizes-'));
await build({
  logLevel: 'error',
  build: { outDir, emptyOutDir: true },
  plugins: [measure()],
  worker: { plugins: () => [measure()] },
});
rmSync(outDir, { recursive: true, force: true });
for (const [name, bytes] of [...sizes].sort(([, a], [, b]) => b - a)) {
  if (bytes >= 50) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${name}`);
}
