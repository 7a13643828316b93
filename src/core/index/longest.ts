/** Length of the longest of `count` vectors of `dims` floats. */
export function longestOf(
  points: Float32Array,
  count: number,
  dims: number,
  start = 0,
  stride = dims,
): number {
  let longest = 0;
  for (let n = 0; n < count; n++) {
    let squared = 0;
    const at = start + n * stride;
    for (let i = 0; i < dims; i++) squared += points[at + i]! * points[at + i]!;
    if (squared > longest) longest = squared;
  }
  return Math.sqrt(longest);
}
