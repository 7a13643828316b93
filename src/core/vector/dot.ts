/**
 * Dot product of two vectors that lie inside packed arrays.
 *
 * @param a rows of `length` floats, packed; the vector starts at `aStart`
 * @param b likewise
 * @param length number of components; both ranges must lie inside their arrays (not checked: this is the inner loop)
 */
export function dot(
  a: Float32Array,
  b: Float32Array,
  length: number = a.length,
  aStart = 0,
  bStart = 0,
): number {
  // Four independent sums: the additions do not wait for each other.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += a[aStart + i]! * b[bStart + i]!;
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
    s2 += a[aStart + i + 2]! * b[bStart + i + 2]!;
    s3 += a[aStart + i + 3]! * b[bStart + i + 3]!;
  }
  for (; i < length; i++) s0 += a[aStart + i]! * b[bStart + i]!;
  return s0 + s1 + (s2 + s3);
}

/** Euclidean length. */
export function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

/** Scales `a` to unit length in place and returns it; a vector of zeros (or not finite) is left as it is. */
export function normalise<T extends Float32Array>(a: T): T {
  const length = norm(a);
  if (length > 0 && Number.isFinite(length)) {
    for (let i = 0; i < a.length; i++) a[i] = a[i]! / length;
  }
  return a;
}

/**
 * Cosine of the angle between two vectors of equal length, -1..1; 0 when one of them is all zeros.
 *
 * @throws RangeError when the lengths differ
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new RangeError(`cosine of vectors with ${a.length} and ${b.length} components; they must be equal`);
  }
  const lengths = norm(a) * norm(b);
  if (lengths === 0) return 0;
  return Math.min(1, Math.max(-1, dot(a, b) / lengths));
}
