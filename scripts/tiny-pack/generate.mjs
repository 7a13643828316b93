// Writes a model pack of a few kilobytes, for tests: `node scripts/tiny-pack/generate.mjs [outDir] [--damage=...]`.
// Damage: `model` (a changed byte), `short` (a byte less), `missing` (no model file), `golden` (a reference that no
// backend reaches), `format` (made for a newer Picsift).

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { littleEndian } from './onnx.mjs';
import { channels, dim, inputSize, labels, tinyModel, tinyReference, weights } from './tiny-net.mjs';

/** @typedef {'none' | 'model' | 'short' | 'missing' | 'golden' | 'format'} Damage */

/**
 * The files of the pack, by path.
 *
 * @param {Damage} damage
 * @returns {Map<string, Uint8Array<ArrayBuffer>>}
 */
export function tinyPack(damage = 'none') {
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  const files = new Map();
  files.set('model.onnx', tinyModel());
  files.set('labels.json', json(labels));
  files.set('heads.bin', littleEndian(Float32Array.of(...weights.W, ...weights.b)));
  files.set('projection.bin', littleEndian(Float32Array.of(...weights.P, ...weights.q)));
  files.set('golden.json', json(golden(damage === 'golden')));
  files.set('CARD.md', new TextEncoder().encode(card));
  files.set('pack.json', json(manifest(files, damage === 'format' ? 2 : 1)));

  const model = files.get('model.onnx');
  if (damage === 'model' && model) model[model.length >> 1] = (model[model.length >> 1] ?? 0) ^ 1;
  if (damage === 'short' && model) files.set('model.onnx', model.slice(0, -1));
  if (damage === 'missing') files.delete('model.onnx');
  return files;
}

const card = `# Tiny

A made-up network that knows colours. It exists to test Picsift; its weights are written by scripts/tiny-pack.
`;

/**
 * The synthetic picture of a seed, as every pack's golden vectors define it (src/core/image/golden-picture.ts).
 *
 * @param {number} seed
 */
export function picture(seed) {
  const planes = new Float32Array(3 * inputSize * inputSize);
  let at = 0;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < inputSize; y++) {
      for (let x = 0; x < inputSize; x++) {
        const angle = (seed + 1) * ((c + 1) * 0.013 * x + (3 - c) * 0.017 * y) + c;
        planes[at++] = 127.5 + 127.5 * Math.sin(angle);
      }
    }
  }
  return planes;
}

/** @param {boolean} wrong */
function golden(wrong) {
  return [0, 1, 2].map((seed) => {
    const { embedding, scores } = tinyReference(picture(seed));
    const sign = wrong ? -1 : 1;
    return {
      seed,
      embedding: embedding.map((value) => sign * Number(value.toFixed(6))),
      scores: scores.map((value) => Number(value.toFixed(6))),
    };
  });
}

/**
 * @param {Map<string, Uint8Array>} files
 * @param {number} format
 */
function manifest(files, format) {
  const entry = (/** @type {string} */ path) => {
    const bytes = files.get(path) ?? new Uint8Array();
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  return {
    format,
    id: 'tiny',
    version: '1',
    name: { en: 'Tiny', zh: '微型模型' },
    licence: 'MIT',
    card: 'CARD.md',
    model: entry('model.onnx'),
    input: {
      name: 'pixels',
      type: 'float32',
      layout: 'NCHW',
      colour: 'RGB',
      range: [0, 255],
      size: inputSize,
      fit: 'centre-crop',
    },
    outputs: {
      embedding: { name: 'embedding', dim },
      labels: { name: 'logits', activation: 'sigmoid' },
      map: { name: 'map', channels },
    },
    labels: entry('labels.json'),
    heads: entry('heads.bin'),
    projection: entry('projection.bin'),
    golden: entry('golden.json'),
  };
}

/** @param {unknown} value */
function json(value) {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}

/**
 * Writes the pack into a folder, in place of what was there.
 *
 * @param {string} outDir
 * @param {Damage} damage
 */
export function writeTinyPack(outDir, damage = 'none') {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  for (const [path, bytes] of tinyPack(damage)) writeFileSync(join(outDir, path), bytes);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const kinds = /** @type {Damage[]} */ (['none', 'model', 'short', 'missing', 'golden', 'format']);
  const wanted =
    process.argv.find((word) => word.startsWith('--damage='))?.slice('--damage='.length) ?? 'none';
  const damage = kinds.find((kind) => kind === wanted);
  if (!damage) throw new Error(`--damage=${wanted}; expected one of ${kinds.join(', ')}`);
  const outDir = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '.fixtures/tiny-pack';
  writeTinyPack(outDir, damage);
  console.log(`Tiny model pack written to ${resolve(outDir)}`);
}
