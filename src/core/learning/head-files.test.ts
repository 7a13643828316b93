import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaughtHead } from './head.ts';
import { headFromJson, headToJson } from './head-json.ts';
import { headFromOnnx, headToOnnx } from './onnx-head.ts';

const head: TaughtHead = {
  version: 1,
  backbone: { id: 'starter', version: '1' },
  dims: 3,
  groups: [{ name: '颜色', activation: 'softmax', labels: ['红', 'green "x" \\ \u2028', '🙂'] }],
  weights: Float32Array.of(0.1, -2.5e-7, 3, 1 / 3, 5e8, 1e-40, -0.7, 0, 1),
  bias: Float32Array.of(0.1, -1, 16777217),
  calibration: { scale: [0.5, 0.5, 0.5], offset: [0, 0, 0] },
  thresholds: [null, 0.5, 1 / 3],
  refusal: {
    minimumProbability: 0.25,
    maximumDistance: 0.6,
    references: Float32Array.of(1, 0, 0, 0.6, 0.8, 0),
  },
};
const plain: TaughtHead = {
  ...head,
  groups: ['a', 'b', 'c'].map((name) => ({ name, activation: 'sigmoid', labels: [name], zh: [`${name}的`] })),
  refusal: null,
};

describe('a head as JSON', () => {
  it('comes back as it was', () => {
    for (const one of [head, plain])
      expect(headFromJson(headToJson(one))).toEqual({ kind: 'head', head: one });
  });

  it.each([
    ['version 2', { version: 2 }, /version 2/],
    ['one weight less', { weights: Float32Array.of(1) }, /1 weights; expected 9/],
    ['a wrong number of components', { dims: 0.5 }, /dims 0.5/],
    ['a label twice', { groups: [{ name: 'g', activation: 'softmax', labels: ['a', 'a', 'b'] }] }, /twice/],
    ['a Chinese name less', { groups: [{ ...head.groups[0]!, zh: ['红'] }] }, /1 Chinese names for 3/],
    ['a threshold of 2', { thresholds: [null, 2, null] }, /threshold/],
    ['a scale of 0', { calibration: { scale: [0, 1, 1], offset: [0, 0, 0] } }, /scale/],
    ['a refusal of sigmoids', { groups: plain.groups }, /softmax/],
    [
      'references of another size',
      { refusal: { ...head.refusal, references: Float32Array.of(1) } },
      /references/,
    ],
  ])('is refused with %s', (_, wrong, problem) => {
    const read = headFromJson(headToJson({ ...head, ...wrong } as TaughtHead));
    expect(read).toMatchObject({ kind: 'refused', problem: expect.stringMatching(problem) });
  });
});

describe('JSON from elsewhere', () => {
  it.each([
    '',
    '[]',
    'null',
    '{"format":"picsift-head"}',
    '{"format":"other"}',
    '{"format":"picsift-head","weights":["a"],"bias":[]}',
  ])('is refused, not thrown at: %s', (text) => {
    expect(headFromJson(text).kind).toBe('refused');
  });

  it('is refused for any field of another type', () => {
    const whole: Record<string, unknown> = JSON.parse(headToJson(head));
    for (const field of Object.keys(whole)) {
      for (const wrong of [undefined, 7, 'x', [null], [[]], { a: 1 }, true]) {
        // A number is what these hold; others are refused for what they say.
        if (field === 'dims' && wrong === 7) continue;
        const read = headFromJson(JSON.stringify({ ...whole, [field]: wrong }));
        expect(read.kind, `${field}: ${JSON.stringify(wrong)}`).toBe('refused');
      }
    }
  });
});

describe('a head as ONNX', () => {
  it('comes back as it was', () => {
    for (const one of [head, plain])
      expect(headFromOnnx(headToOnnx(one))).toEqual({ kind: 'head', head: one });
  });

  it('is refused cut short or with any byte changed, unless it still is such a head', () => {
    const bytes = headToOnnx(head);
    for (let length = 0; length < bytes.length; length++) {
      expect(headFromOnnx(bytes.subarray(0, length)).kind).toBe('refused');
    }
    for (let at = 0; at < bytes.length; at++) {
      for (const bits of [0x01, 0x80, 0xff]) {
        const changed = bytes.slice();
        changed[at] = changed[at]! ^ bits;
        const read = headFromOnnx(changed);
        if (read.kind === 'head') expect(headToOnnx(read.head)).toEqual(changed);
      }
    }
  });

  it('is refused with anything added', () => {
    const bytes = headToOnnx(plain);
    const extra = Uint8Array.of(...bytes, 0x1a, 1, 0x31);
    expect(headFromOnnx(extra)).toMatchObject({ problem: expect.stringMatching(/besides the head/) });
  });

  it('never throws, whatever the bytes', () => {
    const bytes = headToOnnx(plain);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(bytes.length), (noise, at) => {
        expect(headFromOnnx(noise).kind).toBe('refused');
        const spliced = Uint8Array.of(
          ...bytes.subarray(0, at),
          ...noise,
          ...bytes.subarray(at + noise.length),
        );
        const read = headFromOnnx(spliced);
        if (read.kind === 'head') expect(headToOnnx(read.head)).toEqual(spliced);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('is not written when it is no valid head', () => {
    expect(() => headToOnnx({ ...head, dims: 4 })).toThrow(/cannot be written/);
  });
});
