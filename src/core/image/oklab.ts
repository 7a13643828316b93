/**
 * Oklab (Björn Ottosson, 2020): L 0..1, a and b about -0.3..0.3; equal distances look about equally different.
 */

/** Linear light of each coded sRGB value. [256] */
const linear = Float32Array.from({ length: 256 }, (_, v) => {
  const c = v / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

function linearOf(value: number): number {
  const low = Math.min(254, Math.max(0, Math.floor(value)));
  const part = Math.min(1, Math.max(0, value - low));
  return linear[low]! + part * (linear[low + 1]! - linear[low]!);
}

/** Writes L, a, b of coded sRGB values 0..255 to `out[at..at + 2]`. */
export function writeOklab(red: number, green: number, blue: number, out: Float32Array, at: number): void {
  const r = linearOf(red);
  const g = linearOf(green);
  const b = linearOf(blue);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  out[at] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  out[at + 1] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  out[at + 2] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
}
