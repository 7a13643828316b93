/** What the model sees where: the mean over all cells are the features that its heads work on. */
export interface FeatureMap {
  readonly channels: number;
  /** Cells; they cover the model's input, which is the picture's centre square. */
  readonly height: number;
  readonly width: number;
  /** [channels][height][width] */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Linear heads over features: logit of label l = weights[l] . features + biases[l]. */
export interface LinearHeads {
  readonly channels: number;
  /** [labels][channels] */
  readonly weights: Float32Array;
  /** [labels] */
  readonly biases: Float32Array;
}

/**
 * What speaks for a label where (class activation map: Zhou et al., "Learning deep features for discriminative
 * localization", 2016). As heads are linear, the mean over the cells is exactly the label's logit.
 *
 * @param head number of the label among the heads
 * @returns [height][width] in logits
 * @throws RangeError when the head does not fit the map
 */
export function evidenceMap(
  { channels, height, width, values }: FeatureMap,
  heads: LinearHeads,
  head: number,
): Float32Array<ArrayBuffer> {
  const bias = heads.biases[head];
  if (bias === undefined || heads.channels !== channels || values.length !== channels * height * width) {
    throw new RangeError(
      `head ${head} of ${heads.biases.length} on ${heads.channels} channels; the map has ${channels} x ${height} x ${width} in ${values.length} values`,
    );
  }
  const cells = height * width;
  const evidence = new Float32Array(cells).fill(bias);
  for (let channel = 0; channel < channels; channel++) {
    const weight = heads.weights[head * channels + channel]!;
    const plane = channel * cells;
    for (let cell = 0; cell < cells; cell++) evidence[cell]! += weight * values[plane + cell]!;
  }
  return evidence;
}
