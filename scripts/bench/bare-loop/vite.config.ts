import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import app from '../../../vite.config.ts';

/** The baseline's page, built exactly as the app's workers are. */
export default mergeConfig(
  { ...app, plugins: [] },
  {
    root: fileURLToPath(new URL('.', import.meta.url)),
    publicDir: fileURLToPath(new URL('../../../public', import.meta.url)),
    build: {
      outDir: fileURLToPath(new URL('../../../dist-bench', import.meta.url)),
      emptyOutDir: true,
    },
  },
);
