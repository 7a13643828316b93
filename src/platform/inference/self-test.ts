import { goldenPicture } from '../../core/image/golden-picture.ts';
import { sigmoid } from '../../core/tagging/score-codec.ts';
import { cosine } from '../../core/vector/dot.ts';
import type { BackendReport } from '../../protocol/inference.ts';
import type { GoldenVectors } from './pack-manifest.ts';
import type { ModelSession } from './session.ts';

/** What a backend may differ from the reference. */
export const selfTestLimits = { cosine: 0.999, scoreDifference: 0.02 } as const;

export interface SelfTest {
  readonly passed: boolean;
  readonly figures: NonNullable<BackendReport['selfTest']>;
  /** In words, with the limits. */
  readonly detail: string;
}

/**
 * Runs the pack's golden pictures: the least cosine to the reference embeddings and the greatest difference of a score.
 * Anything that is not a number fails. Rejects when the session does.
 */
export async function runSelfTest(session: ModelSession, golden: GoldenVectors): Promise<SelfTest> {
  let leastCosine = 1;
  let greatestDifference = 0;
  let sameShape = true;
  for (const { seed, embedding, scores } of golden) {
    const output = await session.run(goldenPicture(seed, session.inputSize));
    if (output.embedding.length !== embedding.length || output.logits.length !== scores.length) {
      sameShape = false;
      break;
    }
    leastCosine = least(leastCosine, cosine(output.embedding, new Float32Array(embedding)));
    for (let i = 0; i < scores.length; i++) {
      const difference = Math.abs(sigmoid(output.logits[i]!) - scores[i]!);
      greatestDifference = -least(-greatestDifference, -difference);
    }
  }
  if (!sameShape) {
    leastCosine = Number.NaN;
    greatestDifference = Number.NaN;
  }
  const figures = { cosine: leastCosine, scoreDifference: greatestDifference };
  const passed = leastCosine >= selfTestLimits.cosine && greatestDifference <= selfTestLimits.scoreDifference;
  const detail = sameShape
    ? `cosine ${leastCosine.toFixed(5)} (at least ${selfTestLimits.cosine}), scores differ by ${greatestDifference.toFixed(4)} (at most ${selfTestLimits.scoreDifference})`
    : 'the outputs have other lengths than the reference';
  return { passed, figures, detail };
}

/**
 * Median milliseconds of one picture, over up to five runs or about two seconds; the session should have run before.
 */
export async function measureSession(session: ModelSession): Promise<number> {
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 5 && (times.length < 1 || performance.now() - start < 2000)) {
    const picture = goldenPicture(times.length, session.inputSize);
    const before = performance.now();
    await session.run(picture);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1]!;
}

/** The smaller one; not a number wins over everything. */
function least(a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.min(a, b);
}
