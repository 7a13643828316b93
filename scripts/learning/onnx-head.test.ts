import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../src/core/learning/activations.ts';
import { FitLanes } from '../../src/core/learning/fit-lanes.ts';
import { outputsOf } from '../../src/core/learning/head.ts';
import { madeLesson } from '../../src/core/learning/made-lesson.ts';
import { headToOnnx } from '../../src/core/learning/onnx-head.ts';
import { logitsOf } from '../../src/core/learning/score.ts';
import { teachInLanes } from '../../src/core/learning/teach-in-lanes.ts';
import { defaultTeachOptions } from '../../src/core/learning/teaching.ts';

describe('a taught head in ONNX Runtime', () => {
  it.each(['softmax', 'sigmoid'] as const)('gives our scores: %s', async (activation) => {
    const lesson = madeLesson(activation, { photos: 120, dims: 24, labels: 5, noise: 0.8, seed: 3 });
    const teaching = await teachInLanes(
      lesson,
      { ...defaultTeachOptions, penalties: [10] },
      new FitLanes([], () => null),
    );
    if (teaching.kind === 'refused') throw new Error('nothing was taught');
    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create(headToOnnx(teaching.head), {
      executionProviders: ['wasm'],
    });
    const outputs = outputsOf(teaching.head.groups);
    const fed = await session.run({ embedding: new ort.Tensor('float32', lesson.embeddings, [120, 24]) });
    const logits = fed.logits!;
    expect(logits.dims).toEqual([120, outputs]);
    for (let photo = 0; photo < 120; photo++) {
      const own = logitsOf(teaching.head, lesson.embeddings.subarray(24 * photo, 24 * photo + 24));
      own.forEach((logit, o) => {
        const theirs = Number(logits.data[photo * outputs + o]);
        expect(Math.abs(sigmoid(theirs) - sigmoid(logit))).toBeLessThan(1e-5);
      });
    }
    await session.release();
  });
});
