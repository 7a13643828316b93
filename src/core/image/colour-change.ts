import { writeOklab } from './oklab.ts';
import type { Picture } from './picture.ts';

/** How colours of one picture became those of another, from places that show the same. */
export interface ColourChange {
  /** Difference of mean Oklab lightness, -1..1; positive: the second is lighter. */
  readonly lightness: number;
  /** Spread of lightness of the second by that of the first. */
  readonly contrast: number;
  /** Chroma of the second by that of the first; 1 where neither has any. */
  readonly saturation: number;
  /** Degrees that hues turned, -180..180; 0 where there is hardly any colour. */
  readonly hue: number;
}

export const unchanged: ColourChange = { lightness: 0, contrast: 1, saturation: 1, hue: 0 };
/** Mean chroma below which hue is noise. */
const leastChroma = 0.015;

/** Of the samples every so many are enough. */
const every = 3;

/** From places that show the same, [n, 4]; see `AlignedCheck.samples`. */
export function colourChange(from: Picture, to: Picture, samples: Float32Array): ColourChange {
  const n = Math.floor(samples.length / 4 / every);
  if (n === 0) return unchanged;
  const lab = new Float32Array(6);
  let [l1, l2, l11, l22, c1, c2, re, im] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const at = i * every * 4;
    writeLab(from, samples[at]!, samples[at + 1]!, lab, 0);
    writeLab(to, samples[at + 2]!, samples[at + 3]!, lab, 3);
    const [l, a, b, m, p, q] = lab as unknown as [number, number, number, number, number, number];
    l1 += l / n;
    l2 += m / n;
    l11 += (l * l) / n;
    l22 += (m * m) / n;
    c1 += (a * a + b * b) / n;
    c2 += (p * p + q * q) / n;
    re += (a * p + b * q) / n;
    im += (a * q - b * p) / n;
  }
  const spread = (squares: number, mean: number) => Math.sqrt(Math.max(0, squares - mean * mean));
  const [s1, s2] = [spread(l11, l1), spread(l22, l2)];
  const [chroma1, chroma2] = [Math.sqrt(c1), Math.sqrt(c2)];
  const coloured = Math.min(chroma1, chroma2) >= leastChroma;
  return {
    lightness: l2 - l1,
    contrast: s1 < 0.01 ? 1 : s2 / s1,
    saturation: Math.max(chroma1, chroma2) < leastChroma ? 1 : chroma2 / Math.max(chroma1, 1e-3),
    hue: coloured ? (Math.atan2(im, re) * 180) / Math.PI : 0,
  };
}

function writeLab(
  { rgba, width, height }: Picture,
  x: number,
  y: number,
  out: Float32Array,
  at: number,
): void {
  const px = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const py = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const from = (py * width + px) * 4;
  writeOklab(rgba[from]!, rgba[from + 1]!, rgba[from + 2]!, out, at);
}
