// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Python that may have Faiss: PICSIFT_PYTHON, else python3. */
const python = process.env.PICSIFT_PYTHON ?? 'python3';

/**
 * Faiss in a process of its own, kept open so that its runs and ours can take turns; null where Python has no Faiss.
 *
 * @param {import('./vectors.mjs').Vectors} set
 * @param {import('./vectors.mjs').Vectors} queries
 */
export async function openFaiss(set, queries) {
  if (spawnSync(python, ['-c', 'import faiss']).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'picsift-faiss-'));
  const paths = { vectors: join(folder, 'vectors.f32'), queries: join(folder, 'queries.f32') };
  writeFileSync(
    paths.vectors,
    new Uint8Array(set.values.buffer, set.values.byteOffset, set.values.byteLength),
  );
  writeFileSync(
    paths.queries,
    new Uint8Array(queries.values.buffer, queries.values.byteOffset, queries.values.byteLength),
  );
  const child = spawn(python, [fileURLToPath(new URL('./faiss_peer.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {Record<string, unknown>} command */
  const ask = async (command) => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('Faiss ended before it answered; its message is above');
    return JSON.parse(value);
  };
  const { version, options } = await ask({ do: 'open', dims: set.dims, ...paths });
  rmSync(folder, { recursive: true });
  return {
    /** @type {string} */
    version,
    /** @type {string} */
    options,
    /**
     * @param {string} factory
     * @returns {Promise<{ seconds: number, bytes: number }>}
     */
    build: (factory) => ask({ do: 'build', factory }),
    /**
     * @param {string} factory
     * @param {{ k: number, nprobe: number, kFactor: number }} how
     * @returns {Promise<{ ms: number[], ids: number[][] }>}
     */
    measure: (factory, how) => ask({ do: 'measure', factory, ...how }),
    close: () => child.stdin.end(),
  };
}
