import { describe, expect, it } from 'vitest';
import { failed, type Loaded, type PackFile, type PackManifest } from './pack-manifest.ts';
import { PackWeights } from './pack-weights.ts';

const manifest = {
  id: 'tiny',
  version: '1',
  outputs: { map: { name: 'map', channels: 2 } },
  heads: { path: 'heads.bin', bytes: 36, sha256: '' },
  projection: { path: 'projection.bin', bytes: 36, sha256: '' },
} as unknown as PackManifest;
const model = { id: 'tiny', version: '1' };

describe('the weights of a pack', () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6, 0.1, 0.2, 0.3);
  const reading = (answers: Loaded<ArrayBuffer>[]) => {
    const asked: PackFile[] = [];
    const weights = new PackWeights({
      file: async (file) => {
        asked.push(file);
        return answers.shift()!;
      },
    });
    return { weights, asked };
  };

  it('are a row per label and its bias, read once', async () => {
    const { weights, asked } = reading([{ ok: true, value: values.buffer }]);
    expect(await weights.heads(model)).toBeNull(); // no pack yet
    weights.use(manifest);
    const heads = await weights.heads(model);
    expect(heads).toMatchObject({ channels: 2, weights: values.slice(0, 6), biases: values.slice(6) });
    expect(await weights.heads(model)).toBe(heads);
    expect(asked).toHaveLength(1);
    expect(await weights.heads({ ...model, version: '2' })).toBeNull();
  });

  it('have the way to embeddings beside them', async () => {
    const { weights, asked } = reading([{ ok: true, value: values.buffer }]);
    weights.use(manifest);
    const projection = await weights.projection(model);
    expect(projection).toMatchObject({ channels: 2, matrix: values.slice(0, 6), offset: values.slice(6) });
    expect(await weights.projection(model)).toBe(projection);
    expect(asked.map(({ path }) => path)).toEqual(['projection.bin']);
  });

  it('are asked for again when they could not be had', async () => {
    const missing = failed({ code: 'missing', file: 'heads.bin', found: 'HTTP 404', expected: 'a file' });
    const { weights } = reading([missing, { ok: true, value: values.buffer }]);
    weights.use(manifest);
    expect(await weights.heads(model)).toBeNull();
    expect((await weights.heads(model))?.biases).toHaveLength(3);
  });
});
