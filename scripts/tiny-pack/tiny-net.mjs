import { mulberry32 } from '../mulberry32.mjs';
import { onnxFile } from './onnx.mjs';

// A network that knows colours: small enough for a software GPU, with the inputs and outputs of a real pack.
// pixels -> scaled to -1..1 -> 4 x 4 convolution, stride 4 -> relu = map -> mean = features
// logits = W features + b; embedding = unit(P features + q).

/** Side of the input, pixels. */
export const inputSize = 32;
/** Channels of the map. */
export const channels = 16;
/** Components of the embedding. */
export const dim = 16;

const kernel = 4;
const cells = inputSize / kernel;

/** Channels: R G B above the middle, R G B below it, brightness above and below, then 8 patterns (seeded noise). */
const heads = [
  { id: 'red', en: 'Red', zh: '红色', bias: -6, weights: [4, -4, -4, -4, 4, 4] },
  { id: 'green', en: 'Green', zh: '绿色', bias: -6, weights: [-4, 4, -4, 4, -4, 4] },
  { id: 'blue', en: 'Blue', zh: '蓝色', bias: -6, weights: [-4, -4, 4, 4, 4, -4] },
  { id: 'bright', en: 'Bright', zh: '明亮', bias: -4, weights: [0, 0, 0, 0, 0, 0, 8, -8] },
  { id: 'dark', en: 'Dark', zh: '昏暗', bias: -4, weights: [0, 0, 0, 0, 0, 0, -8, 8] },
  { id: 'warm', en: 'Warm', zh: '暖色', bias: -2, weights: [4, 0, -4, -4, 0, 4] },
  { id: 'cold', en: 'Cold', zh: '冷色', bias: -2, weights: [-4, 0, 4, 4, 0, -4] },
  { id: 'busy', en: 'Busy', zh: '纷繁', bias: -2, weights: [0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4] },
];

/** labels.json. */
export const labels = heads.map(({ id, en, zh }) => ({ id, en, zh, threshold: 0.5, prior: 0.1 }));

const random = mulberry32(20_261_123);

/** [channels, 3, kernel, kernel] */
const filters = new Float32Array(channels * 3 * kernel * kernel);
for (let c = 0; c < channels; c++) {
  for (let input = 0; input < 3; input++) {
    // Patterns come in pairs that cancel out: a plain surface has none.
    let pattern = 0;
    for (let at = 0; at < kernel * kernel; at++) {
      const mean = 1 / (kernel * kernel);
      let weight = 0;
      if (c < 6) weight = c % 3 === input ? (c < 3 ? mean : -mean) : 0;
      else if (c < 8) weight = (c === 6 ? mean : -mean) / 3;
      else weight = at % 2 === 0 ? random() - 0.5 : -pattern;
      pattern = weight;
      filters[(c * 3 + input) * kernel * kernel + at] = weight;
    }
  }
}
const filterBias = new Float32Array(channels);

/** W [labels, channels], b [labels]; P [dim, channels], q [dim]. */
export const weights = {
  W: Float32Array.from(
    heads.flatMap((head) => Array.from({ length: channels }, (_, c) => head.weights[c] ?? 0)),
  ),
  b: Float32Array.from(heads.map((head) => head.bias)),
  P: Float32Array.from({ length: dim * channels }, () => random() - 0.5),
  q: Float32Array.from({ length: dim }, () => (random() - 0.5) * 0.1),
};

/** model.onnx. */
export function tinyModel() {
  const scalar = (/** @type {string} */ name, /** @type {number} */ value) => ({
    name,
    dims: [1],
    data: Float32Array.of(value),
  });
  return onnxFile({
    inputs: [{ name: 'pixels', dims: ['n', 3, inputSize, inputSize] }],
    outputs: [
      { name: 'embedding', dims: ['n', dim] },
      { name: 'logits', dims: ['n', labels.length] },
      { name: 'map', dims: ['n', channels, cells, cells] },
    ],
    tensors: [
      scalar('scale', 1 / 127.5),
      scalar('one', 1),
      { name: 'filters', dims: [channels, 3, kernel, kernel], data: filters },
      { name: 'filter_bias', dims: [channels], data: filterBias },
      { name: 'W', dims: [labels.length, channels], data: weights.W },
      { name: 'b', dims: [labels.length], data: weights.b },
      { name: 'P', dims: [dim, channels], data: weights.P },
      { name: 'q', dims: [dim], data: weights.q },
    ],
    nodes: [
      { op: 'Mul', inputs: ['pixels', 'scale'], outputs: ['scaled'] },
      { op: 'Sub', inputs: ['scaled', 'one'], outputs: ['centred'] },
      {
        op: 'Conv',
        inputs: ['centred', 'filters', 'filter_bias'],
        outputs: ['responses'],
        attributes: { kernel_shape: [kernel, kernel], strides: [kernel, kernel] },
      },
      { op: 'Relu', inputs: ['responses'], outputs: ['map'] },
      { op: 'ReduceMean', inputs: ['map'], outputs: ['features'], attributes: { axes: [2, 3], keepdims: 0 } },
      { op: 'Gemm', inputs: ['features', 'W', 'b'], outputs: ['logits'], attributes: { transB: 1 } },
      { op: 'Gemm', inputs: ['features', 'P', 'q'], outputs: ['projected'], attributes: { transB: 1 } },
      { op: 'ReduceL2', inputs: ['projected'], outputs: ['length'], attributes: { axes: [1], keepdims: 1 } },
      { op: 'Div', inputs: ['projected', 'length'], outputs: ['embedding'] },
    ],
  });
}

/**
 * The same network in plain JavaScript: the reference.
 *
 * @param {Float32Array} pixels RGB planes [3, inputSize, inputSize], 0..255
 * @returns {{embedding: number[], scores: number[]}}
 */
export function tinyReference(pixels) {
  const features = new Array(channels).fill(0);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < cells; y++) {
      for (let x = 0; x < cells; x++) {
        let sum = 0;
        for (let input = 0; input < 3; input++) {
          for (let ky = 0; ky < kernel; ky++) {
            for (let kx = 0; kx < kernel; kx++) {
              const row = input * inputSize + y * kernel + ky;
              const value = (pixels[row * inputSize + x * kernel + kx] ?? 0) / 127.5 - 1;
              sum += value * (filters[((c * 3 + input) * kernel + ky) * kernel + kx] ?? 0);
            }
          }
        }
        features[c] += Math.max(0, sum) / (cells * cells);
      }
    }
  }
  const logits = affine(weights.W, weights.b, features);
  const projected = affine(weights.P, weights.q, features);
  const length = Math.hypot(...projected);
  return {
    embedding: projected.map((value) => value / length),
    scores: logits.map((logit) => 1 / (1 + Math.exp(-logit))),
  };
}

/**
 * @param {Float32Array} matrix [rows, input.length]
 * @param {Float32Array} bias [rows]
 * @param {number[]} input
 */
function affine(matrix, bias, input) {
  return Array.from(bias, (start, row) =>
    input.reduce((sum, value, i) => sum + value * (matrix[row * input.length + i] ?? 0), start),
  );
}
