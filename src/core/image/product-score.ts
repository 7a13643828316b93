/** Whether the colour of a thing counts, does not, or must be about the same. */
export type ColourRule = 'counts' | 'ignored' | 'required';

/** What colour adds to content of 1. This and the reach were chosen on one half of the items that `bench:find` has. */
const colourWeight = 0.35;
/** Sliced Wasserstein distance at which likeness has fallen to 1 / e. */
const colourReach = 0.03;
/** Likeness below which a colour is another one. */
const leastLikeness = 0.07;
/** Likeness of colours that are not known. */
const unknownLikeness = 0.3;

/** 1 for the same colours, towards 0 the farther they are. @param distance of inner colour signatures */
export function colourLikeness(distance: number): number {
  return Math.exp(-distance / colourReach);
}

/**
 * How likely two photos show the same product, 0..1: the cosine of their vectors and the colours of what is within their
 * plain margins, so that an even background counts for nothing.
 *
 * @param colourDistance of the inner colour signatures ([Note: Photo signature]); null where one is missing
 */
export function productScore(cosine: number, colourDistance: number | null, rule: ColourRule): number {
  const content = Math.min(1, Math.max(0, cosine));
  if (rule === 'ignored') return content;
  const likeness = colourDistance === null ? unknownLikeness : colourLikeness(colourDistance);
  if (rule === 'required' && likeness < leastLikeness) return 0;
  return (content + colourWeight * likeness) / (1 + colourWeight);
}

/**
 * Score at which likeness ends: what a photo scores whose vector is just as alike as photos must be to count as similar, of
 * whose colours nothing is known. Like colours make up for some content, others must be that much more alike.
 *
 * @param cutOff of vectors, a cosine
 */
export function productCutOff(cutOff: number, rule: ColourRule): number {
  return productScore(cutOff, null, rule);
}
