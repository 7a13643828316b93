import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import {
  headersFile,
  isolationHeaders,
  metaContentSecurityPolicy,
  securityHeaders,
} from './scripts/headers.mjs';

/** Puts the headers where the built app can carry them; see [Note: Response headers]. */
function responseHeaders(): Plugin {
  return {
    name: 'picsift:response-headers',
    apply: 'build',
    transformIndexHtml(html) {
      const encoding = '<meta charset="utf-8" />';
      if (!html.includes(encoding)) throw new Error(`index.html has no ${encoding}`);
      // Before anything that it governs, after what must be among the first bytes.
      return html.replace(
        encoding,
        `${encoding}\n    <meta http-equiv="Content-Security-Policy" content="${metaContentSecurityPolicy}" />`,
      );
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

/** libheif asks that whoever passes it on passes its licence on, too. */
function libraryLicences(): Plugin {
  return {
    name: 'picsift:library-licences',
    apply: 'build',
    generateBundle() {
      const source = readFileSync(new URL('node_modules/libheif-js/libheif-wasm/LICENSE', import.meta.url));
      this.emitFile({ type: 'asset', fileName: 'licences/libheif.txt', source });
    },
  };
}

/** libheif's script asks for modules of Node in branches that no browser takes. */
function withoutNodeModules(): Plugin {
  const empty = '\0picsift:no-node-module';
  return {
    name: 'picsift:without-node-modules',
    enforce: 'pre',
    resolveId: (id, importer) =>
      ['fs', 'path', 'crypto'].includes(id) && importer?.includes('libheif-js') ? empty : null,
    load: (id) => (id === empty ? 'export default {}' : null),
  };
}

/** Needed by few, and large: kept when nothing else is to do. */
const neededByFew = /libheif/;

/** Files that only the WebGPU backend loads. */
const onlyForWebGpu = /ort\.webgpu|asyncify/;

/** Finds what the page loads only on demand: chunks that the entry does not import statically, and their styles. */
function findLazyFiles(lazy: Set<string>): Plugin {
  return {
    name: 'picsift:lazy-files',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const eager = new Set<Rolldown.OutputChunk>(chunks.filter((chunk) => chunk.isEntry));
      for (const chunk of eager) {
        for (const name of chunk.imports) {
          const imported = byName.get(name);
          if (imported) eager.add(imported);
        }
      }
      const stylesOf = (chunk: Rolldown.OutputChunk) => [...(chunk.viteMetadata?.importedCss ?? [])];
      const eagerStyles = new Set([...eager].flatMap(stylesOf));
      for (const chunk of chunks) {
        if (eager.has(chunk)) continue;
        lazy.add(chunk.fileName);
        for (const style of stylesOf(chunk)) if (!eagerStyles.has(style)) lazy.add(style);
      }
    },
  };
}

const lazyFiles = new Set<string>();
const headersText = JSON.stringify(securityHeaders);

export default defineConfig({
  base: './',
  plugins: [
    react(),
    responseHeaders(),
    libraryLicences(),
    withoutNodeModules(),
    findLazyFiles(lazyFiles),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: false, // public/manifest.webmanifest
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{html,css,js,mjs,wasm,svg,png,webmanifest}'],
        globIgnores: ['models/**', 'screenshots/**'],
        maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({
              ...entry,
              when: onlyForWebGpu.test(entry.url)
                ? 'webgpu'
                : lazyFiles.has(entry.url) || neededByFew.test(entry.url)
                  ? 'idle'
                  : 'start',
            })),
          }),
        ],
      },
    }),
  ],
  define: {
    __PICSIFT_HEADERS__: headersText,
    __PICSIFT_HEADERS_ID__: JSON.stringify(
      createHash('sha256').update(headersText).digest('hex').slice(0, 12),
    ),
  },
  server: { headers: isolationHeaders },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false } },
  worker: { format: 'es', plugins: () => [withoutNodeModules()] },
  optimizeDeps: {
    exclude: ['onnxruntime-web'],
    // Only the workers import these: found late, they would make the dev server reload the page.
    include: ['comlink', 'exifreader', 'idb', 'libheif-js/libheif-wasm/libheif.js', 'zod/mini'],
  },
  // Emits exactly the ORT runtime files that the inference worker names.
  resolve: {
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
});
