/**
 * The synthetic picture of a seed, on which a model pack's golden vectors were computed.
 * Value of channel c, row y, column x: 127.5 + 127.5 sin((seed + 1) ((c + 1) 0.013 x + (3 - c) 0.017 y) + c).
 *
 * @returns RGB planes [3, size, size], 0..255.
 */
export function goldenPicture(seed: number, size: number): Float32Array<ArrayBuffer> {
  const planes = new Float32Array(3 * size * size);
  let at = 0;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        planes[at++] = 127.5 + 127.5 * Math.sin((seed + 1) * ((c + 1) * 0.013 * x + (3 - c) * 0.017 * y) + c);
      }
    }
  }
  return planes;
}
