import { normalise } from '../vector/dot.ts';
import { seededUniform } from './random.ts';
import type { Lesson } from './teaching.ts';
import type { Activation } from './truth.ts';

/** What a made lesson looks like. */
export interface MadeLesson {
  readonly photos: number;
  readonly dims: number;
  readonly labels: number;
  /** Spread of the photos around the centres of their labels; from about 1 the labels overlap. */
  readonly noise: number;
  readonly seed: number;
}

/**
 * A seeded lesson for tests and benches: each photo lies around the centre of its label, or, as a multi-label set, around
 * the sum of the centres of one to three labels; unit length.
 *
 * @param activation softmax: one group; sigmoid: a group per label, fully labelled
 */
export function madeLesson(
  activation: Activation,
  { photos, dims, labels, noise, seed }: MadeLesson,
): Lesson {
  const uniform = seededUniform(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const centres = Float64Array.from({ length: labels * dims }, gaussian);
  const embeddings = new Float32Array(photos * dims);
  const names = Array.from({ length: labels }, (_, k) => `label ${k}`);
  const has = names.map(() => new Int16Array(photos));
  const first = new Int16Array(photos);
  for (let photo = 0; photo < photos; photo++) {
    const row = embeddings.subarray(photo * dims, (photo + 1) * dims);
    const count = activation === 'softmax' ? 1 : 1 + Math.floor(uniform() * 3);
    for (let n = 0; n < count; n++) {
      const label = Math.floor(uniform() * labels);
      if (n === 0) first[photo] = label;
      has[label]![photo] = 1;
      for (let j = 0; j < dims; j++) row[j] = row[j]! + centres[label * dims + j]!;
    }
    for (let j = 0; j < dims; j++)
      row[j] = row[j]! + noise * Math.sqrt(dims / 8) * gaussian() * (j % 4 === 0 ? 1 : 0.3);
    normalise(row);
  }
  const truth =
    activation === 'softmax'
      ? [{ name: 'kind', activation, labels: names, values: first }]
      : names.map((name, k) => ({ name, activation, labels: [name], values: has[k]! }));
  return { embeddings, dims, truth, duplicates: null, backbone: { id: 'made', version: '1' } };
}
