import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenPicture } from '../../src/core/image/golden-picture.ts';
import { picture, tinyPack } from './generate.mjs';
import { Message, varint } from './protobuf.mjs';
import { dim, inputSize, labels, tinyReference } from './tiny-net.mjs';

// Not part of this compilation: the scripts know nothing of the workers' types.
const readers = new URL('../../src/platform/inference/pack-manifest.ts', import.meta.url).href;
const { parseGolden, parseLabels, parseManifest } = await import(/* @vite-ignore */ readers);

describe('the protobuf writer', () => {
  it('writes varints seven bits at a time, lowest first', () => {
    expect([...varint(0)]).toEqual([0]);
    expect([...varint(127)]).toEqual([127]);
    expect([...varint(300)]).toEqual([0xac, 0x02]);
    expect(() => varint(-1)).toThrow(RangeError);
  });

  it('writes field, kind and length before the content', () => {
    const inner = new Message().int(1, 150);
    expect([...inner.encode()]).toEqual([0x08, 0x96, 0x01]);
    expect([...new Message().bytes(3, inner).encode()]).toEqual([0x1a, 3, 0x08, 0x96, 0x01]);
    expect([...new Message().bytes(2, 'hé').encode()]).toEqual([0x12, 3, 0x68, 0xc3, 0xa9]);
  });
});

describe('the tiny pack', () => {
  const files = tinyPack();
  const bytesOf = (path: string) => files.get(path)!.buffer;
  const read = (path: string) => JSON.parse(new TextDecoder().decode(bytesOf(path)));
  let session: ort.InferenceSession;

  beforeAll(async () => {
    const runtime = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
    ort.env.wasm.wasmBinary = readFileSync(runtime);
    ort.env.wasm.numThreads = 1;
    session = await ort.InferenceSession.create(files.get('model.onnx')!, { executionProviders: ['wasm'] });
  });

  async function run(pixels: Float32Array) {
    const feeds = { pixels: new ort.Tensor('float32', pixels, [1, 3, inputSize, inputSize]) };
    const { embedding, logits, map } = await session.run(feeds);
    return { embedding: embedding!, logits: logits!, map: map! };
  }

  it('is a pack as the app reads them, of less than 20 kB', () => {
    expect(parseManifest(read('pack.json'))).toMatchObject({ ok: true });
    expect(parseLabels(bytesOf('labels.json'), 'labels.json')).toMatchObject({ ok: true });
    expect(parseGolden(bytesOf('golden.json'), 'golden.json')).toMatchObject({ ok: true });
    expect([...files.values()].reduce((sum, file) => sum + file.length, 0)).toBeLessThan(20_000);
  });

  it('is the same every time', () => {
    expect(read('pack.json')).toEqual(JSON.parse(new TextDecoder().decode(tinyPack().get('pack.json')!)));
  });

  it('uses the golden pictures of the app', () => {
    expect(picture(2)).toEqual(goldenPicture(2, inputSize));
  });

  it('runs in ONNX Runtime as its reference says', async () => {
    for (const { seed, embedding, scores } of read('golden.json')) {
      const output = await run(picture(seed));
      expect(output.map.dims).toEqual([1, 16, 8, 8]);
      expect(output.embedding.dims).toEqual([1, dim]);
      output.embedding.data.forEach((value, i) => {
        expect(value).toBeCloseTo(embedding[i], 4);
      });
      output.logits.data.forEach((value, i) => {
        expect(1 / (1 + Math.exp(-Number(value)))).toBeCloseTo(scores[i], 4);
      });
    }
  });

  it('knows its colours', () => {
    const plain = (...rgb: [number, number, number]) => {
      const plane = inputSize * inputSize;
      const pixels = Float32Array.from({ length: 3 * plane }, (_, i) => rgb[Math.floor(i / plane)]!);
      const { scores } = tinyReference(pixels);
      return labels.filter((_, i) => scores[i]! >= 0.5).map((label) => label.id);
    };
    expect(plain(255, 0, 0)).toEqual(['red', 'warm']);
    expect(plain(0, 0, 255)).toEqual(['blue', 'cold']);
    expect(plain(0, 255, 0)).toEqual(['green']);
    expect(plain(255, 255, 255)).toEqual(['bright']);
    expect(plain(0, 0, 0)).toEqual(['dark']);
  });

  it('can be written damaged, in each way that the app tells apart', () => {
    const good = files.get('model.onnx')!;
    expect(tinyPack('model').get('model.onnx')!.length).toBe(good.length);
    expect(tinyPack('model').get('model.onnx')).not.toEqual(good);
    expect(tinyPack('short').get('model.onnx')!.length).toBe(good.length - 1);
    expect(tinyPack('missing').has('model.onnx')).toBe(false);
    const format = parseManifest(JSON.parse(new TextDecoder().decode(tinyPack('format').get('pack.json')!)));
    expect(format).toMatchObject({ ok: false, problem: { code: 'unknown-format' } });
  });
});
