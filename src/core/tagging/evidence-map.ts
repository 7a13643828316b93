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

/**
 * The logit of every head, as the whole map gives it.
 *
 * @returns [labels]
 * @throws RangeError when the heads do not fit the map
 */
export function headLogits(
  map: FeatureMap,
  { channels, weights, biases }: LinearHeads,
): Float32Array<ArrayBuffer> {
  if (channels !== map.channels || weights.length !== biases.length * channels) {
    throw new RangeError(
      `${biases.length} heads of ${weights.length} weights on ${channels} channels; the map has ${map.channels}`,
    );
  }
  const features = meansOf(map);
  return Float32Array.from(biases, (bias, head) => {
    let logit = bias;
    for (let c = 0; c < channels; c++) logit += weights[head * channels + c]! * features[c]!;
    return logit;
  });
}

/** From features to embeddings: embedding = unit(matrix . features + offset). */
export interface Projection {
  readonly channels: number;
  /** [dims][channels] */
  readonly matrix: Float32Array;
  /** [dims] */
  readonly offset: Float32Array;
}

/**
 * A head on embeddings as a head on the features of one picture, exactly: the length of its embedding is known once the
 * map is.
 *
 * @param weights [dims]
 */
export function headOnFeatures(
  map: FeatureMap,
  { channels, matrix, offset }: Projection,
  weights: Float32Array,
  bias: number,
): LinearHeads {
  const dims = offset.length;
  if (channels !== map.channels || matrix.length !== dims * channels || weights.length !== dims) {
    throw new RangeError(
      `a head on ${weights.length} components; a projection of ${dims} x ${channels} in ${matrix.length} values; a map of ${map.channels} channels`,
    );
  }
  const features = meansOf(map);
  const through = new Float64Array(channels);
  let square = 0;
  let constant = 0;
  for (let d = 0; d < dims; d++) {
    let component = offset[d]!;
    for (let c = 0; c < channels; c++) {
      component += matrix[d * channels + c]! * features[c]!;
      through[c]! += weights[d]! * matrix[d * channels + c]!;
    }
    constant += weights[d]! * offset[d]!;
    square += component * component;
  }
  const length = Math.sqrt(square) || 1;
  return {
    channels,
    weights: Float32Array.from(through, (weight) => weight / length),
    biases: Float32Array.of(bias + constant / length),
  };
}

/** [channels] mean of each channel over the cells. */
function meansOf({ channels, height, width, values }: FeatureMap): Float64Array {
  const cells = height * width;
  return Float64Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let cell = 0; cell < cells; cell++) sum += values[channel * cells + cell]!;
    return sum / cells;
  });
}
